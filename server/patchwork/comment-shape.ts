/**
 * Comments: mails that answer a patch or cover letter: those to which it is the nearest posting above.
 */
import type { MessageEntry, Store } from '../../ingest/store/store.ts';
import type { PatchRow } from '../../ingest/store/tracker.ts';
import type { Asked } from './asked.ts';
import { headersShape } from './patch-shape.ts';
import { personShape } from './shapes.ts';
import { dateText } from './words.ts';

/** The posting that each mail of a thread answers; mails that hang on none belong to the first posting. */
export function answeredPostings(thread: readonly MessageEntry[]): Map<string, string> {
  const byId = new Map(thread.map((entry) => [entry.messageId, entry]));
  const first = thread.find((entry) => entry.isPosting)?.messageId;
  const found = new Map<string, string>();
  for (const entry of thread) {
    if (entry.isPosting) continue;
    const seen = new Set<string>();
    let at = byId.get(entry.parent ?? '');
    while (at && !at.isPosting && !seen.has(at.messageId)) {
      seen.add(at.messageId);
      at = byId.get(at.parent ?? '');
    }
    const answered = at?.isPosting ? at.messageId : first;
    if (answered !== undefined) found.set(entry.messageId, answered);
  }
  return found;
}

/** Comments on a posting, oldest first. */
export async function loadComments(store: Store, messageId: string): Promise<MessageEntry[]> {
  const thread = await store.getThreadsOf([messageId]);
  const answers = answeredPostings(thread);
  return thread
    .filter((entry) => answers.get(entry.messageId) === messageId)
    .sort((a, b) => a.sortMs - b.sortMs || (a.messageId < b.messageId ? -1 : 1));
}

export async function shapeComments(
  asked: Asked,
  posting: PatchRow,
  entries: readonly MessageEntry[],
): Promise<object[]> {
  const { links, parts } = asked;
  const { tracker } = parts.store;
  const ids = entries.map(({ messageId }) => messageId);
  const [numbers, mails, senders, settled] = await Promise.all([
    tracker.getNumbers(ids),
    parts.mails.read(ids),
    tracker.listSubmitters(
      { addresses: entries.map(({ fromAddress }) => fromAddress) },
      { by: 'id', isDescending: false },
      { offset: 0, limit: Number.MAX_SAFE_INTEGER },
    ),
    loadAddressed(parts.store, ids),
  ]);
  return entries.map((entry) => {
    const number = numbers.get(entry.messageId) ?? 0;
    const sender = senders.items.find(({ address }) => address === entry.fromAddress);
    const message = mails.get(entry.messageId);
    const kind = posting.isCover ? 'covers' : 'patches';
    return {
      id: number,
      ...(links.minor >= 3 ? { url: links.thing(kind, posting.number, 'comments', number) } : {}),
      web_url: links.comment(number),
      msgid: `<${entry.messageId}>`,
      ...(links.minor >= 2 ? { list_archive_url: null } : {}),
      date: dateText(entry.dateMs ?? entry.sortMs),
      subject: entry.subject,
      submitter: personShape(links, {
        number: sender?.number ?? 0,
        name: entry.fromName,
        address: entry.fromAddress,
      }),
      content: message?.body ?? '',
      headers: headersShape(message),
      ...(links.minor >= 3 ? { addressed: settled.get(entry.messageId) ?? null } : {}),
    };
  });
}

const openStatuses = new Set(['open', 'contested']);

/** Whether what a comment asks for was dealt with: by a person's word, else by its points; null where it asks nothing. */
async function loadAddressed(store: Store, ids: readonly string[]): Promise<Map<string, boolean | null>> {
  const points = await store.getFacts({ kinds: ['point'], owners: ids });
  const found = new Map<string, boolean | null>();
  for (const { owner, value } of points) {
    const { kind, status } = value as { kind: string; status: { value: string } };
    if (kind === 'remark') continue;
    found.set(owner, (found.get(owner) ?? true) && !openStatuses.has(status.value));
  }
  const wanted = new Set(ids);
  for (const { subject, value, undoneBy } of await store.getCorrections({ kind: 'comment-addressed' })) {
    if (undoneBy === null && wanted.has(subject))
      found.set(subject, typeof value === 'boolean' ? value : null);
  }
  return found;
}
