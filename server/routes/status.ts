/**
 * Status: what the store holds, how far each source is, the lists, and mails that could not be read well.
 */
import { z } from 'zod';
import { listSummarySchema } from '../openapi-message-schema.ts';
import { ingestStatusSchema, troubleSchema } from '../openapi-status-schema.ts';
import { noQuery, reads } from './json-route.ts';
import { cursorParameter, limitParameter, pageOf } from './page-query.ts';

export const statusRoutes = [
  reads({
    name: 'GET /api/v1/status',
    isOfProcess: true,
    says: 'What is held, how far each source is, and what work waits.',
    query: noQuery,
    gives: ingestStatusSchema,
    async answer({ store, pulls, watches }) {
      const [info, sources] = await Promise.all([store.info(), store.getSources()]);
      const progress = pulls();
      const watched = watches();
      const { messages, rawMails, postings, series, facts, schema, engine } = info;
      return {
        isRunning: progress.size > 0,
        sources: sources.map(({ cursor: _cursor, ...source }) => ({
          ...source,
          watch: watched.get(source.location) ?? null,
          progress: progress.get(source.location) ?? null,
        })),
        waiting: { ...info.waiting },
        messages,
        rawMails,
        postings,
        series,
        facts,
        storeBytes: info.sizeBytes,
        schema,
        engine,
      };
    },
  }),
  reads({
    name: 'GET /api/v1/lists',
    says: 'Mailing lists, with how much of each is held.',
    query: noQuery,
    gives: z.object({ items: z.array(listSummarySchema) }),
    async answer({ store }) {
      const rows = await store.getLists();
      return {
        items: rows.map(({ name, messages, postings, series, firstMs, lastMs }) => ({
          name,
          messages,
          postings,
          series,
          firstMs,
          lastMs,
        })),
      };
    },
  }),
  reads({
    name: 'GET /api/v1/troubles',
    says: 'Mails that were kept although something was wrong with them.',
    query: z.strictObject({
      limit: limitParameter.exactOptional(),
      cursor: cursorParameter.exactOptional(),
    }),
    gives: z.object({ items: z.array(troubleSchema), next: z.string().nullable() }),
    async answer({ store }, { query }) {
      const { items, next } = await store.getTroubles(pageOf(query));
      return {
        items: items.map(({ messageId, source, place, code, detail }) => ({
          messageId,
          source,
          place,
          code,
          detail,
        })),
        next,
      };
    },
  }),
];
