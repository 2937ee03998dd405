/**
 * Patch: one posting: its message, its diff by files, and every review point of any version below the line it speaks of.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type PlaceOf, patchUrl, seriesUrl, threadUrl, twinUrl, urlOf } from '../../server/urls.ts';
import type { PatchDetail, SeriesDetail, WirePoint } from '../../server/wire.ts';
import { carryPoints } from '../carried-points.ts';
import { get } from '../client.ts';
import { LightElement } from '../light-element.ts';
import { Load } from '../load.ts';
import { Narrow } from '../narrow.ts';
import { pageShown } from '../page-shown.ts';
import { ago, chip, copyButton, person, trailerCounts } from '../parts/bits.ts';
import { drawCarried, drawDiscussed, drawGone } from '../parts/carried-points.ts';
import '../parts/diff-view.ts';
import { evidenceMark } from '../parts/evidence-mark.ts';
import { drawText } from '../parts/mail-text.ts';
import { drawElsewhere, drawLoaded } from '../parts/page-state.ts';
import { drawPoint } from '../parts/point.ts';
import { drawCommand, gitAm } from '../parts/take-it.ts';
import { changeSigns, machineWords, wordsFor } from '../status-words.ts';
import { countWords } from '../time-words.ts';

/** Longer lists of changes since the version before are folded: the diff is what one came for. */
const shortNotes = 20;

@customElement('pt-patch-page')
export class PatchPage extends LightElement {
  @property({ attribute: false }) place!: PlaceOf<'patch'>;
  private readonly narrow = new Narrow(this);
  private reached = '';
  private readonly load = new Load(
    this,
    () => [this.place.id] as const,
    ([id], signal) => get('GET /api/v1/patches/{id}', { id }, {}, signal),
  );
  private readonly series = new Load(
    this,
    () => [this.place.id] as const,
    ([id], signal) => get('GET /api/v1/series/{id}', { id }, {}, signal),
  );

  protected override updated(): void {
    pageShown(this, this.load, this.load.value?.cell.title ?? 'Patch');
    if (!this.load.isBusy) void this.reachLine();
  }

