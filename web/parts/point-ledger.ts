/**
 * Point ledger: every review comment of a series, open ones first, with chips to see one status only.
 */
import { html, nothing, type TemplateResult } from 'lit';
import type { WirePoint } from '../../server/wire.ts';
import { pointWords, wordsFor } from '../status-words.ts';
import { drawPoint } from './point.ts';

/** `urlFor` gives the address that shows one status; an empty one shows all. */
export function drawPointLedger(
  points: readonly WirePoint[],
  wanted: string,
  urlFor: (status: string) => string,
): TemplateResult {
  if (points.length === 0) return html`<p class="muted">No review comment yet.</p>`;
  const statuses = Object.keys(pointWords).filter((status) =>
    points.some((point) => point.status === status),
  );
  const filter = (status: string, word: string, count: number) =>
    html`<a class="filter-chip" href=${urlFor(status)} aria-current=${status === wanted ? 'true' : nothing}>${word} ${count}</a>`;
  const shown = wanted === '' ? points : points.filter(({ status }) => status === wanted);
  return html`<nav class="filter-chips" aria-label="Points by status">
      ${filter('', 'all', points.length)}
      ${statuses.map((status) =>
        filter(
          status,
          wordsFor(pointWords, status).word,
          points.filter((point) => point.status === status).length,
        ),
      )}
    </nav>
    ${shown.length === 0 ? html`<p class="muted">None has this status.</p>` : nothing}
    <div class="points">${shown.map((point) => drawPoint(point, true))}</div>`;
}
