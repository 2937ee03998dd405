/**
 * People: who writes, what waits on them, and what they did last.
 */
import { z } from 'zod';
import { NotFoundError } from '../../ingest/model/errors.ts';
import type { PersonRow } from '../../ingest/store/store.ts';
import { personDetailSchema } from '../openapi-message-schema.ts';
import { presentMessageSummary } from '../present/message.ts';
import type { PersonDetail } from '../wire.ts';
import { noQuery, reads } from './json-route.ts';
import { cursorParameter, limitParameter, nameParameter, pageOf } from './page-query.ts';
import { summarizeSeries } from './series-loader.ts';

/** Rows of each list on a person's page; more are behind the queue and the search. */
const recentRows = 20;

export const peopleRoutes = [
  reads({
    name: 'GET /api/v1/people',
    says: 'People by name or address; without what waits on each, which `/people/{address}` gives.',
    query: z.strictObject({
      q: nameParameter.exactOptional(),
      limit: limitParameter.exactOptional(),
      cursor: cursorParameter.exactOptional(),
    }),
    gives: z.object({ items: z.array(personDetailSchema), next: z.string().nullable() }),
    async answer({ store }, { query }) {
      const filter = query.q === undefined ? {} : { text: query.q };
      const page = await store.listPeople(filter, pageOf(query));
      return { items: page.items.map((row) => presentPerson(row, {})), next: page.next };
    },
  }),
  reads({
    name: 'GET /api/v1/people/{address}',
    says: 'One person: open turns, newest series and mails.',
    query: noQuery,
    gives: personDetailSchema,
    async answer(parts, { id }) {
      const { store } = parts;
      const address = id.toLowerCase();
      const row = await store.getPerson(address);
      if (!row) {
        throw new NotFoundError('Nobody wrote from this address', {
          subject: address,
          remedy: 'Look for the name at /api/v1/people?q=.',
        });
      }
      const page = { limit: recentRows };
      const [involved, recent, messages] = await Promise.all([
        store.listSeries({ person: address }, 'waiting', page),
        store.listSeries({ author: address }, 'newest', page),
        store.listMessages({ person: address }, page),
      ]);
      const turns = involved.items.filter((series) => series.waitingPerson === address);
      return presentPerson(row, {
        openTurns: await summarizeSeries(parts, turns),
        recentSeries: await summarizeSeries(parts, recent.items),
        recentMessages: messages.items.map(presentMessageSummary),
      });
    },
  }),
];

type Lists = Pick<PersonDetail, 'openTurns' | 'recentSeries' | 'recentMessages'>;

function presentPerson(row: PersonRow, lists: Partial<Lists>): PersonDetail {
  const { address, name, messages, postings, series, trailersGiven, firstMs, lastMs } = row;
  const empty: Lists = { openTurns: [], recentSeries: [], recentMessages: [] };
  return { address, name, messages, postings, series, trailersGiven, firstMs, lastMs, ...empty, ...lists };
}
