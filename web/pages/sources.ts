/**
 * Sources: where mail comes from, how far each is, what the store holds, and mails that could not be read well.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { type PlaceOf, threadUrl } from '../../server/urls.ts';
import type { IngestStatus, SourceStatus, WirePage, WireTrouble } from '../../server/wire.ts';
import { change, get, mayChange } from '../client.ts';
import { LightElement } from '../light-element.ts';
import { Live } from '../live.ts';
import { Load } from '../load.ts';
import { pageShown } from '../page-shown.ts';
import '../parts/add-source.ts';
import { ago } from '../parts/bits.ts';
import { MorePages } from '../parts/load-more.ts';
import { drawEmpty, drawLoaded, drawProblem } from '../parts/page-state.ts';
import { drawArea } from '../parts/series-tables.ts';
import { asProblem, type ProblemError } from '../problem.ts';
import { announce } from '../signals.ts';
import { countWords, numberWords, sizeWords, spanWords } from '../time-words.ts';

/** While mail comes in, how often the numbers are fetched. */
const refreshMs = 1500;

@customElement('pt-sources-page')
export class SourcesPage extends LightElement {
  @property({ attribute: false }) place!: PlaceOf<'sources'>;
  @state() private problem: ProblemError | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly load = new Load(
    this,
    () => [],
    async (_, signal) => {
      const status = await get('GET /api/v1/status', {}, {}, signal);
      if (status.isRunning) this.refreshSoon();
      return status;
    },
  );
  private readonly more = new MorePages<WireTrouble>(this, (cursor) =>
    get('GET /api/v1/troubles', {}, { cursor }),
  );
  private readonly troubles = new Load<WirePage<WireTrouble>>(
    this,
    () => [],
    async (_, signal) => {
      const page = await get('GET /api/v1/troubles', {}, { limit: 50 }, signal);
      this.more.start(page);
      return page;
    },
  );
  protected readonly live = new Live(
    this,
    ['source', 'message'],
    () => this.refreshSoon(),
    () => this.refreshSoon(),
  );

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  protected override updated(): void {
    pageShown(this, this.load, 'Sources');
  }

  override render(): TemplateResult {
    return drawLoaded(this.load, 'Sources', (status) => this.draw(status));
  }

  private draw(status: IngestStatus): TemplateResult {
    const { sources, waiting } = status;
    const left = Object.entries(waiting).filter(([, count]) => count > 0);
    return html`<h1>Sources</h1>
      ${
        sources.length === 0
          ? drawEmpty(
              'No source yet.',
              html`Bring in mail: <code>patchtrail ingest SOURCE</code>, where SOURCE is an mbox, a maildir, a public-inbox repository or an IMAP folder.`,
            )
          : html`<ul class="sources">${sources.map((source) => this.drawSource(source))}</ul>`
      }
      ${this.problem ? drawProblem(this.problem, null) : nothing}
      ${mayChange() ? html`<pt-add-source ?first=${sources.length === 0} @pt-source-added=${this.refreshSoon}></pt-add-source>` : nothing}
      ${left.length === 0 ? nothing : html`<p>Still to be worked through: ${left.map(([stage, count]) => `${numberWords(count)} to ${stageWords[stage] ?? stage}`).join(', ')}.</p>`}
      <section><h2>Store</h2>${drawStore(status)}</section>
      <section><h2>Mails with trouble</h2>
        <p class="muted">Kept as they came, and read as far as they can be.</p>
        ${drawLoaded(this.troubles, '', ({ items }) => drawTroubles([...items, ...this.more.items]))}
        ${this.more.draw()}</section>`;
  }

  private drawSource(source: SourceStatus): TemplateResult {
    return drawSource(
      source,
      mayChange() && source.progress === null
        ? html`<button type="button" @click=${() => this.pullNow(source)}>Pull now</button>`
        : nothing,
    );
  }

  private async pullNow({ location, list }: SourceStatus): Promise<void> {
    this.problem = null;
    try {
      await change('POST /api/v1/sources', {}, { location, list });
      announce(`Pulling ${list || location}`);
      this.refreshSoon();
    } catch (cause) {
      this.problem = asProblem(cause);
    }
  }

  private refreshSoon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.load.again();
    }, refreshMs);
  }
}

