/**
 * Messages: newest mails, one mail, and one patch with its diff.
 */
import { z } from 'zod';
import { parseDiff } from '../../ingest/patch/diff.ts';
import { messageDetailSchema, messageSummarySchema, patchDetailSchema } from '../openapi-message-schema.ts';
import { isCorrupt, presentDiffFiles } from '../present/diff.ts';
import { presentCell } from '../present/grid.ts';
import { presentMessageSummary } from '../present/message.ts';
import { delegatesOf, presentChecks } from '../present/tracked.ts';
import { evidenceIds } from '../present/why.ts';
import type { MessageDetail } from '../wire.ts';
import { notHeld } from './find-series.ts';
import { noQuery, reads } from './json-route.ts';
import { loadMessages } from './message-loader.ts';
import { newestMessages } from './newest.ts';
import { cursorParameter, limitParameter, nameParameter, pageOf } from './page-query.ts';
import type { ServerParts } from './parts.ts';
import { loadSeries } from './series-loader.ts';

export const messageRoutes = [
  reads({
    name: 'GET /api/v1/messages',
    says: 'Messages, newest first; those that claim to be from the future are left out.',
    query: z.strictObject({
      list: nameParameter.exactOptional(),
      person: nameParameter.exactOptional(),
      limit: limitParameter.exactOptional(),
      cursor: cursorParameter.exactOptional(),
    }),
    gives: z.object({ items: z.array(messageSummarySchema), next: z.string().nullable() }),
    async answer({ store, nowMs }, { query }) {
      const { list, person } = query;
      const filter = { ...(list === undefined ? {} : { list }), ...(person === undefined ? {} : { person }) };
      const page = await store.listMessages(filter, newestMessages(pageOf(query), nowMs()));
      return { items: page.items.map(presentMessageSummary), next: page.next };
    },
  }),
  reads({
    name: 'GET /api/v1/messages/{id}',
    says: 'One message: text, quotes, comments, and how it came.',
    query: noQuery,
    gives: messageDetailSchema,
    answer: (parts, { id }) => loadMessage(parts, id),
  }),
  reads({
    name: 'GET /api/v1/patches/{id}',
    says: 'One patch as sent, with its diff and its place in its series.',
    query: noQuery,
    gives: patchDetailSchema,
    async answer(parts, { id }) {
      const placement = (await parts.store.getPlacements([id])).get(id);
      if (!placement || placement.lineage === null) throw notHeld('No patch has this Message-ID', id);
      const [message, records] = await Promise.all([
        loadMessage(parts, id),
        loadSeries(parts.store, placement.series),
      ]);
      const diff = parseDiff(message.body.join('\n'));
      return {
        message,
        cell: presentCell(placement, records, await parts.mails.read(evidenceIds([placement.link]))),
        checks: presentChecks(records.tracked, id),
        delegate: delegatesOf(records.tracked, [id])[0] ?? '',
        files: presentDiffFiles(diff),
        isCorrupt: isCorrupt(diff),
      };
    },
  }),
];

/** One message in full. @throws NotFoundError */
export async function loadMessage(parts: ServerParts, id: string): Promise<MessageDetail> {
  const entry = (await parts.store.getEntries([id])).get(id);
  const [message] = entry ? await loadMessages(parts, [entry]) : [];
  if (!message) throw notHeld('The message is not held', id);
  return message;
}
