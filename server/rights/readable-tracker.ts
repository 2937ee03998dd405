/**
 * Readable tracker: the tracker's lists, on the lists that may be read. Records and the log are guarded by their routes.
 */
import type { SeenStore } from '../../ingest/store/sight.ts';
import type { Tracker } from '../../ingest/store/tracker.ts';
import type { OpenNames } from './open-names.ts';

/** What the readable store knows. */
export interface Sighted {
  openLists(): Promise<readonly string[]>;
  seen(messageIds: readonly string[]): Promise<ReadonlySet<string>>;
  store(): Promise<SeenStore>;
  names(): Promise<OpenNames>;
}

export function readableTracker(whole: Tracker, { openLists, seen, store, names }: Sighted): Tracker {
  const limit = async <Filter extends { readonly lists?: readonly string[] }>(
    filter: Filter,
  ): Promise<Filter> => {
    const open = await openLists();
    const asked = filter.lists ?? open;
    return { ...filter, lists: asked.filter((list) => open.includes(list)) };
  };
  /** Names, and the numbers of what they name. */
  const openNumbers = async (ids: readonly (string | null)[]) => {
    const { revision, lineage } = await names();
    const open = new Map(ids.map((id) => [id, id === null ? null : revision.open(id)]));
    const changed = [...open].flatMap(([id, name]) => (name !== null && name !== id ? [name] : []));
    const numbers = await whole.getNumbers(changed);
    return {
      revisionOf: (id: string | null) => open.get(id) ?? id,
      numberOf: (id: string | null, number: number | null) => numbers.get(open.get(id) ?? '') ?? number,
      lineageOf: (id: string | null) => (id === null ? null : lineage.open(id)),
    };
  };
  return {
    ...whole,
    getNumbers: async (ids) => whole.getNumbers([...(await seen(ids))]),
    async getIds(numbers) {
      const found = await whole.getIds(numbers);
      const open = await seen([...found.values()]);
      return new Map([...found].filter(([, id]) => open.has(id)));
    },
    async getListNumbers() {
      const open = await openLists();
      return new Map([...(await whole.getListNumbers())].filter(([name]) => open.includes(name)));
    },
    async listPatches(filter, order, window) {
      const { tracker } = await store();
      const { items, count } = await tracker.listPatches(await limit(filter), order, window);
      const { revisionOf, numberOf, lineageOf } = await openNumbers(items.map(({ revision }) => revision));
      const shown = items.map((row) => ({
        ...row,
        revision: revisionOf(row.revision),
        revisionNumber: numberOf(row.revision, row.revisionNumber),
        lineage: lineageOf(row.lineage),
      }));
      return { items: shown, count };
    },
    async listSendings(filter, order, window) {
      const { tracker } = await store();
      const { items, count } = await tracker.listSendings(await limit(filter), order, window);
      const { revisionOf, numberOf } = await openNumbers(items.map(({ revision }) => revision));
      const shown = items.map((row) => ({
        ...row,
        revision: revisionOf(row.revision) ?? row.revision,
        number: numberOf(row.revision, row.number) ?? row.number,
      }));
      return { items: shown, count };
    },
    async listHappenings(filter, isDescending, window) {
      const { tracker } = await store();
      const { items, count } = await tracker.listHappenings(await limit(filter), isDescending, window);
      const { revisionOf, numberOf } = await openNumbers(items.map(({ messageId }) => messageId));
      const shown = items.map((row) =>
        row.kind === 'series-created' || row.kind === 'series-completed'
          ? {
              ...row,
              messageId: revisionOf(row.messageId) ?? row.messageId,
              number: numberOf(row.messageId, row.number) ?? row.number,
            }
          : row,
      );
      return { items: shown, count };
    },
    listSubmitters: async (filter, order, window) =>
      (await store()).tracker.listSubmitters(await limit(filter), order, window),
    getPatchMarks: async (ids) => whole.getPatchMarks([...(await seen(ids))]),
    getChecks: async (ids) => whole.getChecks([...(await seen(ids))]),
    countPeople: async (people, lists) => (await store()).tracker.countPeople(people, lists),
  };
}