  /** Scrolls to the line that the fragment names, once the diff is drawn. */
  private async reachLine(): Promise<void> {
    const { hash } = location;
    if (this.reached === hash || !/^#l\d{1,7}$/.test(hash)) return;
    await this.querySelector<LightElement>('pt-diff-view')?.updateComplete;
    const target = document.getElementById(hash.slice(1));
    if (!target) return;
    this.reached = hash;
    target.classList.add('reached');
    target.scrollIntoView({ block: 'center' });
  }

  override render(): TemplateResult {
    return html`${drawLoaded(this.load, 'Patch', (patch) => this.draw(patch))}
      ${this.load.problem?.status === 404 ? drawElsewhere(this.place.id) : nothing}`;
  }

  private draw({ message, cell, checks, delegate, files, isCorrupt }: PatchDetail): TemplateResult {
    const { id, view } = this.place;
    const isSplit = view === 'split' && !this.narrow.is;
    const points = this.pointsOf(message.points, message.messageId);
    const firstDiffLine = message.diff?.start ?? message.body.length;
    const byLine = groupByLine(points, firstDiffLine);
    const carried = carryPoints(message.body, this.pointsOfOthers(message.messageId));
    return html`
      ${this.drawHead(message.messageId, cell)}
      <p class="facts">${person(message.from)} · ${ago(message.sortMs)} <span class="muted">${message.lists.join(', ')}</span>
        ${trailerCounts(cell)}
        ${cell.openPoints > 0 ? html`<span class="open-points">${countWords(cell.openPoints, 'open point')}</span>` : nothing}
        <span>${changeWords(cell)}${evidenceMark(cell.why, `${cell.title}: ${changeWords(cell)} since the version before`)}</span>
        ${delegate === '' ? nothing : html`<span>looked after by <bdi>${delegate}</bdi></span>`}</p>
      ${drawChecks(checks)}
      ${isCorrupt ? html`<p class="error">This diff is damaged: lines were wrapped or are missing. It is shown as far as it could be read.</p>` : nothing}
      <p class="tools">
        <a class="button" data-key="s" href=${urlOf({ page: 'patch', id, view: isSplit ? 'unified' : 'split' })}>${isSplit ? 'One column' : 'Side by side'}</a>
        <a href=${threadUrl(message.messageId)}>In its thread</a>
        <a href=${`/raw/${encodeURIComponent(message.messageId)}`}>Raw</a>
        <a href=${twinUrl(patchUrl(id), 'text')}>As text</a>
        ${copyButton('Copy link', `${location.origin}${patchUrl(message.messageId)}`, 'y')}
        ${copyButton('Copy Message-ID', `<${message.messageId}>`, 'm')}
      </p>
      ${this.drawMessage(
        message.body.slice(0, firstDiffLine),
        points.filter(({ anchorEnd }) => anchorEnd <= firstDiffLine),
        [...carried.byLine].flatMap(([line, said]) => (line < firstDiffLine ? said : [])),
      )}
      ${files.length === 0 ? html`<p class="muted">No diff in this mail.</p>` : html`<pt-diff-view .files=${files} .points=${byLine} .carried=${carried.byLine} .view=${isSplit ? 'split' : 'unified'}></pt-diff-view>`}
      ${drawDiscussed(this.pointsInDiscussion(message.messageId))}
      ${drawGone(carried.gone)}
      <section aria-labelledby="fetch"><h2 id="fetch">Take this patch</h2>
        ${drawCommand(gitAm(`/raw/${encodeURIComponent(message.messageId)}`), '')}
        ${drawCommand(`b4 am -P _ ${message.messageId}`, 'b')}</section>
    `;
  }

  private drawHead(messageId: string, cell: PatchDetail['cell']): TemplateResult {
    const series = this.series.value;
    const row = series?.grid.find(({ cells }) => cells.some((one) => one.messageId === messageId));
    const siblings = siblingsOf(series, cell.revision);
    const at = siblings.findIndex((one) => one.messageId === messageId);
    const [before, after] = [siblings[at - 1], siblings[at + 1]];
    return html`<header class="page-head">
      <p class="up"><a href=${series ? seriesUrl(series.summary.id, cell.revision) : seriesUrl(messageId)} data-key="u"><bdi>${series?.summary.title ?? 'Series'}</bdi></a></p>
      <h1><span class="position">${cell.revision} ${cell.position}/${cell.total}</span> <bdi>${cell.title}</bdi></h1>
      ${
        row && row.cells.length > 1
          ? html`<nav aria-label="This patch in other versions" class="filter-chips">${row.cells.map(
              (one) => html`<a class="filter-chip" href=${patchUrl(one.messageId)} title=${one.title}
              aria-current=${one.messageId === messageId ? 'true' : nothing}>${one.revision} <span class="muted">${one.position}/${one.total}</span></a>`,
            )}</nav>`
          : nothing
      }
      <nav class="step-bar" aria-label="Next and previous patch">
        ${before ? html`<a data-key="[" href=${patchUrl(before.messageId)}>← ${before.position}/${before.total} <bdi>${before.title}</bdi></a>` : nothing}
        ${after ? html`<a data-key="]" href=${patchUrl(after.messageId)}>${after.position}/${after.total} <bdi>${after.title}</bdi> →</a>` : nothing}
      </nav>
    </header>`;
  }

  private drawMessage(
    lines: readonly string[],
    points: readonly WirePoint[],
    carried: readonly WirePoint[],
  ): TemplateResult {
    const cut = lines.indexOf('---');
    const [message, notes] = cut < 0 ? [lines, []] : [lines.slice(0, cut), lines.slice(cut + 1)];
    return html`<details class="message-text" open><summary>Message <span class="count">${countWords(message.length, 'line')}</span></summary>
      <div class="mail-text">${drawText(message.join('\n').trimEnd())}</div>
      ${
        notes.length === 0
          ? nothing
          : html`<details ?open=${notes.length <= shortNotes}><summary>Notes and sizes below the message <span class="count">${countWords(notes.length, 'line')}</span></summary>
            <div class="mail-text">${drawText(notes.join('\n').trimEnd())}</div></details>`
      }
      ${
        points.length + carried.length === 0
          ? nothing
          : html`<div class="inline-points">${points.map((point) => drawPoint(point, true))}${drawCarried(carried)}</div>`
      }
    </details>`;
  }

  /** Those on this patch as it was in other versions. */
  private pointsOfOthers(messageId: string): readonly WirePoint[] {
    const { grid = [], points = [] } = this.series.value ?? {};
    const row = grid.find(({ cells }) => cells.some((cell) => cell.messageId === messageId));
    const others = new Set(row?.cells.map((cell) => cell.messageId));
    others.delete(messageId);
    return points.filter(({ posting }) => posting !== null && others.has(posting));
  }

  /** Those on this patch that answer another mail of its thread. */
  private pointsInDiscussion(messageId: string): readonly WirePoint[] {
    const { points = [] } = this.series.value ?? {};
    return points.filter(
      ({ posting, anchorMessage }) => posting === messageId && anchorMessage !== messageId,
    );
  }

  /** Those of the mail itself and those that the series knows, each once. */
  private pointsOf(own: readonly WirePoint[], messageId: string): WirePoint[] {
    const all = [...own, ...(this.series.value?.points ?? [])].filter(
      ({ anchorMessage }) => anchorMessage === messageId,
    );
    return [...new Map(all.map((point) => [point.id, point])).values()];
  }
}

/** As the grid of its series says it. */
function changeWords({ changes }: PatchDetail['cell']): string {
  return changes.map((change) => changeSigns[change].word).join(', ');
}

/** What machines said, each with its way to more. */
function drawChecks(checks: PatchDetail['checks']): TemplateResult | typeof nothing {
  if (checks.length === 0) return nothing;
  return html`<ul class="checks" aria-label="Checks">${checks.map(
    ({ context, state, description, url, by, atMs }) => {
      const { word, tone } = wordsFor(machineWords, state);
      return html`<li>${chip(word, tone)}
        ${url === '' ? html`<strong>${context}</strong>` : html`<a href=${url} rel="noopener noreferrer nofollow">${context}</a>`}
        <bdi>${description}</bdi> <span class="muted">by ${by}, ${ago(atMs)}</span></li>`;
    },
  )}</ul>`;
}

/** Patches of one revision in order. */
function siblingsOf(series: SeriesDetail | undefined, revision: string): PatchDetail['cell'][] {
  return (series?.grid ?? [])
    .flatMap(({ cells }) => cells.filter((cell) => cell.revision === revision))
    .sort((a, b) => a.position - b.position);
}

/** Points by the last line that they quote. */
function groupByLine(points: readonly WirePoint[], from: number): Map<number, WirePoint[]> {
  const groups = new Map<number, WirePoint[]>();
  for (const point of points) {
    if (point.anchorEnd <= from) continue;
    groups.set(point.anchorEnd - 1, [...(groups.get(point.anchorEnd - 1) ?? []), point]);
  }
  return groups;
}
