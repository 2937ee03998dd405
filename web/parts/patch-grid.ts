/**
 * Patch grid: patches by versions: which patch was where in each sending, and what became of it.
 *
 * A table with headers of both kinds, since this is what it is. On a narrow page each patch is a list of its own.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { patchUrl, seriesUrl } from '../../server/urls.ts';
import type { GridCell, LineageRow, SeriesDetail } from '../../server/wire.ts';
import { changeSigns } from '../status-words.ts';
import { versionColumns } from '../version-columns.ts';
import { evidenceMark } from './evidence-mark.ts';

interface GridView {
  /** The series as the address names it. */
  readonly id: string;
  /** Label of the revision that is looked at; empty for none. */
  readonly shown: string;
  readonly isNarrow: boolean;
  /** Rows that are drawn. */
  readonly most: number;
}

export function drawPatchGrid(series: SeriesDetail, view: GridView): TemplateResult {
  if (series.grid.length === 0) return html`<p class="muted">No patch of this series is held yet.</p>`;
  return html`${view.isNarrow ? series.grid.slice(0, view.most).map(drawNarrow) : drawTable(series, view)} ${legend}`;
}

function drawTable(series: SeriesDetail, { id, shown, most }: GridView): TemplateResult {
  const columns = versionColumns(series);
  return html`<div class="scroll-area grid-area" tabindex="0" role="region" aria-label="Patches by version">
    <table class="patch-grid">
      <thead>
        <tr><th scope="col" class="corner">Patch</th>${columns.map((column) =>
          column.kind === 'ghost'
            ? html`<th scope="col" class="ghost">v${column.version} <span>not held</span></th>`
            : html`<th scope="col" class=${column.revision.label === shown ? 'shown' : ''}><a href=${seriesUrl(id, column.revision.label)}>${column.revision.label}</a></th>`,
        )}</tr>
      </thead>
      <tbody>
        ${series.grid.slice(0, most).map(
          (row) => html`<tr>
            <th scope="row">${drawTitle(row)}</th>
            ${columns.map((column) =>
              column.kind === 'ghost'
                ? html`<td class="ghost"><span class="visually-hidden">not known</span></td>`
                : drawPlace(row, column.revision.label, shown, series.grid),
            )}
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function drawPlace(
  row: LineageRow,
  label: string,
  shown: string,
  grid: readonly LineageRow[],
): TemplateResult {
  const at = row.cells.findIndex(({ revision }) => revision === label);
  const cell = row.cells[at];
  if (cell) return html`<td class=${cellClass(cell, label, shown)}>${drawCell(cell, row.cells[at - 1])}</td>`;
  return html`<td class="absent">${
    isDropped(row, label)
      ? drawDropped(row, label, grid)
      : html`<span class="visually-hidden">not in ${label}</span>`
  }</td>`;
}

/** Dropped, or gone into another patch of that version. */
function drawDropped(row: LineageRow, label: string, grid: readonly LineageRow[]): TemplateResult {
  const own = new Set(row.cells.map(({ messageId }) => messageId));
  const into = grid
    .flatMap(({ cells }) => cells)
    .find(
      ({ revision, changes, origins }) =>
        revision === label &&
        changes.includes('merged') &&
        origins.some(({ messageId }) => own.has(messageId)),
    );
  if (!into) return html`<span class="dropped" title=${`dropped in ${label}`}>– dropped</span>`;
  return html`<span class="dropped" title=${into.title}>${changeSigns.merged.sign} into
    <a href=${patchUrl(into.messageId)}>${into.position}/${into.total}</a></span>`;
}

function drawTitle({ title, formerTitles }: LineageRow): TemplateResult {
  return html`<bdi>${title}</bdi>${formerTitles.map(
    ({ title: former, until }) =>
      html`<span class="former"><s><bdi>${former}</bdi></s> until ${until}</span>`,
  )}`;
}

function drawCell(cell: GridCell, before: GridCell | undefined): TemplateResult {
  const {
    messageId,
    position,
    total,
    patchVersion,
    title,
    changes,
    why,
    acked,
    reviewed,
    tested,
    openPoints,
  } = cell;
  const words = changes.map((change) => changeSigns[change].word).join(', ');
  const given = [
    [acked, 'A'],
    [reviewed, 'R'],
    [tested, 'T'],
  ].filter(([count]) => Number(count) > 0);
  return html`<a href=${patchUrl(messageId)} title=${title}>
      <span class="signs" aria-hidden="true">${changes.map((change) => changeSigns[change].sign).join('')}</span>
      ${position}/${total}${changes.every((change) => change === 'same') ? html`<span class="visually-hidden"> ${words}</span>` : nothing}</a
    >${patchVersion === null ? nothing : html` <span class="own-version" title="the patch's own version">v${patchVersion}</span>`}${evidenceMark(
      why,
      `${title}: ${words}`,
      before ? { kind: 'link', subject: messageId, value: before.messageId } : null,
    )}
    ${changes.every((change) => change === 'same') ? nothing : html`<span class="change-words">${changeWords(cell, before)}</span>`}
    ${given.length > 0 ? html`<span class="given">${given.map(([count, letter]) => `${letter}${count}`).join(' ')}</span>` : nothing}
    ${openPoints > 0 ? html`<span class="open-points" title="open points">${openPoints} open</span>` : nothing}`;
}

/** What became of it since the cell before, in words: `changed, moved from 5/9`, `split from "a title"`. */
function changeWords({ changes, origins }: GridCell, before: GridCell | undefined): string {
  const named = origins.map(({ title }) => `"${title}"`).join(', ');
  const words = changes.map((change) => {
    if (change === 'moved' && before) return `moved from ${before.position}/${before.total}`;
    if (named !== '' && change === 'split') return `split from ${named}`;
    return named !== '' && change === 'merged' ? `merged with ${named}` : changeSigns[change].word;
  });
  return words.join(', ');
}

function drawNarrow(row: LineageRow): TemplateResult {
  return html`<section class="lineage">
    <h3>${drawTitle(row)}</h3>
    <ul>
      ${row.cells.map(
        (cell, at) => html`<li><strong>${cell.revision}</strong> ${drawCell(cell, row.cells[at - 1])}
        </li>`,
      )}
      ${row.droppedIn ? html`<li><span class="dropped">– dropped in ${row.droppedIn}</span></li>` : nothing}
    </ul>
  </section>`;
}

function isDropped({ droppedIn }: LineageRow, label: string): boolean {
  return droppedIn?.split(', ').includes(label) === true;
}

function cellClass({ changes }: GridCell, label: string, shown: string): string {
  return `${changes.includes('changed') ? 'changed' : (changes[0] ?? '')} ${label === shown ? 'shown' : ''}`;
}

const legend = html`<p class="legend muted" aria-hidden="true">${Object.values(changeSigns).map(
  ({ sign, word }) => html`<span><b>${sign}</b> ${word}</span>`,
)}<span><b>–</b> dropped</span></p>`;
