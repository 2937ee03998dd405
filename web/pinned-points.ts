/**
 * Pinned points: which line of a diff of diffs a review point of the older version speaks of. Pure.
 *
 * A point quotes lines of the patch as it was sent; the diff of diffs holds the same lines as text. So the last quoted
 * line is looked for among the lines that the older version has; where it does not stand there, the point stays unpinned.
 */
import type { RangePair, WirePoint } from '../server/wire.ts';

export interface PinnedPoint {
  readonly point: WirePoint;
  /** True where the line is another one in the newer version. */
  readonly isChanged: boolean;
}

export interface Pinned {
  /** By index of the line. */
  readonly byLine: ReadonlyMap<number, readonly PinnedPoint[]>;
  readonly others: readonly WirePoint[];
}

export function pinPoints(lines: RangePair['lines'], points: readonly WirePoint[]): Pinned {
  const byLine = new Map<number, PinnedPoint[]>();
  const others: WirePoint[] = [];
  for (const point of points) {
    const quoted = plain(point.anchorWords.findLast((words) => plain(words) !== '') ?? '');
    const at =
      quoted === '' ? -1 : lines.findIndex(({ kind, text }) => kind !== '+' && plain(text) === quoted);
    if (at < 0) others.push(point);
    else byLine.set(at, [...(byLine.get(at) ?? []), { point, isChanged: lines[at]?.kind === '-' }]);
  }
  return { byLine, others };
}

/** Signs stay, blanks around them do not count: clients change those. */
function plain(line: string): string {
  return line.trim().replace(/\s{1,1000}/g, ' ');
}
