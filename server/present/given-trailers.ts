/**
 * Given trailers: who approved which posting, on which revision, and whether it still holds.
 *
 * A trailer is `current` on the newest posting of its patch, `carried` while the diff has not changed since, and
 * `dropped` after it changed: so b4 does it. One on a cover letter stands for every patch of that revision.
 */
import type { GivenTrailer } from '../../ingest/model/review.ts';
import type { StoredFact } from '../../ingest/store/store.ts';
import type { WireTrailer } from '../wire.ts';
import { personInTrailer } from './person-name.ts';
import type { SeriesRecords } from './series-records.ts';
import { type Mails, presentWhy } from './why.ts';

export interface TrailerCount {
  readonly acked: number;
  readonly reviewed: number;
  readonly tested: number;
}

export function presentTrailers(
  facts: readonly StoredFact[],
  records: SeriesRecords,
  mails: Mails,
): WireTrailer[] {
  return facts.map((fact) => {
    const given = fact.value as GivenTrailer;
    return {
      name: given.name,
      value: given.value,
      person: personInTrailer(given.value),
      givenIn: given.givenIn,
      messageId: given.messageId,
      on: records.labelOf(given.messageId) ?? '',
      isOwn: given.isOwn,
      standing: standing(given.messageId, records),
      why: presentWhy(fact, mails),
    };
  });
}

/** People who approved, by kind; one who says it twice counts once. */
export function countTrailers(trailers: readonly GivenTrailer[]): TrailerCount {
  const people = (name: string) =>
    new Set(
      trailers
        .filter((trailer) => trailer.name.toLowerCase() === name)
        .map(({ value }) => personInTrailer(value).address || value),
    ).size;
  return { acked: people('acked-by'), reviewed: people('reviewed-by'), tested: people('tested-by') };
}

function standing(messageId: string, records: SeriesRecords): WireTrailer['standing'] {
  const placement = records.placements.get(messageId);
  if (!placement) return 'dropped';
  if (placement.lineage !== null) return standingOfPatch(messageId, placement.lineage, records);
  if (placement.revision === records.revisions.at(-1)?.id) return 'current';
  const patches = [...records.placements.values()].filter(
    ({ revision, lineage }) => revision === placement.revision && lineage !== null,
  );
  const holds = patches.every(
    (patch) => standingOfPatch(patch.messageId, patch.lineage ?? '', records) !== 'dropped',
  );
  return patches.length > 0 && holds ? 'carried' : 'dropped';
}

function standingOfPatch(
  messageId: string,
  lineage: string,
  records: SeriesRecords,
): WireTrailer['standing'] {
  const newest = records.lineages.get(lineage)?.at(-1)?.messageId;
  if (newest === undefined || newest === messageId) return 'current';
  const patchId = records.postings.get(messageId)?.patchId ?? null;
  return patchId !== null && patchId === records.postings.get(newest)?.patchId ? 'carried' : 'dropped';
}
