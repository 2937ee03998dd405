/**
 * Woken series: which series must be made anew because of facts that changed.
 *
 * A fact is about a posting (its subject), or about a title (a notice that names no mail): then every series that has a
 * posting of that title is woken.
 */
import { titleNoticeKey } from '../link/keys.ts';
import type { Store, StoredFact } from '../store/store.ts';
import { titleOfSubject } from './notice-subject.ts';

/** Postings looked up for one title, newest first. */
const perTitle = 50;

export async function wokenSeries(
  store: Pick<Store, 'findPostings' | 'getRevisionsOf'>,
  facts: readonly Pick<StoredFact, 'subject'>[],
): Promise<string[]> {
  const subjects = new Set<string>();
  const titles = new Set<string>();
  for (const { subject } of facts) {
    const title = titleOfSubject(subject);
    if (title === null) subjects.add(subject);
    else titles.add(title);
  }
  const queries = [...titles].map((title) => ({
    key: titleNoticeKey(title),
    direction: 'older' as const,
    atMs: Number.MAX_SAFE_INTEGER,
    limit: perTitle,
  }));
  for (const ids of await store.findPostings(queries)) for (const id of ids) subjects.add(id);
  const places = await store.getRevisionsOf([...subjects]);
  return [...new Set([...places.values()].map((place) => place.series))].sort();
}
