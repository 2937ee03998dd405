/**
 * Range body: the diff of diffs of one patch, with the older version's points pinned to the lines that they quote.
 */
import { html, nothing, type TemplateResult } from 'lit';
import type { DiffStyle } from '../../server/urls.ts';
import type { RangePair, WirePoint } from '../../server/wire.ts';
import { type PinnedPoint, pinPoints } from '../pinned-points.ts';
import { type DrawnLine, drawLines } from './diff-lines.ts';
import { drawEmpty } from './page-state.ts';
import { drawPoint } from './point.ts';

export interface RangeView {
  readonly from: string;
  readonly to: string;
  readonly style: DiffStyle;
  readonly hasWords: boolean;
  /** Leaves out what did not change, and the heads of hunks. */
  readonly isQuiet: boolean;
  /** Points of the older version's patch. */
  readonly points: readonly WirePoint[];
}

export function drawRangeBody(pair: RangePair, title: string, view: RangeView): TemplateResult {
  const { byLine, others } = pinPoints(pair.lines, view.points);
  const pinned = new Map<DrawnLine, readonly PinnedPoint[]>();
  const diffStart = pair.lines.findIndex(({ text }) => text.startsWith('@@') || text.startsWith(' ## '));
  const lines = pair.lines.flatMap((line, at) => {
    const points = byLine.get(at);
    const inner = at < diffStart ? ' ' : innerOf(line.text);
    if (view.isQuiet && (line.kind === ' ' || inner === '@') && !points) return [];
    const drawn = drawnLine(line, inner, view.hasWords);
    if (points) pinned.set(drawn, points);
    return [drawn];
  });
  return html`${pair.isCut ? html`<p class="muted">They differ so much that all of the old stands before all of the new.</p>` : nothing}
    ${
      lines.length === 0
        ? drawEmpty('Only line numbers and context changed.')
        : drawLines(lines, {
            style: view.style,
            label: `Difference of ${title}`,
            below: (line) => drawPinned(pinned.get(line), view),
          })
    }
    ${others.length === 0 ? nothing : drawOthers(others, view.from)}`;
}

function drawPinned(
  points: readonly PinnedPoint[] | undefined,
  { from, to }: RangeView,
): TemplateResult | typeof nothing {
  if (!points) return nothing;
  return html`<div class="inline-points">${points.map(
    ({ point, isChanged }) => html`<p class="line-note">Asked on ${from}; this line
      ${isChanged ? html`<strong>is another one in ${to}</strong>` : html`stands unchanged in ${to}`}.</p>
      ${drawPoint(point, false)}`,
  )}</div>`;
}

function drawOthers(points: readonly WirePoint[], from: string): TemplateResult {
  return html`<section aria-label="Other points"><h3>Also asked on ${from}</h3>
    <div class="points">${points.map((point) => drawPoint(point, true))}</div></section>`;
}

type Inner = NonNullable<DrawnLine['inner']>;

function drawnLine(
  { kind, text, words }: RangePair['lines'][number],
  inner: Inner,
  hasWords: boolean,
): DrawnLine {
  const tone = kind === '-' ? 'word-removed' : 'word-added';
  return {
    kind,
    text,
    oldLine: null,
    newLine: null,
    anchor: '',
    inner,
    marks: hasWords ? words.map(([start, end]) => ({ start, end, tone })) : [],
  };
}

/** What a line is within the patch. A list in the message, which comes first, has signs that mean nothing. */
function innerOf(text: string): Inner {
  if (text.startsWith('@@')) return '@';
  if (text.startsWith('+')) return '+';
  return text.startsWith('-') ? '-' : ' ';
}
