/**
 * Stance runs: what each person said of a series over time, with the same said again joined to one. Pure.
 *
 * The person who spoke last stands first: that is whom a reader looks for.
 */
import type { PersonName, WireStance } from '../server/wire.ts';

export interface StanceRun {
  readonly last: WireStance;
  /** How often it was said in a row. */
  readonly count: number;
}

export interface PersonStances {
  readonly person: PersonName;
  readonly runs: readonly StanceRun[];
  readonly lastMs: number;
}

export function stanceRuns(stances: readonly WireStance[]): PersonStances[] {
  const byPerson = new Map<string, { person: PersonName; runs: StanceRun[]; lastMs: number }>();
  for (const stance of [...stances].sort((a, b) => a.atMs - b.atMs)) {
    const key = stance.person.address || stance.person.name;
    const row = byPerson.get(key) ?? { person: stance.person, runs: [], lastMs: 0 };
    byPerson.set(key, row);
    row.lastMs = stance.atMs;
    const before = row.runs.at(-1);
    const isSame = before?.last.kind === stance.kind && before.last.isConditional === stance.isConditional;
    if (isSame) row.runs.pop();
    row.runs.push({ last: stance, count: isSame ? before.count + 1 : 1 });
  }
  return [...byPerson.values()].sort((a, b) => b.lastMs - a.lastMs);
}
