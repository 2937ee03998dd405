/**
 * Kernels: fixes by releases: what mail says, and below it what machines measured. Where both disagree is the loudest.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type PlaceOf, urlOf } from '../../server/urls.ts';
import type { KernelCell, KernelFix, WireReport } from '../../server/wire.ts';
import { get } from '../client.ts';
import { LightElement } from '../light-element.ts';
import { Live } from '../live.ts';
import { Load } from '../load.ts';
import { pageShown } from '../page-shown.ts';
import { ago, chip } from '../parts/bits.ts';
import { evidenceMark } from '../parts/evidence-mark.ts';
import { drawEmpty, drawLoaded } from '../parts/page-state.ts';
import { drawArea, drawLandings } from '../parts/series-tables.ts';
import { signFor, verdictWords, wordsFor } from '../status-words.ts';

@customElement('pt-kernels-page')
export class KernelsPage extends LightElement {
  @property({ attribute: false }) place!: PlaceOf<'kernels'>;
  private readonly load = new Load(
    this,
    () => [],
    (_, signal) => get('GET /api/v1/kernels', {}, {}, signal),
  );
  private readonly reports = new Load(
    this,
    () => [this.place.fix] as const,
    async ([fix], signal) => (fix === '' ? [] : (await get('GET /api/v1/reports', {}, {}, signal)).items),
  );
  protected readonly live = new Live(this, ['report'], () => {
    this.load.again();
    this.reports.again();
  });

  private get pageTitle(): string {
    const { fix } = this.place;
    return fix === '' ? 'Kernels' : (this.load.value?.items.find(({ name }) => name === fix)?.title ?? fix);
  }

  protected override updated(): void {
    pageShown(this, this.load, this.pageTitle);
  }

  override render(): TemplateResult {
    return drawLoaded(
      this.load,
      this.pageTitle,
      ({ items }) => html`
      ${this.place.fix === '' ? drawMatrix(items) : this.drawFix(items.find(({ name }) => name === this.place.fix))}`,
    );
  }

  private drawFix(fix: KernelFix | undefined): TemplateResult {
    if (!fix) {
      return html`<h1>${this.place.fix}</h1>${drawEmpty('No fix by this name is followed.', html`<a href="/kernels">All fixes</a>`)}`;
    }
    const { title, commit, introduced, check, cells, landings } = fix;
    const reports = (this.reports.value ?? []).filter(({ checks }) =>
      checks.some(({ name }) => name === check),
    );
    return html`<header class="page-head"><p class="up"><a href="/kernels" data-key="u">Kernels</a></p>
        <h1><bdi>${title}</bdi></h1>
        <p>${commit === '' ? 'Commit not known' : html`Commit <code>${commit.slice(0, 12)}</code>`}${introduced === '' ? nothing : html`, mends what came with <code>${introduced.slice(0, 12)}</code>`}. Told by the check <code>${check}</code>.</p></header>
      <section><h2>Releases</h2>${drawArea(
        'Releases',
        ['Release', 'By mail', 'Measured'],
        cells.map(
          (cell) =>
            html`<tr class=${isContradicted(cell) ? 'loud' : ''}><th scope="row">${cell.release}</th>${drawCells(cell)}</tr>`,
        ),
      )}</section>
      <section><h2>Machines</h2>${
        reports.length === 0
          ? html`<p class="muted">No machine has sent a report. <a href="/check">Check this machine</a></p>`
          : html`${drawMachines(reports)}<details><summary>All reports, newest first</summary>${drawArea('Reports', ['Machine', 'Kernel', 'Verdict', 'When'], reports.map(drawReport))}</details>`
      }</section>
      <section><h2>Landing</h2>${landings.length === 0 ? html`<p class="muted">No mail says where it landed.</p>` : drawLandings(landings)}</section>`;
  }
}

function drawMatrix(fixes: readonly KernelFix[]): TemplateResult {
  if (fixes.length === 0) return html`<h1>Kernels</h1>${drawEmpty('No fix is followed yet.')}`;
  const releases = [...new Set(fixes.flatMap(({ cells }) => cells.map(({ release }) => release)))];
  return html`<h1>Kernels</h1>
    <p>Which kernel has which fix: first what mail says, below it what machines measured.</p>
    ${releases.length === 0 ? drawEmpty('No kernel is known yet: no mail held says where a fix landed, and no machine has sent a report.', html`<a href="/check">Check this machine</a>`) : nothing}
    <div class="scroll-area" tabindex="0" role="region" aria-label="Fixes by kernels">
      <table class="kernel-matrix">
        <thead><tr><th scope="col" class="corner">Fix</th>${releases.map((release) => html`<th scope="col">${release}</th>`)}</tr></thead>
        <tbody>${fixes.map(
          ({ name, title, commit, cells }) => html`<tr>
            <th scope="row"><a href=${urlOf({ page: 'kernels', fix: name })}><bdi>${title}</bdi></a> <code>${commit.slice(0, 12)}</code></th>
            ${releases.map((release) => {
              const cell = cells.find((one) => one.release === release);
              return cell
                ? html`<td class=${isContradicted(cell) ? 'loud' : cell.expected}>${drawVerdict(cell.expected)}${evidenceMark(cell.expectedWhy, `${release}: ${cell.expected}`)}
                    <div class="measured">${drawMeasured(cell)}</div></td>`
                : html`<td class="absent"><span class="visually-hidden">nothing known</span></td>`;
            })}</tr>`,
        )}</tbody>
      </table>
    </div>`;
}

function drawCells(cell: KernelCell): TemplateResult {
  return html`<td>${drawVerdict(cell.expected)}${evidenceMark(cell.expectedWhy, `${cell.release}: ${cell.expected}`)}</td>
    <td>${drawMeasured(cell)}</td>`;
}

function drawMeasured({ measured }: KernelCell): TemplateResult {
  if (measured.length === 0) return html`<span class="muted">not measured</span>`;
  return html`${measured.map(
    ({ reportId, machine, verdict, agrees }) =>
      html`<a href=${urlOf({ page: 'check', report: reportId, other: '' })} title=${machine}>${drawVerdict(verdict)}</a>${
        agrees === false ? html` ${chip('disagrees with mail', 'bad')}` : nothing
      } `,
  )}`;
}

function isContradicted({ measured }: KernelCell): boolean {
  return measured.some(({ agrees }) => agrees === false);
}

/** What each machine measured last on each kernel. */
function drawMachines(reports: readonly WireReport[]): TemplateResult {
  const machines = [...new Set(reports.map(({ machine }) => machine))].sort();
  const releases = [...new Set(reports.map(({ release }) => release))].sort();
  const newest = (machine: string, release: string) =>
    reports
      .filter((report) => report.machine === machine && report.release === release)
      .reduce<WireReport | null>(
        (last, report) => (last && last.receivedMs > report.receivedMs ? last : report),
        null,
      );
  return drawArea(
    'Machines by kernels',
    ['Machine', ...releases],
    machines.map(
      (machine) =>
        html`<tr><th scope="row"><bdi>${machine}</bdi></th>${releases.map((release) => {
          const report = newest(machine, release);
          return report
            ? html`<td><a href=${urlOf({ page: 'check', report: report.id, other: '' })}>${drawVerdict(report.verdict)}</a></td>`
            : html`<td><span class="muted">not measured</span></td>`;
        })}</tr>`,
    ),
  );
}

function drawReport({ id, machine, release, verdict, receivedMs }: WireReport): TemplateResult {
  return html`<tr><th scope="row"><bdi>${machine}</bdi></th><td>${release}</td><td>${drawVerdict(verdict)}</td>
    <td><a href=${urlOf({ page: 'check', report: id, other: '' })}>${ago(receivedMs)}</a></td></tr>`;
}

function drawVerdict(verdict: string): TemplateResult {
  const { word, tone } = wordsFor(verdictWords, verdict);
  return chip(`${signFor(verdictWords, verdict)} ${word}`, tone);
}
