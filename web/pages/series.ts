/**
 * Series: all there is to decide on one page: state with its evidence, versions, patches, approvals, points, landings.
 *
 * With a revision in the address its column is marked and its patches can be fetched; the rest stays, since a question
 * about v8 is mostly a question about what became of it.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { type PlaceOf, seriesUrl, threadUrl, twinUrl } from '../../server/urls.ts';
import type { KernelFix, SeriesDetail } from '../../server/wire.ts';
import { get, mayChange } from '../client.ts';
import { LightElement } from '../light-element.ts';
import { Live } from '../live.ts';
import { Load } from '../load.ts';
import { Narrow } from '../narrow.ts';
import { pageShown } from '../page-shown.ts';
import { ago, checkCounts, chipFor, copyButton, person, trailerCounts } from '../parts/bits.ts';
import { evidenceMark } from '../parts/evidence-mark.ts';
import { drawElsewhere, drawLoaded } from '../parts/page-state.ts';
import { drawMover } from '../parts/series-row.ts';
import { drawSection, seriesSections, seriesSectionsMost } from '../parts/series-sections.ts';
import { markSeen, seenUntil, wasOpened } from '../read-marks.ts';
import { keptScroll } from '../router.ts';
import { Growing } from '../slices.ts';
import { stateWords, wordsFor } from '../status-words.ts';
import { countWords } from '../time-words.ts';

/** Sections that are drawn at once; a screen shows no more. */
const firstSections = 2;
const firstGridRows = 12;

