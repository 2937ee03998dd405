/**
 * Link keys: under which words a posting is found by the postings that may follow or precede it.
 *
 * In: a posting. Out: short strings, the same for two postings that may be neighbours. A pair that shares no key is
 * never compared, which keeps linking one mail independent of the size of the store. Which pairs are then linked:
 * ./predecessor.ts.
 */
import { once } from '../model/once.ts';
import type { Posting } from '../model/posting.ts';
import { titleWords } from './likeness.ts';
import { messageIdStem, sendingKey } from './sending.ts';

/** Ids of the reply chain that are worth a key: the direct parents and the thread's root. */
const chainIds = 3;
/** Paths that are worth a key. */
const keyFiles = 4;
/** A title with fewer words is common property ("fix typo"): it counts for its author only. */
const tellingWords = 4;

/** Key of the mails that may belong to one sending. Null for a patch that stands alone. */
export function groupKey(posting: Posting): string | null {
  const key = sendingKey(posting);
  return key === null ? null : `g:${key}`;
}

/** Keys under which predecessors and successors are looked up. */
export const neighbourKeys = once((posting: Posting): readonly string[] => {
  const keys = new Set<string>([`i:${posting.messageId}`]);
  const { titleKey } = posting.subject;
  if (posting.changeId) keys.add(`c:${posting.changeId}`);
  if (posting.patchId) keys.add(`p:${posting.patchId}`);
  if (titleKey !== '') {
    const words = titleWords(titleKey);
    // In any order and whatever stands between them: `EDAC/x: Add y` is `EDAC: x: add y`.
    const key = words.size > 0 ? [...words].sort().join(' ') : titleKey;
    keys.add(words.size >= tellingWords ? `t:${key}` : `t:${posting.authorAddress}|${key}`);
  }
  for (const link of posting.links) keys.add(`i:${link.messageId}`);
  const stem = messageIdStem(posting.messageId);
  const isSibling = (id: string) => stem !== '' && messageIdStem(id) === stem;
  const chain = posting.replyChain.filter((id) => !isSibling(id));
  for (const id of [...chain.slice(0, chainIds), ...chain.slice(-1)]) keys.add(`i:${id}`);
  const paths = posting.files.map((file) => file.path).sort();
  // Whoever sends a patch for its author may leave him out in one version and name him in the next.
  for (const path of paths.slice(0, keyFiles)) {
    keys.add(`f:${posting.authorAddress}|${path}`);
    keys.add(`f:${posting.senderAddress}|${path}`);
  }
  return [...keys];
});

/** Postings looked at per key: a popular title has more, the nearest are the ones that count. */
const perKey = 24;
/**
 * A file says little: who works on it has sent many patches of it. One patch nearby that belongs to the older version
 * is enough, since the whole version is then compared.
 */
const perFile = { limit: 8, withinMs: 365 * 86_400_000 };

/** How far a neighbour may stand from a posting under a key; the same from either side. */
export function reachOfKey(key: string): { readonly limit: number; readonly withinMs?: number } {
  return key.startsWith('f:') ? perFile : { limit: perKey };
}

/** Key of all patches of a title, whoever wrote them: notices of releases and stable trees name no more than that. */
export function titleNoticeKey(titleKey: string): string {
  return `n:${titleKey}`;
}

/** All keys of a posting, as the store keeps them. */
export function linkKeys(posting: Posting): string[] {
  const group = groupKey(posting);
  const { titleKey } = posting.subject;
  return [
    ...(group === null ? [] : [group]),
    ...neighbourKeys(posting),
    ...(titleKey === '' ? [] : [titleNoticeKey(titleKey)]),
  ];
}
