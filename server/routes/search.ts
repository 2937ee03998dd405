/**
 * Search: messages by a query in lore's language, and completions while it is typed.
 *
 * The text is parsed to a tree by ingest/search/query.ts; the store sees the tree alone.
 */
import { z } from 'zod';
import { limits } from '../../ingest/model/limits.ts';
import { completeQuery, type QueryCompletion } from '../../ingest/search/complete.ts';
import { explainQuery } from '../../ingest/search/explain.ts';
import { parseQuery } from '../../ingest/search/query.ts';
import type { Store } from '../../ingest/store/store.ts';
import { completionSchema, searchAnswerSchema } from '../openapi-message-schema.ts';
import { presentMessageSummary } from '../present/message.ts';
import { findLines, soughtWords } from '../present/search-lines.ts';
import type { SearchAnswer } from '../wire.ts';
import { reads } from './json-route.ts';
import { namesDates, newestMessages } from './newest.ts';
import { cursorParameter, limitParameter, pageOf } from './page-query.ts';

/** Beyond this the count says "more than": counting on costs more than anybody learns from it. */
const countMost = 10_000;

const queryParameter = z.string().max(limits.queryBytes).meta({ description: 'See /help/search.' });

export const searchRoutes = [
  reads({
    name: 'GET /api/v1/search',
    says: 'Messages that a query finds, with the lines that answer it.',
    query: z.strictObject({
      q: queryParameter,
      sort: z.enum(['newest', 'relevance']).exactOptional(),
      limit: limitParameter.exactOptional(),
      cursor: cursorParameter.exactOptional(),
    }),
    gives: searchAnswerSchema,
    async answer({ store, mails, nowMs }, { query: asked }): Promise<SearchAnswer> {
      const query = parseQuery(asked.q, nowMs());
      // One after the other: a query that takes too long must not hold up two processes.
      const order = asked.sort ?? 'newest';
      const wanted = pageOf(asked);
      const isTimely = order === 'newest' && !namesDates(query);
      const page = await store.search(query, order, isTimely ? newestMessages(wanted, nowMs()) : wanted);
      const count = await store.countSearch(query, countMost);
      const ids = page.items.map(({ messageId }) => messageId);
      const sought = soughtWords(query);
      const [entries, placements, texts] = await Promise.all([
        store.getEntries(ids),
        store.getPlacements(ids),
        sought.length > 0 ? mails.read(ids) : new Map<string, never>(),
      ]);
      return {
        items: ids.flatMap((id) => {
          const entry = entries.get(id);
          if (!entry) return [];
          const body = texts.get(id)?.body.split('\n') ?? [];
          return [
            {
              message: presentMessageSummary(entry),
              series: placements.get(id)?.series ?? null,
              lines: findLines(body, sought),
            },
          ];
        }),
        next: page.next,
        understood: explainQuery(query),
        count: Math.min(count, countMost),
        countIsExact: count < countMost,
      };
    },
  }),
  reads({
    name: 'GET /api/v1/search/completions',
    says: 'What may stand at the caret of a query that is being typed.',
    query: z.strictObject({
      q: queryParameter.default(''),
      caret: z.coerce.number<string>().int().min(0).max(limits.queryBytes),
    }),
    gives: z.object({ items: z.array(completionSchema) }),
    async answer({ store }, { query }) {
      const { items, prefix, typed } = completeQuery(query.q, query.caret);
      const held = prefix === null ? [] : await heldNames(store, prefix, typed.toLowerCase());
      return {
        items: [...items, ...held].map(({ insert, help, example }) => ({ insert, help, example })),
      };
    },
  }),
];

const peoplePrefixes = new Set(['f', 't', 'c', 'tc', 'a', 'author', 'reviewer', 'turn']);
const namesMost = 8;

/** People and lists that are held and fit what was typed behind a prefix. */
async function heldNames(store: Store, prefix: string, typed: string): Promise<QueryCompletion[]> {
  if (prefix === 'l') {
    const lists = (await store.getLists()).filter(({ name }) => name.toLowerCase().startsWith(typed));
    return lists.slice(0, namesMost).map(({ name, messages }) => ({
      insert: name,
      help: `${messages} mails`,
      example: `l:${name}`,
    }));
  }
  if (!peoplePrefixes.has(prefix) || typed.length < 2) return [];
  const people = await store.listPeople({ text: typed }, { limit: namesMost });
  return people.items.map(({ address, name }) => ({
    insert: address,
    help: name,
    example: `${prefix}:${address}`,
  }));
}