const stageWords: Readonly<Record<string, string>> = {
  parse: 'read again',
  thread: 'put into threads',
  link: 'link',
  review: 'read for points',
  series: 'sum up',
};

/** `action`: what can be done with it. */
function drawSource(source: SourceStatus, action: TemplateResult | typeof nothing): TemplateResult {
  const { location, kind, list, mails, lastPulledMs, lastTriedMs, failures, lastError } = source;
  const { newestMs, lagMs, watch, progress } = source;
  return html`<li class="source">
    <h2><bdi>${list || location}</bdi> ${action}</h2>
    <p class="muted"><code>${location}</code> · ${kind} · ${countWords(mails, 'mail')} · ${lastPulledMs === null ? 'never pulled' : html`pulled ${ago(lastPulledMs)}`}</p>
    ${progress ? drawProgress(list || location, progress) : nothing}
    <p class="muted">${drawWatch(watch)}${newestMs === null ? nothing : html` · newest mail ${ago(newestMs)}`}${lagMs === null ? nothing : `, held ${lagWords(lagMs)} after it came`}</p>
    ${
      lastError === ''
        ? nothing
        : html`<p class="error">${lastError} <span class="muted">${countWords(failures, 'try', 'tries')} failed${lastTriedMs === null ? nothing : html`, last ${ago(lastTriedMs)}`}</span></p>`
    }
  </li>`;
}

function drawWatch(watch: SourceStatus['watch']): TemplateResult | string {
  if (watch === null) return 'not watched by this server';
  const { state, nextMs } = watch;
  const next = nextMs === null ? nothing : html`, again ${ago(nextMs)}`;
  if (state === 'watched') return 'watched: new mail shows at once';
  return state === 'lost' ? html`connection lost${next}` : html`asked from time to time${next}`;
}

/** A second counts here, unlike in the ages of mail. */
function lagWords(ms: number): string {
  return ms < 60_000 ? `${(ms / 1000).toFixed(1)} s` : spanWords(ms);
}

function drawProgress(name: string, progress: NonNullable<SourceStatus['progress']>): TemplateResult {
  const { done, total, unit, mailsPerSecond, etaMs } = progress;
  const share = total === null || total === 0 ? null : done / total;
  const amount = unit === 'bytes' ? sizeWords(done) : `${numberWords(done)} ${unit}`;
  const whole = total === null ? '' : ` of ${unit === 'bytes' ? sizeWords(total) : numberWords(total)}`;
  return html`<p class="pulling">${
    share === null
      ? html`<progress aria-label=${`Pulling ${name}`}></progress>`
      : html`<progress aria-label=${`Pulling ${name}`} max="1" .value=${share}></progress>`
  }
    <span>${amount}${whole} · ${numberWords(Math.round(mailsPerSecond))} mails/s${etaMs === null ? '' : ` · ${spanWords(etaMs)} to go`}</span></p>`;
}

function drawStore({
  messages,
  rawMails,
  postings,
  series,
  facts,
  storeBytes,
  schema,
  engine,
}: IngestStatus): TemplateResult {
  const rows: [string, string][] = [
    ['messages', numberWords(messages)],
    ['raw mails', numberWords(rawMails)],
    ['patch mails', numberWords(postings)],
    ['series', numberWords(series)],
    ['facts', numberWords(facts)],
    ['size', sizeWords(storeBytes)],
    ['engine', `${engine}, schema ${schema}`],
  ];
  return html`<dl class="numbers">${rows.map(([word, value]) => html`<div><dt>${word}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function drawTroubles(troubles: readonly WireTrouble[]): TemplateResult {
  if (troubles.length === 0) return html`<p class="muted">None.</p>`;
  return drawArea(
    'Mails with trouble',
    ['Mail', 'What is wrong', 'From'],
    troubles.map(
      ({ messageId, source, place, code, detail }) => html`<tr>
        <th scope="row">${messageId === '' ? html`<span class="muted">no mail</span>` : html`<a href=${threadUrl(messageId)}><code>${messageId}</code></a> <a href=${`/raw/${encodeURIComponent(messageId)}`}>raw</a>`}</th>
        <td>${detail} <span class="muted">${code}</span></td>
        <td><code>${source}</code> <span class="muted">${place}</span></td></tr>`,
    ),
  );
}
