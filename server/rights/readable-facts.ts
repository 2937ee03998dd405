/**
 * Readable facts: facts without those that were drawn from mail that may not be read, or that name it.
 */
import type { Point, Quote } from '../../ingest/model/review.ts';
import type { StoredFact } from '../../ingest/store/store.ts';

/** Fields of any fact's value that hold a Message-ID without which the fact is nothing. */
const idFields = ['messageId', 'notice', 'givenIn', 'posting', 'anchorMessage'] as const;

/** All messages that a fact stands on or names. */
export function namedMessages(fact: StoredFact): string[] {
  return [
    ...neededMessages(fact),
    ...quotesOf(fact).flatMap(({ source }) => source ?? []),
    ...statusIds(fact),
  ];
}

/** Facts as they would be without the hidden messages. */
export function limitFacts(facts: readonly StoredFact[], hidden: ReadonlySet<string>): StoredFact[] {
  return facts
    .filter((fact) => !neededMessages(fact).some((id) => hidden.has(id)))
    .map((fact) => limitValue(fact, hidden));
}

function neededMessages(fact: StoredFact): string[] {
  const { owner, subject, evidence, value } = fact;
  const held = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const ids = idFields.map((field) => held[field]).filter((id): id is string => typeof id === 'string');
  return [owner, subject, ...evidence.map(({ messageId }) => messageId), ...ids];
}

function limitValue(fact: StoredFact, hidden: ReadonlySet<string>): StoredFact {
  if (fact.kind === 'quotes') {
    const value = quotesOf(fact).map((quote) =>
      quote.source !== null && hidden.has(quote.source)
        ? { ...quote, source: null, sourceStart: -1, sourceEnd: -1 }
        : quote,
    );
    return { ...fact, value };
  }
  if (!statusIds(fact).some((id) => hidden.has(id))) return fact;
  const point = fact.value as Point;
  // What settled it is hidden: for this reader it still stands.
  return { ...fact, value: { ...point, status: { ...point.status, value: 'open', evidence: [] } } };
}

function quotesOf({ kind, value }: StoredFact): readonly Quote[] {
  return kind === 'quotes' && Array.isArray(value) ? (value as readonly Quote[]) : [];
}

function statusIds({ kind, value }: StoredFact): string[] {
  if (kind !== 'point') return [];
  return ((value as Point).status?.evidence ?? []).map(({ messageId }) => messageId);
}
