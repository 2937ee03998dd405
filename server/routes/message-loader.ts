/**
 * Message loader: reads from the store what ../present/message.ts needs, for many messages at once.
 */
import type { GivenTrailer, Point, Quote } from '../../ingest/model/review.ts';
import type { MessageEntry, StoredFact } from '../../ingest/store/store.ts';
import { diffSpan } from '../present/diff.ts';
import { presentMessage } from '../present/message.ts';
import { labelRevisions } from '../present/revision-label.ts';
import { evidenceIds } from '../present/why.ts';
import type { MessageDetail } from '../wire.ts';
import { notHeld } from './find-series.ts';
import type { ServerParts } from './parts.ts';

/** Details in the order of `messages`. */
export async function loadMessages(
  parts: ServerParts,
  messages: readonly MessageEntry[],
): Promise<MessageDetail[]> {
  const { store, mails } = parts;
  const ids = messages.map(({ messageId }) => messageId);
  const facts = await store.getFacts({ kinds: ['quotes', 'trailer', 'point'], owners: ids });
  const points = facts.filter(({ kind }) => kind === 'point').map(({ value }) => value as Point);
  const named = [...facts.flatMap(quoteSources), ...points.map(({ anchorMessage }) => anchorMessage)];
  const statusIds = evidenceIds(points.map(({ status }) => status));
  const [texts, entries, places, appearances] = await Promise.all([
    mails.read([...ids, ...points.map(({ anchorMessage }) => anchorMessage), ...statusIds]),
    store.getEntries([...ids, ...named]),
    loadPlaces(parts, [...ids, ...points.flatMap(({ posting }) => posting ?? [])]),
    Promise.all(ids.map((id) => store.getAppearances(id))),
  ]);
  const context = { mails: texts, entries, labelOf: (id: string) => places.get(id)?.label };
  return messages.map((entry, at) => {
    const message = texts.get(entry.messageId);
    if (!message) throw notHeld('The raw mail is missing', entry.messageId);
    const own = facts.filter(({ owner }) => owner === entry.messageId);
    return presentMessage(
      {
        entry,
        message,
        appearances: appearances[at] ?? [],
        quotes: valuesOf<readonly Quote[]>(own, 'quotes').flat(),
        trailers: valuesOf<GivenTrailer>(own, 'trailer'),
        points: valuesOf<Point>(own, 'point'),
        series: places.get(entry.messageId)?.series ?? null,
        revision: places.get(entry.messageId)?.label ?? null,
        diff: entry.isPosting ? diffSpan(message.body) : null,
      },
      context,
    );
  });
}

/** Series and revision label of postings. */
async function loadPlaces(
  { store }: ServerParts,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { series: string; label: string }>> {
  const placements = await store.getPlacements([...new Set(ids)]);
  const series = [...new Set([...placements.values()].map((placement) => placement.series))];
  const revisions = await store.getRevisionsOfSeries(series);
  const postingIds = revisions.flatMap(({ postings }) => postings);
  const [allPlacements, postings] = await Promise.all([
    store.getPlacements(postingIds),
    store.getPostings(postingIds),
  ]);
  const labels = new Map(
    series.flatMap((id) =>
      labelRevisions({
        revisions: revisions.filter((revision) => revision.series === id),
        placements: new Map([...allPlacements].filter(([, placement]) => placement.series === id)),
        postings,
      }).map(({ revision, label }) => [revision, label] as const),
    ),
  );
  return new Map(
    [...placements].map(([id, placement]) => [
      id,
      { series: placement.series, label: labels.get(placement.revision) ?? '' },
    ]),
  );
}

function valuesOf<T>(facts: readonly StoredFact[], kind: string): T[] {
  return facts.filter((fact) => fact.kind === kind).map(({ value }) => value as T);
}

function quoteSources({ kind, value }: StoredFact): string[] {
  return kind === 'quotes' ? (value as readonly Quote[]).flatMap(({ source }) => source ?? []) : [];
}
