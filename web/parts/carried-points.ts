/** Carried points: what was said of a patch elsewhere: on other versions, in the discussion; what is settled is folded. */
import { html, nothing, type TemplateResult } from 'lit';
import type { WirePoint } from '../../server/wire.ts';
import { isUnsettled } from '../status-words.ts';
import { countWords } from '../time-words.ts';
import { drawPoint } from './point.ts';

/** Below the line that they speak of. */
export function drawCarried(points: readonly WirePoint[]): TemplateResult | typeof nothing {
  if (points.length === 0) return nothing;
  return html`<div class="carried"><p class="muted">Said on another version; the line is the same here.</p>
    ${drawSorted(points, false)}</div>`;
}

/** Those whose lines this version does not have. */
export function drawGone(points: readonly WirePoint[]): TemplateResult | typeof nothing {
  const says = 'The lines that these speak of are not in this version.';
  return drawSection('gone-points', 'Said on other versions', says, points);
}

/** Those that answer another mail of the discussion, not a line of the patch. */
export function drawDiscussed(points: readonly WirePoint[]): TemplateResult | typeof nothing {
  const says = 'About this patch, in answer to another mail than the patch itself.';
  return drawSection('discussed-points', 'Said in the discussion', says, points);
}

function drawSection(
  id: string,
  title: string,
  says: string,
  points: readonly WirePoint[],
): TemplateResult | typeof nothing {
  if (points.length === 0) return nothing;
  return html`<section aria-labelledby=${id}><h2 id=${id}>${title} <span class="count">${points.length}</span></h2>
    <p class="muted">${says}</p>
    <div class="points">${drawSorted(points, true)}</div></section>`;
}

function drawSorted(points: readonly WirePoint[], hasAnchor: boolean): TemplateResult {
  const open = points.filter(({ status }) => isUnsettled(status));
  const settled = points.filter(({ status }) => !isUnsettled(status));
  return html`${open.map((point) => drawPoint(point, hasAnchor))}${
    settled.length === 0
      ? nothing
      : html`<details><summary>${countWords(settled.length, 'settled point')}</summary>${settled.map((point) => drawPoint(point, hasAnchor))}</details>`
  }`;
}
