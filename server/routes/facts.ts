/**
 * Facts: all that was inferred about a message or series, each with its proof.
 */
import { z } from 'zod';
import { factSchema } from '../openapi-message-schema.ts';
import { evidenceIds, presentWhy } from '../present/why.ts';
import { reads } from './json-route.ts';
import { nameParameter } from './page-query.ts';

/** Kinds that a reader can do something with; notices are shown as the landings that they became. */
const kinds = [
  'trailer',
  'quotes',
  'point',
  'stance',
  'landing',
  'related',
  'mention',
  'turning',
  'role',
  'role',
  'commit',
] as const;

export const factRoutes = [
  reads({
    name: 'GET /api/v1/facts',
    says: 'All that was inferred about a message or series, with its proof.',
    query: z.strictObject({ subject: nameParameter, kind: z.enum(kinds).exactOptional() }),
    gives: z.object({ items: z.array(factSchema) }),
    async answer({ store, mails }, { query }) {
      const wanted = query.kind === undefined ? kinds : [query.kind];
      const facts = await store.getFacts({ kinds: wanted, subjects: [query.subject] });
      const words = await mails.read(evidenceIds(facts));
      return {
        items: facts.map((fact) => ({ kind: fact.kind, value: fact.value, why: presentWhy(fact, words) })),
      };
    },
  }),
];
