/**
 * Bundles: patches put together under a name; all of them, or one with its patches in the order in which they apply.
 *
 * One's own can be ordered, renamed, shared and taken apart here; what was done last can be taken back.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { bundleUrl, type PlaceOf, patchUrl, twinUrl } from '../../server/urls.ts';
import type { BundleDetail, BundlePatch, WireBundle } from '../../server/wire.ts';
import { change, get, mayChange } from '../client.ts';
import { LightElement } from '../light-element.ts';
import { Load } from '../load.ts';
import { pageShown } from '../page-shown.ts';
import { ago, checkCounts, chip, copyButton, person } from '../parts/bits.ts';
import { drawEmpty, drawLoaded, drawProblem } from '../parts/page-state.ts';
import { drawArea } from '../parts/series-tables.ts';
import { drawCommand, gitAm } from '../parts/take-it.ts';
import { asProblem, type ProblemError } from '../problem.ts';
import { go } from '../router.ts';
import { announce } from '../signals.ts';
import { countWords } from '../time-words.ts';

type Shown = readonly WireBundle[] | BundleDetail;

@customElement('pt-bundles-page')
export class BundlesPage extends LightElement {
  @property({ attribute: false }) place!: PlaceOf<'bundles'>;
  @state() private problem: ProblemError | null = null;
  /** What was done last, and how it is taken back. */
  @state() private done: { readonly says: string; readonly undo: () => Promise<void> } | null = null;
  private readonly load = new Load<Shown, [string]>(
    this,
    () => [this.place.number],
    async ([number], signal) =>
      number === ''
        ? (await get('GET /api/v1/bundles', {}, {}, signal)).items
        : get('GET /api/v1/bundles/{id}', { id: number }, {}, signal),
  );

  protected override updated(): void {
    const shown = this.load.value;
    pageShown(this, this.load, shown && 'items' in shown ? shown.name : 'Bundles');
  }

  override render(): TemplateResult {
    return html`${this.problem ? drawProblem(this.problem, null) : nothing}
      ${
        this.done
          ? html`<p class="bulk"><span>${this.done.says}</span>
            <button type="button" data-key="U" @click=${() => this.takeBack()}>Undo</button></p>`
          : nothing
      }
      ${drawLoaded(this.load, 'Bundles', (shown) => ('items' in shown ? this.drawOne(shown) : drawAll(shown)))}`;
  }

  private drawOne(bundle: BundleDetail): TemplateResult {
    const { number, name, owner, isPublic, list, patches, items, mbox } = bundle;
    const isOwn = bundle.isOwn && mayChange();
    return html`<header class="page-head"><p class="up"><a href=${bundleUrl('')} data-key="u">Bundles</a></p>
        <h1><bdi>${name}</bdi></h1>
        <p class="facts">${countWords(patches, 'patch', 'patches')} of ${list}, by ${owner} ${chip(isPublic ? 'shared' : 'private')}</p>
        <p class="tools"><a href=${mbox} download>mbox for git am</a>
          <a href=${twinUrl(bundleUrl(number), 'text')}>As text</a>
          ${copyButton('Copy link', `${location.origin}${bundleUrl(number)}`, 'y')}</p>
        ${drawCommand(gitAm(mbox), '')}</header>
      ${isOwn ? this.drawForm(bundle) : nothing}
      <section><h2>Patches</h2><ol class="rows bundle">${items.map((patch, at) =>
        drawPatch(patch, isOwn ? this.drawMoves(bundle, at) : nothing),
      )}</ol></section>`;
  }

  private drawForm(bundle: BundleDetail): TemplateResult {
    const rename = (event: SubmitEvent) => {
      event.preventDefault();
      const field = this.querySelector<HTMLInputElement>('input[name="name"]');
      const name = field?.value.trim() ?? '';
      if (name !== '' && name !== bundle.name)
        void this.set(bundle, { name }, { name: bundle.name }, `It is called ${name} now.`);
    };
    const share = () =>
      this.set(
        bundle,
        { isPublic: !bundle.isPublic },
        { isPublic: bundle.isPublic },
        bundle.isPublic ? 'It is yours alone now.' : 'Everybody may see it now.',
      );
    return html`<form class="bundle-form" aria-label="The bundle" @submit=${rename}>
      <label>Name <input name="name" required maxlength="50" autocomplete="off" .value=${bundle.name} /></label>
      <button>Rename</button>
      <button type="button" @click=${share}>${bundle.isPublic ? 'Make private' : 'Share'}</button>
      <button type="button" @click=${() => this.takeApart(bundle)}>Take apart</button></form>`;
  }

  private drawMoves(bundle: BundleDetail, at: number): TemplateResult {
    const ids = bundle.items.map(({ messageId }) => messageId);
    const name = bundle.items[at]?.name ?? '';
    const others = ids.filter((_, one) => one !== at);
    const moved = (by: 1 | -1) => others.toSpliced(at + by, 0, ids[at] ?? '');
    const set = (patches: string[], says: string) =>
      void this.set(bundle, { patches }, { patches: ids }, says);
    return html`<span class="moves">
      <button type="button" class="quiet" ?disabled=${at === 0} aria-label=${`Up: ${name}`} title="Up"
        @click=${() => set(moved(-1), `Moved up: ${name}`)}>↑</button>
      <button type="button" class="quiet" ?disabled=${at === ids.length - 1} aria-label=${`Down: ${name}`} title="Down"
        @click=${() => set(moved(1), `Moved down: ${name}`)}>↓</button>
      <button type="button" class="quiet" ?disabled=${ids.length === 1} aria-label=${`Leave out: ${name}`} title="Leave out"
        @click=${() => set(others, `Left out: ${name}`)}>✕</button></span>`;
  }

  private async set(
    { number }: WireBundle,
    wanted: Parameters<typeof changeBundle>[1],
    before: Parameters<typeof changeBundle>[1],
    says: string,
  ): Promise<void> {
    await this.ask(async () => {
      await changeBundle(number, wanted);
      return { says, undo: () => changeBundle(number, before) };
    });
  }

  private async takeApart(bundle: BundleDetail): Promise<void> {
    await this.ask(async () => {
      await change('DELETE /api/v1/bundles/{id}', { id: String(bundle.number) }, null);
      go({ page: 'bundles', number: '' });
      return { says: `${bundle.name} was taken apart.`, undo: () => makeAgain(bundle) };
    });
  }

  private takeBack(): Promise<void> {
    const { done } = this;
    return this.ask(async () => {
      await done?.undo();
      return null;
    });
  }

  private async ask(work: () => Promise<typeof this.done>): Promise<void> {
    this.problem = null;
    try {
      this.done = await work();
      announce(this.done?.says ?? 'Taken back.');
      this.load.again();
    } catch (cause) {
      this.problem = asProblem(cause);
    }
  }
}

