/**
 * Queue: what needs whom. Series in sections by who has the next move, the longest waiting first.
 *
 * With a person chosen the first section is that person's. Rows never move by themselves: what is newer waits behind a
 * button. Rows can be chosen where this page may ask for changes.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { bundleUrl, type PlaceOf, urlOf, wholeQueue } from '../../server/urls.ts';
import type { SeriesSummary, WirePage } from '../../server/wire.ts';
import { get, mayChange } from '../client.ts';
import { LightElement } from '../light-element.ts';
import { Live } from '../live.ts';
import { Load } from '../load.ts';
import { Narrow } from '../narrow.ts';
import { pageShown } from '../page-shown.ts';
import '../parts/bulk-bar.ts';
import { MorePages } from '../parts/load-more.ts';
import { drawEmpty, drawLoaded } from '../parts/page-state.ts';
import { drawQueueFilters } from '../parts/queue-filters.ts';
import { drawSeriesRow } from '../parts/series-row.ts';
import '../parts/view-bar.ts';
import { keepPreference, readPreference } from '../preferences.ts';
import { sectionsOf } from '../queue-sections.ts';
import { seenUntil, wasOpened } from '../read-marks.ts';
import { go, keptScroll } from '../router.ts';
import { isAside, readAside, setAside, takeBack } from '../set-aside.ts';
import { announce } from '../signals.ts';
import { Growing } from '../slices.ts';
import { countWords } from '../time-words.ts';

type QueuePlace = PlaceOf<'queue'>;

/** Rows that are drawn at once; a screen holds fewer. */
const firstRows = 12;
/** A correction comes back as a live change within this time. */
const ownChangeMs = 5000;

@customElement('pt-queue-page')
export class QueuePage extends LightElement {
  @property({ attribute: false }) place: QueuePlace = wholeQueue;
  @state() private chosen: ReadonlySet<string> = new Set();
  @state() private newer: ReadonlySet<string> = new Set();
  @state() private aside = readAside();
  /** When something was corrected from here: that change is no news. */
  private correctedMs = 0;

