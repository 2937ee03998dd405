/**
 * Threads: the outline of a whole thread at once, and bodies in blocks, since a thread may have thousands.
 */
import { z } from 'zod';
import { limits } from '../../ingest/model/limits.ts';
import type { MessageEntry } from '../../ingest/store/store.ts';
import { threadDetailSchema } from '../openapi-message-schema.ts';
import { presentThreadNodes } from '../present/thread.ts';
import type { ThreadDetail } from '../wire.ts';
import { notHeld } from './find-series.ts';
import { reads } from './json-route.ts';
import { loadMessages } from './message-loader.ts';
import type { ServerParts } from './parts.ts';

export const threadRoutes = [
  reads({
    name: 'GET /api/v1/threads/{id}',
    says: `A thread by any message of it; at most ${limits.threadMails} bodies from \`offset\` on.`,
    query: z.strictObject({
      offset: z.coerce.number<string>().int().min(0).max(Number.MAX_SAFE_INTEGER).exactOptional(),
    }),
    gives: threadDetailSchema,
    answer: (parts, { id, query }) => loadThread(parts, id, query.offset ?? 0),
  }),
];

/** `offset` counts nodes. @throws NotFoundError */
export async function loadThread(parts: ServerParts, id: string, offset: number): Promise<ThreadDetail> {
  const entry = (await parts.store.getEntries([id])).get(id);
  if (!entry) throw notHeld('The message is not held', id);
  const entries = await parts.store.getThread(entry.thread);
  const nodes = presentThreadNodes(entries);
  const byId = new Map(entries.map((one) => [one.messageId, one]));
  const { shown, nextOffset } = blockOf(
    nodes.map(({ messageId }) => byId.get(messageId)),
    offset,
  );
  return {
    id: entry.thread,
    subject: byId.get(entry.thread)?.subject ?? entry.subject,
    nodes,
    messages: await loadMessages(parts, shown),
    offset,
    nextOffset,
  };
}

/** Mails from `offset` on until there are enough or they are too large together. Ghosts have no body. */
function blockOf(
  nodes: readonly (MessageEntry | undefined)[],
  offset: number,
): { shown: MessageEntry[]; nextOffset: number | null } {
  const shown: MessageEntry[] = [];
  let bytes = 0;
  let at = offset;
  for (; at < nodes.length && shown.length < limits.threadMails; at++) {
    const entry = nodes[at];
    if (!entry) continue;
    if (shown.length > 0 && bytes + entry.sizeBytes > limits.threadBytes) break;
    bytes += entry.sizeBytes;
    shown.push(entry);
  }
  return { shown, nextOffset: at < nodes.length ? at : null };
}
