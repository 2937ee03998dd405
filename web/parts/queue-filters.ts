/** Queue filters: the form above the queue; what it holds is the address and nothing else. */
import { html, nothing, type TemplateResult } from 'lit';
import type { PlaceOf } from '../../server/urls.ts';
import { stateWords } from '../status-words.ts';

type QueuePlace = PlaceOf<'queue'>;

const roles = ['author', 'reviewer', 'maintainer'] as const;

/** `lists`, `delegates`: names to choose from. `choose` gets the place that the form then says. */
export function drawQueueFilters(
  place: QueuePlace,
  { lists, delegates }: { readonly lists: readonly string[]; readonly delegates: readonly string[] },
  choose: (place: QueuePlace) => void,
): TemplateResult {
  const { me, role, turn, list, state, title, delegate, sort } = place;
  const submit = (event: Event) => {
    event.preventDefault();
    if (event.currentTarget instanceof HTMLFormElement) choose(placeIn(event.currentTarget));
  };
  return html`<form class="filters" aria-label="Filter the queue" @change=${submit} @submit=${submit}>
      <label>I am <input name="me" type="email" inputmode="email" placeholder="you@example.org" autocomplete="email" .value=${me} /></label>
      ${
        me === ''
          ? nothing
          : html`<label>As <select name="role">${option('', 'any part', role)}${roles.map((one) => option(one, one, role))}</select></label>`
      }
      <label>Turn <select name="turn">
        ${option('all', 'anybody', turn)}
        ${me === '' ? nothing : html`${option('mine', 'mine', turn)}${option('theirs', 'others', turn)}`}
        ${roles.map((one) => option(one, one, turn))}
      </select></label>
      <label>List <select name="list">${option('', 'all', list)}
        ${list !== '' && !lists.includes(list) ? option(list, list, list) : nothing}
        ${lists.map((name) => option(name, name, list))}</select></label>
      <label>State <select name="state">${option('', 'any', state)}
        ${Object.entries(stateWords).map(([value, { word }]) => option(value, word, state))}</select></label>
      <label>Title <input name="title" .value=${title} autocomplete="off" /></label>
      ${
        delegates.length === 0 && delegate === ''
          ? nothing
          : html`<label>Looked after by <select name="delegate">${option('', 'anybody', delegate)}
            ${[...new Set([...delegates, ...(delegate === '' ? [] : [delegate])])].map((name) => option(name, name, delegate))}</select></label>`
      }
      <label>Order <select name="sort">${option('waiting', 'longest waiting', sort)}${option('newest', 'newest', sort)}
        ${option('oldest', 'oldest', sort)}</select></label>
      <button class="visually-hidden">Filter</button>
    </form>`;
}

function option(value: string, word: string, current: string): TemplateResult {
  return html`<option value=${value} ?selected=${value === current}>${word}</option>`;
}

/** Without a person there is no turn or part of theirs. */
function placeIn(form: HTMLFormElement): QueuePlace {
  const values = new FormData(form);
  const text = (name: string) => String(values.get(name) ?? '').trim();
  const me = text('me');
  return {
    page: 'queue',
    me,
    role: (me === '' ? '' : text('role')) as QueuePlace['role'],
    turn: (me === '' && ['mine', 'theirs'].includes(text('turn'))
      ? 'all'
      : text('turn')) as QueuePlace['turn'],
    list: text('list'),
    state: text('state'),
    title: text('title'),
    delegate: text('delegate'),
    sort: text('sort') as QueuePlace['sort'],
  };
}
