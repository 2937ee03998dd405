/**
 * Queue: what needs whom. Series in sections by who has the next move, the longest waiting first.
 *
 * With a person chosen the first section is that person's. Rows never move by themselves: what is newer waits behind a
 * button. States of chosen rows can be set where this page may ask for changes.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { type PlaceOf, urlOf, wholeQueue } from '../../server/urls.ts';
import type { SeriesSummary, WirePage } from '../../server/wire.ts';
import { change, get, mayChange } from '../client.ts';
import { LightElement } from '../light-element.ts';
import { Live } from '../live.ts';
import { Load } from '../load.ts';
import { Narrow } from '../narrow.ts';
import { pageShown } from '../page-shown.ts';
import { MorePages } from '../parts/load-more.ts';
import { drawEmpty, drawLoaded, drawProblem } from '../parts/page-state.ts';
import { drawSeriesRow } from '../parts/series-row.ts';
import { keepPreference, readPreference } from '../preferences.ts';
import { asProblem, type ProblemError } from '../problem.ts';
import { sectionsOf } from '../queue-sections.ts';
import { go } from '../router.ts';
import { announce } from '../signals.ts';
import { stateWords } from '../status-words.ts';
import { countWords } from '../time-words.ts';

type QueuePlace = PlaceOf<'queue'>;

@customElement('pt-queue-page')
export class QueuePage extends LightElement {
  @property({ attribute: false }) place: QueuePlace = wholeQueue;
  @state() private chosen: ReadonlySet<string> = new Set();
  @state() private newer: ReadonlySet<string> = new Set();
  @state() private problem: ProblemError | null = null;

  private readonly load = new Load<WirePage<SeriesSummary>, [string]>(
    this,
    () => [urlOf(this.place)],
    async (_, signal) => {
      const page = await get('GET /api/v1/series', {}, queryOf(this.place), signal);
      this.more.start(page);
      this.newer = new Set();
      this.chosen = new Set();
      return page;
    },
  );
  private readonly more = new MorePages<SeriesSummary>(this, (cursor) =>
    get('GET /api/v1/series', {}, { ...queryOf(this.place), cursor }),
  );
  private readonly lists = new Load(
    this,
    () => [],
    async (_, signal) => get('GET /api/v1/lists', {}, {}, signal),
  );
  private readonly narrow = new Narrow(this);
  private readonly live = new Live(this, ['series'], ({ subject }) => {
    this.newer = new Set([...this.newer, subject]);
  });

  protected override updated(): void {
    pageShown(this, this.load, 'Queue');
  }

  override render(): TemplateResult {
    return drawLoaded(this.load, 'Queue', (page) => this.draw([...page.items, ...this.more.items]));
  }

  private draw(series: readonly SeriesSummary[]): TemplateResult {
    const { me, sort } = this.place;
    const sections = sectionsOf(series, { me, sort, turn: this.place.turn, nowMs: Date.now() });
    return html`
      <div class="page-head"><h1>Queue</h1>
        ${
          this.newer.size > 0
            ? html`<button class="newer" @click=${() => this.load.again()}>${countWords(this.newer.size, 'newer change')}, show</button>`
            : nothing
        }
        ${this.live.isLost ? html`<span class="muted">Not live at the moment, connecting again…</span>` : nothing}
      </div>
      <details class="filter-drawer" ?open=${!this.narrow.is || this.isFiltered}><summary>Filters</summary>${this.drawFilters()}</details>
      ${this.problem ? drawProblem(this.problem, null) : nothing}
      ${this.chosen.size > 0 ? this.drawBulk() : nothing}
      ${sections.length === 0 ? this.drawNothing() : nothing}
      ${sections.map(
        ({ title, says, items }) => html`<section class="queue-section">
          <h2>${title} <span class="count">${items.length}</span></h2>
          ${says === '' ? nothing : html`<p class="muted section-note">${says}</p>`}
          <ul class="rows">${items.map((one) => drawSeriesRow(one, this.drawChoice(one)))}</ul>
        </section>`,
      )}
      ${this.more.draw()}
    `;
  }

  private drawFilters(): TemplateResult {
    const { me, turn, list, state: wanted, title, sort } = this.place;
    const option = (value: string, word: string, current: string) =>
      html`<option value=${value} ?selected=${value === current}>${word}</option>`;
    const lists = this.lists.value?.items ?? [];
    return html`<form class="filters" aria-label="Filter the queue" @change=${this.filter} @submit=${this.filter}>
      <label>I am <input name="me" type="email" inputmode="email" placeholder="you@example.org" autocomplete="email" .value=${me} /></label>
      <label>Turn <select name="turn">
        ${option('all', 'anybody', turn)}
        ${me === '' ? nothing : html`${option('mine', 'mine', turn)}${option('theirs', 'others', turn)}`}
        ${['author', 'reviewer', 'maintainer'].map((role) => option(role, role, turn))}
      </select></label>
      <label>List <select name="list">${option('', 'all', list)}
        ${list !== '' && !lists.some(({ name }) => name === list) ? option(list, list, list) : nothing}
        ${lists.map(({ name }) => option(name, name, list))}</select></label>
      <label>State <select name="state">${option('', 'any', wanted)}
        ${Object.entries(stateWords).map(([value, { word }]) => option(value, word, wanted))}</select></label>
      <label>Title <input name="title" .value=${title} autocomplete="off" /></label>
      <label>Order <select name="sort">${option('waiting', 'longest waiting', sort)}${option('newest', 'newest', sort)}
        ${option('oldest', 'oldest', sort)}</select></label>
      <button class="visually-hidden">Filter</button>
    </form>`;
  }

  private get isFiltered(): boolean {
    return urlOf({ ...this.place, me: '' }) !== '/';
  }

  private drawChoice({ id, title }: SeriesSummary): TemplateResult | typeof nothing {
    if (!mayChange()) return nothing;
    return html`<input type="checkbox" class="choice" data-key="x" aria-label=${`Select ${title}`} .checked=${this.chosen.has(id)}
      @change=${() => this.choose(id)} />`;
  }

  private drawBulk(): TemplateResult {
    return html`<form class="bulk" aria-label="Change the selected series" @submit=${this.setStates}>
      <strong>${this.chosen.size} selected</strong>
      <label>State <select name="state">${Object.entries(stateWords).map(
        ([value, { word }]) => html`<option value=${value}>${word}</option>`,
      )}</select></label>
      <label>Why? <input name="reason" required maxlength="500" autocomplete="off" /></label>
      <button class="primary">Set</button>
      <button type="button" @click=${() => {
        this.chosen = new Set();
      }}>Clear</button>
    </form>`;
  }

  private drawNothing(): TemplateResult {
    const { me, turn } = this.place;
    if (urlOf(this.place) === '/') {
      return drawEmpty(
        'No series yet.',
        html`Bring in mail: <code>patchtrail up SOURCE</code>, for example an mbox file. <a href="/sources">Sources</a> shows how far it is.`,
      );
    }
    if (turn === 'mine') {
      const others = urlOf({ ...wholeQueue, me, turn: 'theirs' });
      return drawEmpty('Nothing waits on you.', html`<a href=${others}>What waits on others →</a>`);
    }
    return drawEmpty('No series fits these filters.', html`<a href="/">Show all</a>`);
  }

  private choose(id: string): void {
    const chosen = new Set(this.chosen);
    if (!chosen.delete(id)) chosen.add(id);
    this.chosen = chosen;
  }

  private filter(event: Event): void {
    event.preventDefault();
    const form = event.currentTarget;
    if (!(form instanceof HTMLFormElement)) return;
    const values = new FormData(form);
    const text = (name: string) => String(values.get(name) ?? '').trim();
    const me = text('me');
    if (me !== readPreference('me')) keepPreference('me', me);
    const turn = me === '' && ['mine', 'theirs'].includes(text('turn')) ? 'all' : text('turn');
    go({
      page: 'queue',
      me,
      turn: turn as QueuePlace['turn'],
      list: text('list'),
      state: text('state'),
      title: text('title'),
      sort: text('sort') as QueuePlace['sort'],
    });
  }

  private async setStates(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const values = new FormData(event.target);
    const [value, reason] = [String(values.get('state')), String(values.get('reason'))];
    this.problem = null;
    try {
      for (const subject of this.chosen) {
        await change('POST /api/v1/corrections', {}, { kind: 'state', subject, value, reason });
      }
      announce(`${countWords(this.chosen.size, 'state')} set.`);
      this.load.again();
    } catch (cause) {
      this.problem = asProblem(cause);
    }
  }
}

/** What the server is asked; `theirs` and sections are told apart here. */
function queryOf({ me, turn, list, state: wanted, title, sort }: QueuePlace) {
  const isRole = turn === 'author' || turn === 'reviewer' || turn === 'maintainer';
  return {
    ...(list === '' ? {} : { list }),
    ...(me === '' ? {} : { person: me }),
    ...(isRole ? { turn } : {}),
    ...(wanted === '' ? {} : { state: wanted }),
    ...(title === '' ? {} : { title }),
    sort,
    limit: 100,
  };
}
