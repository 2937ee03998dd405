/**
 * Check: whether the kernel of this machine has the fix: run it here, see how far it is, read the verdict and older ones.
 *
 * What starts a program is drawn only where the server says that it may be asked for from here.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { type PlaceOf, twinUrl, urlOf } from '../../server/urls.ts';
import type { CheckEvent, CheckStatus, WireReport } from '../../server/wire.ts';
import { change, checkEventsPath, get, mayChange } from '../client.ts';
import { LightElement } from '../light-element.ts';
import { Load } from '../load.ts';
import { pageShown } from '../page-shown.ts';
import { ago, chip, copyButton } from '../parts/bits.ts';
import { drawRun, type RunState, runStart, withEvent } from '../parts/check-run.ts';
import { drawEmpty, drawLoaded, drawProblem } from '../parts/page-state.ts';
import { drawChecks, drawVerdictSentence } from '../parts/report-view.ts';
import { drawArea } from '../parts/series-tables.ts';
import { asProblem, type ProblemError } from '../problem.ts';
import { announce } from '../signals.ts';
import { signFor, verdictWords, wordsFor } from '../status-words.ts';

const endings: readonly string[] = ['done', 'failed', 'cancelled'];
/** The server's own names of events. */
const kinds = ['building', 'line', ...endings];

@customElement('pt-check-page')
export class CheckPage extends LightElement {
  @property({ attribute: false }) place!: PlaceOf<'check'>;
  @state() private run: RunState | null = null;
  @state() private problem: ProblemError | null = null;
  private stream: EventSource | undefined;

