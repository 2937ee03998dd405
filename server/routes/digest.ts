/**
 * Digest: the outline of a thread, made when it is asked for from facts that are held: a few batch reads, whatever the
 * length of the thread. Bodies are read for the spans that are shown and no more.
 */
import { makeDigest } from '../../ingest/analyse/digest.ts';
import { type DigestLink, digestLinks } from '../../ingest/analyse/digest-links.ts';
import { bodyEvidence, type Fact } from '../../ingest/model/fact.ts';
import type { Landing } from '../../ingest/model/landing.ts';
import type { Mention, Point, Stance, Turning } from '../../ingest/model/review.ts';
import type { MessageEntry, Store, StoredFact } from '../../ingest/store/store.ts';
import { threadDigestSchema } from '../openapi-digest-schema.ts';
import { presentDigest } from '../present/digest.ts';
import { evidenceIds } from '../present/why.ts';
import type { ThreadDigest } from '../wire.ts';
import { notHeld } from './find-series.ts';
import { noQuery, reads } from './json-route.ts';
import { resolveMasked } from './masked-ids.ts';
import type { ServerParts } from './parts.ts';

export const digestRoutes = [
  reads({
    name: 'GET /api/v1/threads/{id}/digest',
    says: 'The outline of a thread by any message of it: decisions, disagreements, turning points, links.',
    query: noQuery,
    gives: threadDigestSchema,
    answer: (parts, { id }) => loadDigest(parts, id),
  }),
];

const kinds = ['point', 'stance', 'turning', 'related', 'mention'];

/** @throws NotFoundError */
async function loadDigest(parts: ServerParts, id: string): Promise<ThreadDigest> {
  const { store, mails } = parts;
  const entry = (await store.getEntries([id])).get(id);
  if (!entry) throw notHeld('The message is not held', id);
  const thread = await store.getThread(entry.thread);
  const times = new Map(thread.map(({ messageId, sortMs }) => [messageId, sortMs]));
  const facts = inOrderOf(times, await store.getFacts({ kinds, owners: [...times.keys()] }));
  const { revisions, landings } = await loadSeriesOf(store, thread);
  const items = makeDigest({
    times,
    turnings: valuesOf<Turning>(facts, 'turning'),
    points: valuesOf<Point>(facts, 'point'),
    stances: valuesOf<Stance>(facts, 'stance'),
    landings: valuesOf<Landing>(landings, 'landing'),
    revisions: revisions.map(({ id: first, sentMs }) => ({ id: first, sentMs, isHere: times.has(first) })),
  });
  const { links, masks } = await loadLinks(store, facts, times);
  const linked = links.flatMap(({ target }) => (target.kind === 'mail' ? [target.messageId] : []));
  const shown = items.flatMap(({ span, answers, outcome, ...basis }) => [
    basis,
    { ...basis, evidence: [span, ...(answers ? [answers] : []), ...(outcome?.evidence ?? [])] },
  ]);
  const places = links.map(({ places: evidence }) => ({ rule: '', confidence: 1, evidence, by: 'rule' }));
  const ids = evidenceIds([...shown, ...places]);
  return presentDigest({
    entry,
    thread,
    items,
    links,
    masks,
    landings: valuesOf<Landing>(landings, 'landing').map(({ value }) => value),
    entries: await store.getEntries([...ids, ...linked]),
    placements: await store.getPlacements(linked),
    mails: await mails.read(ids),
  });
}

/** Revisions of the series whose postings stand in the thread, and what landed of them. */
async function loadSeriesOf(store: Store, thread: readonly MessageEntry[]) {
  const postings = thread.filter(({ isPosting }) => isPosting).map(({ messageId }) => messageId);
  const places = await store.getRevisionsOf(postings);
  const series = [...new Set([...places.values()].map((place) => place.series))];
  return {
    revisions: await store.getRevisionsOfSeries(series),
    landings: await store.getFacts({ kinds: ['landing'], owners: series }),
  };
}

async function loadLinks(
  store: Store,
  facts: readonly StoredFact[],
  times: ReadonlyMap<string, number>,
): Promise<{ links: readonly DigestLink[]; masks: ReadonlyMap<string, string> }> {
  const placeOf = ({ owner, evidence }: StoredFact) => evidence[0] ?? bodyEvidence(owner, 0, 0);
  const related = facts.filter(({ kind }) => kind === 'related');
  const written = related.map(({ value }) => (value as { readonly messageId: string }).messageId);
  const real = await resolveMasked(store, written);
  const named = related.map((fact, at) => {
    const id = written[at] ?? '';
    return { messageId: real.get(id) ?? id, place: placeOf(fact) };
  });
  const mentions = facts
    .filter(({ kind }) => kind === 'mention')
    .map((fact) => ({ mention: fact.value as Mention, place: placeOf(fact) }));
  return {
    links: digestLinks(named, mentions, new Set(times.keys())),
    masks: new Map([...real].map(([masked, id]) => [id, masked])),
  };
}

function valuesOf<T>(facts: readonly StoredFact[], kind: string): Fact<T>[] {
  return facts
    .filter((fact) => fact.kind === kind)
    .map(({ value, rule, confidence, evidence, by }) => ({
      value: value as T,
      rule,
      confidence,
      evidence,
      by,
    }));
}

function inOrderOf(times: ReadonlyMap<string, number>, facts: readonly StoredFact[]): StoredFact[] {
  return [...facts].sort(
    (a, b) =>
      (times.get(a.owner) ?? 0) - (times.get(b.owner) ?? 0) ||
      (a.owner < b.owner ? -1 : a.owner > b.owner ? 1 : 0),
  );
}
