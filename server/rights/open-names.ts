/**
 * Open names: ids of series, revisions and lineages for who may not read the mail that they are named by.
 *
 * Each is named by its first mail. Where that is hidden, the first one that may be read names it, as if there were no
 * other; the hidden name leads nowhere.
 */
import type { Placement } from '../../ingest/model/series.ts';

export class Names {
  readonly #open = new Map<string, string>();
  readonly #whole = new Map<string, string>();

  add(whole: string, open: string): void {
    if (this.#open.has(whole)) return;
    this.#open.set(whole, open);
    this.#whole.set(open, whole);
  }

  /** What a reader is given for a name of the store. */
  open(name: string): string {
    return this.#open.get(name) ?? name;
  }

  /** The store's name for what a reader gave; empty, which nothing is called, for a hidden one. */
  whole(name: string): string {
    return this.#open.has(name) ? '' : (this.#whole.get(name) ?? name);
  }

  /** All names under which the store may hold what belongs to this one. */
  wholes(name: string): string[] {
    const whole = this.whole(name);
    return whole === name ? [name] : [name, whole];
  }
}

export interface OpenNames {
  readonly series: Names;
  readonly revision: Names;
  readonly lineage: Names;
}

/** Everything is called as it is. */
export const plainNames: OpenNames = { series: new Names(), revision: new Names(), lineage: new Names() };

/** From placements that may be read, oldest first. */
export function makeOpenNames(
  placements: readonly Placement[],
  isHidden: (messageId: string) => boolean,
): OpenNames {
  const names = { series: new Names(), revision: new Names(), lineage: new Names() };
  for (const { messageId, series, revision, lineage } of placements) {
    if (isHidden(series)) names.series.add(series, messageId);
    if (isHidden(revision)) names.revision.add(revision, messageId);
    if (lineage !== null && isHidden(lineage)) names.lineage.add(lineage, messageId);
  }
  return names;
}