  private readonly load = new Load(
    this,
    () => [],
    async (_, signal) => {
      const status = await get('GET /api/v1/check', {}, {}, signal);
      if (status.isRunning) this.watch();
      return status;
    },
  );
  private readonly reports = new Load(
    this,
    () => [],
    async (_, signal) => (await get('GET /api/v1/reports', {}, {}, signal)).items,
  );
  private readonly report = new Load(
    this,
    () => [this.place.report] as const,
    ([id], signal) =>
      id === '' ? Promise.resolve(null) : get('GET /api/v1/reports/{id}', { id }, {}, signal),
  );

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stream?.close();
    this.stream = undefined;
  }

  protected override updated(): void {
    pageShown(
      this,
      this.place.report === '' ? this.load : this.report,
      this.place.report === '' ? 'Local check' : 'Report',
    );
  }

  override render(): TemplateResult {
    if (this.place.report !== '')
      return drawLoaded(this.report, 'Report', (report) => (report ? this.drawReport(report) : html``));
    return drawLoaded(this.load, 'Local check', (status) => this.draw(status));
  }

  private draw(status: CheckStatus): TemplateResult {
    const { lastReport } = status;
    return html`<h1>Local check</h1>
      <p>Does the kernel of the machine that serves this page tell new threads which CPU they run on? A small C program
        starts threads, moves them, and compares what they are told with where they are. It takes some seconds on all
        CPUs, changes nothing, and sends nothing anywhere.</p>
      ${this.problem ? drawProblem(this.problem, null) : nothing}
      ${this.drawControls(status)}
      ${this.run && !endings.includes(this.run.phase) ? drawRun(this.run) : nothing}
      ${this.run?.phase === 'failed' ? html`<p class="error" role="alert">${this.run.log.at(-1)}</p>` : nothing}
      ${
        lastReport
          ? html`<section><h2>Last verdict</h2>${drawVerdictSentence(lastReport)}${drawChecks(lastReport, undefined)}</section>`
          : drawEmpty('No report yet.', html`Here or on any machine: <code>patchtrail check</code>`)
      }
      ${this.drawHistory()}`;
  }

  private drawControls({ unavailable, isRunning }: CheckStatus): TemplateResult {
    const isOn = isRunning || (this.run !== null && !endings.includes(this.run.phase));
    if (unavailable !== '') return html`<p class="notice">${unavailable}</p>`;
    if (!mayChange()) {
      return html`<p class="notice">This page may only read. Run it in a terminal: <code>patchtrail check</code></p>`;
    }
    return html`<p class="tools">${
      isOn
        ? html`<button @click=${this.cancel}>Cancel</button>`
        : html`<button class="primary" @click=${this.start}>Run the check</button>`
    }
      <span class="muted">or in a terminal: <code>patchtrail check</code></span></p>`;
  }

  private drawHistory(): TemplateResult | typeof nothing {
    const reports = this.reports.value ?? [];
    if (reports.length === 0) return nothing;
    return html`<section><h2>History <span class="count">${reports.length}</span></h2>${drawArea(
      'Reports',
      ['When', 'Machine', 'Kernel', 'Verdict'],
      reports.map(({ id, receivedMs, machine, release, verdict }) => {
        const { word, tone } = wordsFor(verdictWords, verdict);
        return html`<tr data-row><th scope="row"><a class="row-link" data-key="o" href=${urlOf({ page: 'check', report: id, other: '' })}>${ago(receivedMs)}</a></th>
          <td><bdi>${machine}</bdi></td><td>${release}</td><td>${chip(`${signFor(verdictWords, verdict)} ${word}`, tone)}</td></tr>`;
      }),
    )}</section>`;
  }

  private drawReport(report: WireReport): TemplateResult {
    const others = (this.reports.value ?? []).filter(({ id }) => id !== report.id);
    const other = others.find(({ id }) => id === this.place.other);
    return html`<header class="page-head"><p class="up"><a href="/check" data-key="u">Local check</a></p>
        <h1>Report: ${report.release}</h1></header>
      ${drawVerdictSentence(report)}
      <p class="muted"><bdi>${report.kernelVersion}</bdi></p>
      ${
        others.length === 0
          ? nothing
          : html`<nav class="filter-chips" aria-label="Compare with another report"><span>Compare with</span>
        ${others.slice(0, 12).map(
          ({
            id,
            release,
            receivedMs,
          }) => html`<a class="filter-chip" href=${urlOf({ ...this.place, other: id === this.place.other ? '' : id })}
          aria-current=${id === this.place.other ? 'true' : nothing}>${release} <span class="muted">${ago(receivedMs)}</span></a>`,
        )}</nav>`
      }
      ${other ? html`<section><h2>The other report</h2>${drawVerdictSentence(other)}</section>` : nothing}
      <section><h2>Checks</h2>${drawChecks(report, other)}</section>
      <p class="tools"><a href=${`/api/v1/reports/${encodeURIComponent(report.id)}`} download=${`report-${report.id}.json`}>Save as JSON</a>
        <a href=${twinUrl(urlOf({ ...this.place, other: '' }), 'text')}>As text</a>
        ${copyButton('Copy link', `${location.origin}${urlOf({ ...this.place, other: '' })}`, 'y')}
        ${copyButton('Copy for a mail', `${report.sentence}\n${location.origin}${urlOf({ ...this.place, other: '' })}\n`)}</p>`;
  }

  private readonly start = () =>
    this.ask(async () => {
      await change('POST /api/v1/check', {}, {});
      announce('The check runs.');
      this.watch();
    });

  private readonly cancel = () =>
    this.ask(async () => {
      await change('DELETE /api/v1/check', {}, null);
    });

  private async ask(work: () => Promise<void>): Promise<void> {
    this.problem = null;
    try {
      await work();
    } catch (cause) {
      this.problem = asProblem(cause);
    }
  }

  /** Follows the run; the server tells all of it so far to whoever comes later. */
  private watch(): void {
    this.stream?.close();
    this.run = runStart;
    const stream = new EventSource(checkEventsPath);
    this.stream = stream;
    for (const kind of kinds) {
      stream.addEventListener(kind, (message) => this.took(JSON.parse(String(message.data))));
    }
    // The server ends the stream with the run; coming back would only tell the same again.
    stream.onerror = () => this.ended();
  }

  private took(event: CheckEvent): void {
    const before = this.run ?? runStart;
    this.run = withEvent(before, event);
    const tenth = ({ done, target }: RunState) => (target > 0 ? Math.floor((10 * done) / target) : 0);
    if (tenth(this.run) > tenth(before)) announce(`${tenth(this.run) * 10} %`);
    if (!endings.includes(event.kind)) return;
    announce(event.report?.sentence ?? event.text);
    this.ended();
  }

  private ended(): void {
    this.stream?.close();
    this.stream = undefined;
    this.load.again();
    this.reports.again();
  }
}
