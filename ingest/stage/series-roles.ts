/**
 * Series roles: who looks after the files of a series, by the MAINTAINERS files that the store keeps.
 */
import { parseMaintainers } from '../analyse/maintainers-file.ts';
import { type FindResponsible, makeFindResponsible } from '../analyse/responsible.ts';
import type { MaintainersFile, SeriesRole } from '../model/maintainers.ts';
import type { Posting } from '../model/posting.ts';
import type { Store, StoredFact } from '../store/store.ts';

export type FindRoles = (postings: readonly Posting[]) => SeriesRole[];

interface Finders {
  readonly files: readonly MaintainersFile[];
  readonly finders: readonly FindResponsible[];
}

/** A kernel's file takes a while to be taken apart: it is done once as long as it says the same. */
const kept = new WeakMap<Store, Finders>();

/** Tells for postings who looks after what they change; in the first tree that has anybody. */
export async function readRoleFinder(store: Store): Promise<FindRoles> {
  const files = await store.getMaintainers();
  const before = kept.get(store);
  const isSame = before?.files.every(({ text }, at) => text === files[at]?.text) ?? false;
  const finders =
    before && isSame && before.files.length === files.length
      ? before.finders
      : files.map(({ text, tree }) => makeFindResponsible(parseMaintainers(text), tree));
  kept.set(store, { files, finders });
  return (postings) => {
    const paths = [...new Set(postings.flatMap((posting) => posting.files.map(({ path }) => path)))].sort();
    for (const find of finders) {
      const roles = find(paths);
      if (roles.length > 0) return roles;
    }
    return [];
  };
}

export function roleFacts(series: string, roles: readonly SeriesRole[]): StoredFact[] {
  return roles.map((value) => ({
    kind: 'role',
    owner: series,
    subject: series,
    value,
    rule: 'maintainers-file',
    confidence: 0.95,
    evidence: [],
    by: 'rule',
  }));
}
