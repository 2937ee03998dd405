/**
 * Point ledger: review comments of a series: those that are not settled yet, or by chips all or one status.
 */
import { html, nothing, type TemplateResult } from 'lit';
import type { WirePoint } from '../../server/wire.ts';
import { pointWords, wordsFor } from '../status-words.ts';
import { drawPoint, isUnsettled } from './point.ts';

/** `wanted`: a status, `all`, or empty for what is not settled yet. `urlFor` gives the address that shows it. */
export function drawPointLedger(
  points: readonly WirePoint[],
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
    <div class="points">${shown.map((point) => drawPoint(point, true))}</div>`;
}

function pointsOf(points: readonly WirePoint[], wanted: string): readonly WirePoint[] {
  if (wanted === 'all') return points;
  return points.filter(({ status }) => (wanted === '' ? isUnsettled(status) : status === wanted));
}
