/**
 * Series roles: who looks after the files of a series, by the MAINTAINERS files that the store keeps.
 */
import { contentLimits } from '../analyse/content-pattern.ts';
import { parseMaintainers } from '../analyse/maintainers-file.ts';
import { type FindResponsible, makeFindResponsible } from '../analyse/responsible.ts';
import { parseMessage } from '../mail/mime.ts';
import type { MaintainersFile, SeriesRole } from '../model/maintainers.ts';
import type { Posting } from '../model/posting.ts';
import type { Store, StoredFact } from '../store/store.ts';

export type FindRoles = (postings: readonly Posting[]) => Promise<SeriesRole[]>;

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
  return async (postings) => {
    const paths = [...new Set(postings.flatMap((posting) => posting.files.map(({ path }) => path)))].sort();
    const said = finders.some((find) => find.asksContent) ? await readWords(store, postings) : [];
    for (const find of finders) {
      const roles = find(paths, said);
      if (roles.length > 0) return roles;
    }
    return [];
  };
}

/** What patches say: subjects, messages, and lines that they add or take away. */
async function readWords(store: Store, postings: readonly Posting[]): Promise<string[]> {
  const raws = await store.getRaw(postings.map(({ messageId }) => messageId));
  const words: string[] = [];
  for (const { messageId } of postings) {
    const raw = raws.get(messageId);
    if (!raw) continue;
    const { subject, body } = await parseMessage(raw);
    const lines = body.split('\n');
    const start = lines.findIndex((line) => line.startsWith('diff --git ') || line.startsWith('--- a/'));
    const message = start < 0 ? lines : lines.slice(0, start);
    const changed = start < 0 ? [] : lines.slice(start).filter((line) => /^[+-](?![+-]{2} )/.test(line));
    words.push(`Subject: ${subject}`, ...message, ...changed);
    if (words.length > contentLimits.lines) break;
  }
  return words;
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
