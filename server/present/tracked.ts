/**
 * Tracked: what people and machines said of patches beside mail: who looks after them, and how checks ended.
 */
import type { PatchMark, StoredCheck } from '../../ingest/store/tracker.ts';
import type { CheckCounts, WireCheck } from '../wire.ts';

/** As read for some patches at once. */
export interface Tracked {
  /** The newest of each user and context, by patch. */
  readonly checks: ReadonlyMap<string, readonly StoredCheck[]>;
  readonly marks: ReadonlyMap<string, PatchMark>;
  /** Names of accounts by number. */
  readonly names: ReadonlyMap<number, string>;
}

/** Of each patch, user and context the newest counts. */
export function newestChecks(checks: readonly StoredCheck[]): StoredCheck[] {
  return [
    ...new Map(checks.map((check) => [`${check.message}\n${check.by}\n${check.context}`, check])).values(),
  ];
}

/** How many of the newest checks of these patches stand in each state. */
export function countChecks({ checks }: Pick<Tracked, 'checks'>, ids: readonly string[]): CheckCounts {
  const counts = { success: 0, warning: 0, fail: 0, pending: 0 };
  for (const id of new Set(ids)) for (const { state } of checks.get(id) ?? []) counts[state] += 1;
  return counts;
}

/** The newest checks of one patch. */
export function presentChecks({ checks }: Tracked, id: string): WireCheck[] {
  const own = checks.get(id) ?? [];
  return own.map(({ context, state, description, url, by, at }) => {
    return { context, state, description, url, by, atMs: at };
  });
}

/** Who was made to look after one of these patches. */
export function delegatesOf({ marks, names }: Tracked, ids: readonly string[]): string[] {
  const found = ids.flatMap((id) => names.get(marks.get(id)?.delegate ?? 0) ?? []);
  return [...new Set(found)].sort();
}
