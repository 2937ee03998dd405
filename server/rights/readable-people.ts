/**
 * Readable people: senders, with counts of what stands on lists that may be read; who wrote to hidden ones only is not there.
 */
import type { Page, PageRequest, PersonRow, Store } from '../../ingest/store/store.ts';
import { fillPage } from './readable-page.ts';

/** `readable` is the store as the reader sees it. */
export async function readOpenPerson(
  whole: Store,
  readable: Store,
  address: string,
): Promise<PersonRow | undefined> {
  const person = await whole.getPerson(address);
  return person && (await whole.tracker.countPeople([person], await namesOf(readable)))[0];
}

export function listOpenPeople(
  whole: Store,
  readable: Store,
  filter: { readonly text?: string },
  page: PageRequest,
): Promise<Page<PersonRow>> {
  return fillPage(page, async (request) => {
    const found = await whole.listPeople(filter, request);
    const items = await whole.tracker.countPeople(found.items, await namesOf(readable));
    return { ...found, items };
  });
}

async function namesOf(readable: Store): Promise<readonly string[]> {
  return (await readable.getLists()).map(({ name }) => name);
}