async function changeBundle(
  number: number,
  wanted: { readonly name?: string; readonly isPublic?: boolean; readonly patches?: string[] },
): Promise<void> {
  await change('POST /api/v1/bundles/{id}', { id: String(number) }, wanted);
}

async function makeAgain({ name, isPublic, items }: BundleDetail): Promise<void> {
  const patches = items.map(({ messageId }) => messageId);
  const { number } = await change('POST /api/v1/bundles', {}, { name, series: [], patches });
  if (isPublic) await changeBundle(number, { isPublic });
}

function drawAll(bundles: readonly WireBundle[]): TemplateResult {
  return html`<h1>Bundles</h1>${
    bundles.length === 0
      ? drawEmpty(
          'No bundle yet.',
          html`Select series in the <a href="/">queue</a> with <kbd>x</kbd>, then put them into one with <kbd>B</kbd>.`,
        )
      : drawArea(
          'Bundles',
          ['Bundle', '#Patches', 'List', 'By', 'Seen by', 'Take it'],
          bundles.map(
            ({ number, name, owner, isPublic, list, patches, mbox }) => html`<tr data-row>
          <th scope="row"><a data-key="o" href=${bundleUrl(number)}><bdi>${name}</bdi></a></th>
          <td class="number">${patches}</td><td>${list}</td><td>${owner}</td>
          <td>${isPublic ? 'everybody' : 'its owner'}</td><td><a href=${mbox} download aria-label=${`mbox of ${name}`}>mbox</a></td></tr>`,
          ),
        )
  }`;
}

function drawPatch(patch: BundlePatch, moves: TemplateResult | typeof nothing): TemplateResult {
  const { messageId, name, author, sentMs, state: word, delegate, checks } = patch;
  return html`<li data-row class="mail-row"><a class="row-link" data-key="o" href=${patchUrl(messageId)}><bdi>${name}</bdi></a>
    ${person(author)} ${chip(word.replaceAll('-', ' '))} ${checkCounts(checks)}
    ${delegate === '' ? nothing : html`<span class="muted">looked after by <bdi>${delegate}</bdi></span>`}
    <span class="age">${ago(sentMs)}</span>${moves}</li>`;
}
