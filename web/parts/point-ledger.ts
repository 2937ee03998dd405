/**
 * Point ledger: review comments of a series by the patch that they are about: those that are not settled yet, or by
 * chips all or one status.
 */
import { html, nothing, type TemplateResult } from 'lit';
import type { LineageRow, WirePoint } from '../../server/wire.ts';
import { isUnsettled, pointWords, wordsFor } from '../status-words.ts';
import { drawPoint } from './point.ts';

/** `grid`: the patches, in their order. `wanted`: a status, `all`, or empty for what is not settled yet. `urlFor` gives the address that shows it. */
export function drawPointLedger(
  points: readonly WirePoint[],
  grid: readonly LineageRow[],
  wanted: string,
  urlFor: (status: string) => string,
): TemplateResult {
  if (points.length === 0) return html`<p class="muted">No review comment yet.</p>`;
  const statuses = Object.keys(pointWords).filter((status) =>
    points.some((point) => point.status === status),
  );
  const chip = (status: string, word: string) =>
    html`<a class="filter-chip" href=${urlFor(status)} aria-current=${status === wanted ? 'true' : nothing}
      >${word} ${pointsOf(points, status).length}</a>`;
  const shown = pointsOf(points, wanted);
  return html`<nav class="filter-chips" aria-label="Points by status">
      ${chip('', 'not settled')} ${chip('all', 'all')}
      ${statuses.map((status) => chip(status, wordsFor(pointWords, status).word))}
    </nav>
    ${shown.length === 0 ? html`<p class="muted">${wanted === '' ? 'Every point is settled.' : 'None has this status.'}</p>` : nothing}
    ${byPatch(shown, grid).map(
      ({
        title,
        items,
      }) => html`<h3 class="points-of">${title === '' ? 'Cover letter and discussion' : html`<bdi>${title}</bdi>`}
        <span class="count">${items.length}</span></h3>
      <div class="points">${items.map((point) => drawPoint(point, true))}</div>`,
    )}`;
}

/** Points of each patch of the grid, then those of none. */
function byPatch(points: readonly WirePoint[], grid: readonly LineageRow[]) {
  const rowOf = new Map(
    grid.flatMap((row, at) => row.cells.map(({ messageId }) => [messageId, at] as const)),
  );
  const of = (wanted: number | undefined) =>
    points.filter(({ posting }) => (posting === null ? undefined : rowOf.get(posting)) === wanted);
  const groups = [
    ...grid.map(({ title }, at) => ({ title, items: of(at) })),
    { title: '', items: of(undefined) },
  ];
  return groups.filter(({ items }) => items.length > 0);
}

function pointsOf(points: readonly WirePoint[], wanted: string): readonly WirePoint[] {
  if (wanted === 'all') return points;
  return points.filter(({ status }) => (wanted === '' ? isUnsettled(status) : status === wanted));
}