  private readonly load = new Load<WirePage<SeriesSummary>, [string]>(
    this,
    () => [urlOf(this.place)],
    async (_, signal) => {
      const page = await get('GET /api/v1/series', {}, queryOf(this.place), signal);
      this.more.start(page);
      // Who comes back to a row further down, or asked again, finds it where it was.
      if (!this.load.value && !keptScroll()) this.rows.begin(page.items.length);
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
  private readonly delegates = new Load(
    this,
    () => [],
    async (_, signal) => get('GET /api/v1/delegates', {}, {}, signal),
  );
  private readonly rows = new Growing(this, firstRows);
  private readonly narrow = new Narrow(this);
  protected readonly live = new Live(
    this,
    ['series'],
    ({ subject }) => {
      if (Date.now() < this.correctedMs + ownChangeMs) this.load.again();
      else this.newer = new Set([...this.newer, subject]);
    },
    () => {
      if (this.chosen.size === 0) this.load.again();
    },
  );

  private readonly corrected = () => {
    this.correctedMs = Date.now();
    this.clear();
    this.load.again();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('pt-corrected', this.corrected);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('pt-corrected', this.corrected);
  }

  protected override updated(): void {
    pageShown(this, this.load, 'Queue');
  }

  override render(): TemplateResult {
    return drawLoaded(this.load, 'Queue', (page) => this.draw([...page.items, ...this.more.items]));
  }

  private draw(series: readonly SeriesSummary[]): TemplateResult {
    const { me, sort, turn } = this.place;
    const aside = series.filter((one) => isAside(this.aside, one));
    const seen = aside.length === 0 ? series : series.filter((one) => !aside.includes(one));
    const sections = sectionsOf(seen, { me, sort, turn, nowMs: Date.now() });
    let room = this.rows.isWhole ? Number.POSITIVE_INFINITY : this.rows.to;
    const taken = (items: readonly SeriesSummary[]) => {
      const some = items.slice(0, Math.max(0, room));
      room -= some.length;
      return some;
    };
    return html`
      <div class="page-head"><h1>Queue</h1>
        <a href=${bundleUrl('')}>Bundles</a>
        <pt-view-bar .url=${urlOf(this.place)} .suggestion=${this.suggestedName}></pt-view-bar>
        ${
          this.newer.size > 0
            ? html`<button class="newer" @click=${() => this.load.again()}>${countWords(this.newer.size, 'newer change')}, show</button>`
            : nothing
        }
      </div>
      <details class="filter-drawer" ?open=${!this.narrow.is || this.isFiltered}><summary>Filters</summary>${drawQueueFilters(
        this.place,
        {
          lists: (this.lists.value?.items ?? []).map(({ name }) => name),
          delegates: (this.delegates.value?.items ?? []).map(({ name }) => name),
        },
        (place) => this.filter(place),
      )}</details>
      ${
        mayChange()
          ? html`<pt-bulk-bar .chosen=${this.chosen} @pt-set-aside=${this.setAside}
        @pt-chosen-cleared=${this.clear}></pt-bulk-bar>`
          : nothing
      }
      ${sections.length === 0 ? this.drawNothing(aside.length) : nothing}
      ${sections.map(
        ({ title, says, items }) => html`<section class="queue-section">
          <h2>${title} <span class="count">${items.length}</span></h2>
          ${says === '' ? nothing : html`<p class="muted section-note">${says}</p>`}
          <ul class="rows">${taken(items).map((one) => drawSeriesRow(one, this.drawChoice(one), newsOf(one)))}</ul>
        </section>`,
      )}
      ${aside.length === 0 ? nothing : this.drawAside(aside)}
      ${this.more.draw()}
    `;
  }

  private get isFiltered(): boolean {
    return urlOf({ ...this.place, me: '' }) !== '/';
  }

  private drawChoice({ id, title }: SeriesSummary): TemplateResult | typeof nothing {
    if (!mayChange()) return nothing;
    return html`<input type="checkbox" class="choice" data-key="x" aria-label=${`Select ${title}`} .checked=${this.chosen.has(id)}
      @change=${() => this.choose(id)} />`;
  }

  private drawAside(aside: readonly SeriesSummary[]): TemplateResult {
    return html`<details class="queue-section"><summary>Set aside until new mail comes <span class="count">${aside.length}</span></summary>
      <ul class="rows">${aside.map((one) =>
        drawSeriesRow(
          one,
          html`<button type="button" class="choice-button" title="Back into the queue" aria-label=${`Back into the queue: ${one.title}`}
            @click=${() => this.takeBack(one.id)}>↥</button>`,
        ),
      )}</ul></details>`;
  }

  private drawNothing(asideCount: number): TemplateResult {
    const { me, turn } = this.place;
    if (asideCount > 0) return drawEmpty('All that is here was set aside.');
    if (urlOf(this.place) === '/') {
      return html`${drawEmpty(
        'No series yet.',
        html`Bring in mail here, or by <code>patchtrail up SOURCE</code>. <a href="/sources">Sources</a> shows how far it is.`,
      )}${this.drawFirstSource()}`;
    }
    if (turn === 'mine') {
      const others = urlOf({ ...wholeQueue, me, turn: 'theirs' });
      return drawEmpty('Nothing waits on you.', html`<a href=${others}>What waits on others →</a>`);
    }
    return drawEmpty('No series fits these filters.', html`<a href="/">Show all</a>`);
  }

  /** The first day: a list can be added where the queue will be. */
  private drawFirstSource(): TemplateResult | typeof nothing {
    if (!mayChange()) return nothing;
    void import('../parts/add-source.ts');
    return html`<pt-add-source first @pt-source-added=${() => go({ page: 'sources' })}></pt-add-source>`;
  }

  /** What a saved view is called until somebody says it better. */
  private get suggestedName(): string {
    const { me, role, turn, list, state: wanted, title, delegate } = this.place;
    const parts = [
      me.split('@')[0],
      role,
      turn === 'all' ? '' : turn,
      list,
      wanted.replaceAll('-', ' '),
      title,
      delegate,
    ];
    return parts.filter((part) => part !== undefined && part !== '').join(', ') || 'everything';
  }

  private clear(): void {
    this.chosen = new Set();
  }

  private choose(id: string): void {
    const chosen = new Set(this.chosen);
    if (!chosen.delete(id)) chosen.add(id);
    this.chosen = chosen;
  }

  private filter(place: QueuePlace): void {
    if (place.me !== readPreference('me')) keepPreference('me', place.me);
    go(place);
  }

  private setAside(): void {
    const series = [...(this.load.value?.items ?? []), ...this.more.items];
    setAside(series.filter(({ id }) => this.chosen.has(id)));
    announce(`${countWords(this.chosen.size, 'series', 'series')} set aside until new mail comes.`);
    this.showAside();
  }

  private takeBack(id: string): void {
    takeBack(id);
    announce('Back in the queue.');
    this.showAside();
  }

  private showAside(): void {
    this.chosen = new Set();
    this.aside = readAside();
  }
}

/** What the server is asked; `theirs` and sections are told apart here. */
function queryOf({ me, role, turn, list, state: wanted, title, delegate, sort }: QueuePlace) {
  const isRole = turn === 'author' || turn === 'reviewer' || turn === 'maintainer';
  return {
    ...(list === '' ? {} : { list }),
    ...(me === '' ? {} : { person: me }),
    ...(me === '' || role === '' ? {} : { role }),
    ...(isRole ? { turn } : {}),
    ...(wanted === '' ? {} : { state: wanted }),
    ...(title === '' ? {} : { title }),
    ...(delegate === '' ? {} : { delegate }),
    sort,
    limit: 100,
  };
}

/** What came since somebody looked; empty where nothing did. */
function newsOf({ id, lastMs }: SeriesSummary): '' | 'new' | 'new mail' {
  if (lastMs <= seenUntil(id)) return '';
  return wasOpened(id) ? 'new mail' : 'new';
}