@customElement('pt-series-page')
export class SeriesPage extends LightElement {
  @property({ attribute: false }) place!: PlaceOf<'series'>;
  private readonly narrow = new Narrow(this);
  private readonly sections = new Growing(this, firstSections);
  private reached = '';
  private readonly load = new Load(
    this,
    () => [this.place.id] as const,
    async ([id], signal) => {
      const series = await get('GET /api/v1/series/{id}', { id }, {}, signal);
      if (!signal.aborted) this.markSeen(series);
      return series;
    },
  );
  /** Up to when it was read before this visit; null where nothing came since or it was never open. */
  private since: number | null = null;
  private chosen: ReadonlySet<string> = new Set();
  private opened = '';
  private readonly kernels = new Load(
    this,
    () => [this.load.value?.landings.length ?? 0] as const,
    async ([count], signal) => {
      if (count === 0) return [];
      void import('../parts/fix-table.ts');
      return (await get('GET /api/v1/kernels', {}, {}, signal)).items;
    },
  );
  protected readonly live = new Live(
    this,
    ['series'],
    ({ subject }) => {
      if (subject === this.load.value?.summary.id) this.hasNewer = true;
    },
    () => this.load.again(),
  );
  @state() private hasNewer = false;
  private readonly reload = () => this.load.again();

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('pt-corrected', this.reload);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('pt-corrected', this.reload);
  }

  protected override updated(): void {
    pageShown(this, this.load, this.load.value?.summary.title ?? 'Series');
    this.reachRevision();
  }

  /** Long axes and grids are scrolled to the revision that is shown: the newest, where none is named. */
  private reachRevision(): void {
    const { id, revision } = this.place;
    const wanted = `${id} ${revision}`;
    const current = this.querySelector<HTMLElement>('.version[aria-current]');
    if (this.load.isBusy || !current || this.reached === wanted) return;
    this.reached = wanted;
    // Their marks are drawn after them and make them wider.
    requestAnimationFrame(() => this.scrollAlong(current));
  }

  private scrollAlong(current: HTMLElement): void {
    const column = this.querySelector<HTMLElement>(
      '.patch-grid thead .shown, .patch-grid thead th:last-child',
    );
    for (const target of [current, column]) {
      const area = target?.closest<HTMLElement>('ol, .scroll-area');
      if (target && area) area.scrollLeft = target.offsetLeft + target.offsetWidth - area.clientWidth;
    }
  }

  override render(): TemplateResult {
    return html`${drawLoaded(this.load, 'Series', (series) => this.draw(series))}
      ${this.load.problem?.status === 404 ? drawElsewhere(this.place.id) : nothing}`;
  }

  private markSeen({ summary: { id, lastMs } }: SeriesDetail): void {
    this.hasNewer = false;
    if (this.opened !== id) {
      this.opened = id;
      this.sections.begin(seriesSectionsMost);
      if (keptScroll()) this.sections.fill();
      this.since = wasOpened(id) && lastMs > seenUntil(id) ? seenUntil(id) : null;
    }
    if (this.since !== null) void import('../parts/since-read.ts');
    markSeen(id, lastMs);
  }

  private draw(series: SeriesDetail): TemplateResult {
    const sections = seriesSections(series, {
      place: this.place,
      isNarrow: this.narrow.is,
      fix: this.fixOf(series),
      gridRows: this.sections.isWhole ? Number.POSITIVE_INFINITY : firstGridRows,
    });
    return html`
      ${this.drawHead(series)}
      ${this.since === null ? nothing : html`<pt-since-read .series=${series} .sinceMs=${this.since}></pt-since-read>`}
      ${sections.slice(0, this.sections.to).map(drawSection)}
    `;
  }

  private drawHead({ summary, formerTitles, revisions }: SeriesDetail): TemplateResult {
    const { id, title, author, lists, total, state, stateWhy, waiting, turn } = summary;
    const { word } = wordsFor(stateWords, state);
    const correctable = { kind: 'state', subject: id, value: state } as const;
    return html`<header class="series-head">
      <p class="up"><a href="/" data-key="u">Queue</a></p>
      <h1><bdi>${title}</bdi></h1>
      ${formerTitles.map(({ title: former, until }) => html`<p class="former"><s><bdi>${former}</bdi></s> until ${until}</p>`)}
      <p class="facts">${chipFor(stateWords, state)}${evidenceMark(stateWhy, `It is ${word}`, correctable)}
        <span>${revisions.at(-1)?.label ?? ''}, ${countWords(total, 'patch', 'patches')}</span>
        <span>by ${person(author)}</span> <span class="muted">${lists.join(', ')}</span>
        ${summary.delegates.length === 0 ? nothing : html`<span>looked after by <bdi>${summary.delegates.join(', ')}</bdi></span>`}
        <span class="muted">last mail ${ago(summary.lastMs)}</span></p>
      <p class="state-sentence">${turn === 'nobody' ? nothing : html`<strong>${drawMover(summary)}</strong> has the next move: `}${summary.waitingWhy}${evidenceMark(waiting, summary.waitingWhy)}
        ${
          summary.openPoints > 0
            ? html`<a class="open-points" href="#points">${countWords(summary.openPoints, 'open point')}</a>`
            : nothing
        }
        ${trailerCounts(summary)} ${checkCounts(summary.checks)}</p>
      ${mayChange() ? this.drawChange(id) : nothing}
      ${this.hasNewer ? html`<p><button class="newer" @click=${() => this.load.again()}>Something changed, show</button></p>` : nothing}
      <p class="tools">${copyButton('Copy link', `${location.origin}${seriesUrl(id)}`, 'y')}
        <a href=${threadUrl(id)}>Read the first thread</a> <a href=${twinUrl(seriesUrl(id), 'text')}>As text</a></p>
    </header>`;
  }

  private drawChange(id: string): TemplateResult {
    return html`<details class="change-drawer" @toggle=${loadBulkBar}><summary data-key=".">Change its state, who looks after it, or put it into a bundle</summary>
      <pt-bulk-bar single .chosen=${this.chosenOne(id)}></pt-bulk-bar></details>`;
  }

  /** The same set for the same series, so that nothing is drawn anew. */
  private chosenOne(id: string): ReadonlySet<string> {
    if (!this.chosen.has(id)) this.chosen = new Set([id]);
    return this.chosen;
  }

  /** The tracked fix that this became. */
  private fixOf({ landings }: SeriesDetail): KernelFix | undefined {
    const shas = landings.map(({ sha }) => sha).filter((sha) => sha.length >= 8);
    return this.kernels.value?.find(({ commit }) => shas.some((sha) => sha.startsWith(commit.slice(0, 12))));
  }
}

/** Few who read a series change it. */
function loadBulkBar(): void {
  void import('../parts/bulk-bar.ts');
}
