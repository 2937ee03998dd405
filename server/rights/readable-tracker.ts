/**
 * Readable tracker: the tracker's lists, on the lists that may be read. Records and the log are guarded by their routes.
 */
import type { Tracker } from '../../ingest/store/tracker.ts';

export function readableTracker(
  whole: Tracker,
  openLists: () => Promise<readonly string[]>,
  seen: (messageIds: readonly string[]) => Promise<ReadonlySet<string>>,
): Tracker {
  const limit = async <Filter extends { readonly lists?: readonly string[] }>(
    filter: Filter,
  ): Promise<Filter> => {
    const open = await openLists();
    const asked = filter.lists ?? open;
    return { ...filter, lists: asked.filter((list) => open.includes(list)) };
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
      const open = await openLists();
      const { items, count } = await whole.listPatches(await limit(filter), order, window);
      const shown = items.map((row) => ({ ...row, lists: row.lists.filter((list) => open.includes(list)) }));
      return { items: shown, count };
    },
    async listSendings(filter, order, window) {
      const open = await openLists();
      const { items, count } = await whole.listSendings(await limit(filter), order, window);
      const shown = items.map((row) => ({ ...row, lists: row.lists.filter((list) => open.includes(list)) }));
      return { items: shown, count };
    },
    listHappenings: async (filter, isDescending, window) =>
      whole.listHappenings(await limit(filter), isDescending, window),
    listSubmitters: async (filter, order, window) => whole.listSubmitters(await limit(filter), order, window),
    getChecks: async (ids) => whole.getChecks([...(await seen(ids))]),
    countPeople: async (people, lists) => whole.countPeople(people, lists),
  };
}
