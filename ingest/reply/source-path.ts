/**
 * Source path: which earlier mail each line of one quoted run was taken from, as the cheapest path through the run.
 *
 * In: for each line, which sources hold it. Out: a source for each line, or -1 where silence is right.
 * Lines that stand in one mail only pull their neighbours with them; a change of source costs more than one short
 * line can pay. So a brace follows the code around it, and a run that joins two mails is split where they meet.
 */

/** One line that is not blank. */
export interface PathLine {
  /** How much the line tells, 0 to 1. */
  readonly weight: number;
  /** Share of the line found in each source, 0 to 1; same length for all lines. */
  readonly found: readonly number[];
  /** True for each source in which it directly follows the line before it. */
  readonly follows: readonly boolean[];
}

/** Changing the source, in weights of a telling line: an island of one line does not pay for two changes. */
const changeCost = 1.2;
/** A line that the source does not hold although another one does. */
const elsewhereCost = 1;
/** A line that nobody holds: edited, or from a mail that is not held. Eight in a row at an end are left unclaimed. */
const unknownCost = 0.15;
const followGain = 0.3;
/** A source that the depth, an attribution line or the other lines speak for wins where the text cannot tell. */
const likelyGain = 0.15;

/** The best source for each line; `likely` holds 0 to 1 for each source. */
export function chooseSources(lines: readonly PathLine[], likely: readonly number[]): number[] {
  const sources = likely.length;
  const states = sources + 1;
  let score = new Array<number>(states).fill(0);
  const cameFrom: number[][] = [];
  for (const line of lines) {
    const isKnown = line.found.some((share) => share > 0);
    let best = 0;
    for (let state = 1; state < states; state++) if ((score[state] ?? 0) > (score[best] ?? 0)) best = state;
    const next: number[] = [];
    const from: number[] = [];
    for (let state = 0; state < states; state++) {
      const stay = score[state] ?? 0;
      const change = (score[best] ?? 0) - changeCost;
      const gain = state === sources ? silentGain(line, isKnown) : sourceGain(line, state, isKnown, likely);
      next.push(Math.max(stay, change) + gain);
      from.push(stay >= change ? state : best);
    }
    score = next;
    cameFrom.push(from);
  }
  return walkBack(score, cameFrom, sources);
}

function silentGain(line: PathLine, isKnown: boolean): number {
  return isKnown ? -line.weight : 0;
}

function sourceGain(line: PathLine, source: number, isKnown: boolean, likely: readonly number[]): number {
  const share = line.found[source] ?? 0;
  if (share === 0) return -line.weight * (isKnown ? elsewhereCost : unknownCost);
  const follow = line.follows[source] ? followGain * Math.max(line.weight, 0.2) : 0;
  return line.weight * (share + likelyGain * (likely[source] ?? 0)) + 0.01 * (likely[source] ?? 0) + follow;
}

function walkBack(score: readonly number[], cameFrom: readonly number[][], silent: number): number[] {
  let state = 0;
  for (let other = 1; other < score.length; other++) {
    if ((score[other] ?? 0) > (score[state] ?? 0)) state = other;
  }
  const path = new Array<number>(cameFrom.length).fill(-1);
  for (let at = cameFrom.length - 1; at >= 0; at--) {
    path[at] = state === silent ? -1 : state;
    state = cameFrom[at]?.[state] ?? state;
  }
  return path;
}
