/**
 * Carried points: review points of a patch's other versions, at the lines of this one that they speak of. Pure.
 *
 * A line is the same where its text is, blanks aside; of several that of which most lines before it are the same, too.
 * Points whose line is not here any more, or not yet, are told apart: nothing that was said is lost.
 */
import type { WirePoint } from '../server/wire.ts';

export interface CarriedPoints {
  /** By the line of this mail's body that they stand below. */
  readonly byLine: ReadonlyMap<number, readonly WirePoint[]>;
  /** Those whose line is not in this version. */
  readonly gone: readonly WirePoint[];
}

/** A bracket or two says nothing about where it stands. */
const shortestLine = 4;

export function carryPoints(body: readonly string[], points: readonly WirePoint[]): CarriedPoints {
  const lines = body.map(plain);
  const byLine = new Map<number, WirePoint[]>();
  const gone: WirePoint[] = [];
  for (const point of points) {
    const at = placeOf(lines, point.anchorWords.map(plain));
    if (at === null) gone.push(point);
    else byLine.set(at, [...(byLine.get(at) ?? []), point]);
  }
  return { byLine, gone };
}

/** The line on which the quoted ones end; null where it is not here. */
function placeOf(lines: readonly string[], quoted: readonly string[]): number | null {
  const last = quoted.findLastIndex((line) => line.length >= shortestLine);
  if (last < 0) return null;
  let best: { at: number; same: number } | null = null;
  for (let at = lines.indexOf(quoted[last] ?? ''); at >= 0; at = lines.indexOf(quoted[last] ?? '', at + 1)) {
    let same = 0;
    while (same <= last && same <= at && lines[at - same] === quoted[last - same]) same += 1;
    if (!best || same > best.same) best = { at, same };
  }
  return best?.at ?? null;
}

function plain(line: string): string {
  return line.trim().replace(/\s{1,1000}/g, ' ');
}
