/**
 * Readable sight: what a reader sees of the series to which hidden mail adds, made anew after each change of the store.
 *
 * Such a series is derived again by the stage that made it, from a store in which the hidden mail does not exist; the
 * engine then answers from that in place of its row. So no number, state, order or name tells of what is hidden.
 */
import type { Revision } from '../../ingest/model/series.ts';
import { readRoleFinder } from '../../ingest/stage/series-roles.ts';
import { makeSeries } from '../../ingest/stage/series-stage.ts';
import { wokenSeries } from '../../ingest/stage/woken-series.ts';
import type { SeenSeries, SeenStore } from '../../ingest/store/sight.ts';
import type { SeriesRow, Store } from '../../ingest/store/store.ts';
import { makeOpenNames, type OpenNames } from './open-names.ts';

export interface Seen {
  readonly store: SeenStore;
  readonly names: OpenNames;
  /** Rows of these series as the reader sees them, by the store's ids; null where nothing is left. */
  readonly rows: ReadonlyMap<string, SeriesRow | null>;
}

export class ReadableSight {
  readonly #whole: Store;
  readonly #hidden: readonly string[];
  /** The same store without hidden mail, under the store's names. */
  readonly #open: Store;
  #store: SeenStore | null = null;
  #made: { readonly mark: string; readonly seen: Promise<Seen> } | null = null;

  constructor(whole: Store, hidden: readonly string[], open: Store) {
    this.#whole = whole;
    this.#hidden = hidden;
    this.#open = open;
  }

  /** What is seen now. */
  async now(): Promise<Seen> {
    const mark = await this.#whole.changeMark();
    if (this.#made?.mark === mark) return this.#made.seen;
    const seen = this.#make(mark);
    this.#made = { mark, seen };
    seen.catch(() => {
      if (this.#made?.seen === seen) this.#made = null;
    });
    return seen;
  }

  async close(): Promise<void> {
    await this.#store?.close();
  }

  async #make(mark: string): Promise<Seen> {
    this.#store ??= this.#whole.openSeen();
    const store = this.#store;
    const subjects = await this.#whole.getHiddenSubjects(this.#hidden);
    const ids = await wokenSeries(
      this.#whole,
      subjects.map((subject) => ({ subject })),
    );
    const names = await this.#nameAll(ids);
    const series = await this.#makeSeries(ids, names);
    await store.putSight({ mark, hiddenLists: this.#hidden, series });
    return { store, names, rows: new Map(series.map(({ id, row }) => [id, row])) };
  }

  async #nameAll(ids: readonly string[]): Promise<OpenNames> {
    const revisions = await this.#whole.getRevisionsOfSeries(ids);
    const entries = await this.#open.getEntries(revisions.flatMap(({ postings }) => postings));
    const placements = await this.#whole.getPlacements([...entries.keys()]);
    const timeOf = (messageId: string) => entries.get(messageId)?.sortMs ?? 0;
    const ordered = revisions
      .flatMap(({ postings }) => postings.flatMap((id) => placements.get(id) ?? []))
      .sort((a, b) => timeOf(a.messageId) - timeOf(b.messageId));
    return makeOpenNames(ordered, (messageId) => !entries.has(messageId));
  }

  async #makeSeries(ids: readonly string[], names: OpenNames): Promise<SeenSeries[]> {
    const findRoles = await readRoleFinder(this.#whole);
    const bySeries = new Map<string, Revision[]>(ids.map((id) => [id, []]));
    for (const revision of await this.#open.getRevisionsOfSeries(ids))
      bySeries.get(revision.series)?.push(revision);
    const made: SeenSeries[] = [];
    for (const [id, revisions] of bySeries) {
      if (revisions.length === 0) {
        made.push({ id, row: null, activity: null, landed: [] });
        continue;
      }
      const { row, activity, facts } = await makeSeries(this.#open, id, revisions, findRoles);
      made.push({
        id,
        row: { ...row, id: names.series.open(id), latestRevision: names.revision.open(row.latestRevision) },
        activity,
        landed: facts
          .filter(({ kind }) => kind === 'landing' || kind === 'commit')
          .map(({ subject }) => subject),
      });
    }
    return made;
  }
}
