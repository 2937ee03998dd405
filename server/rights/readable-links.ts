/**
 * Readable links: placements and revisions as they would be without the mails that may not be read.
 */
import type { Posting } from '../../ingest/model/posting.ts';
import type { Placement, Revision } from '../../ingest/model/series.ts';
import type { OpenNames } from './open-names.ts';

/** `seen`: those of the messages that are named here that may be read. */
export function limitPlacement(place: Placement, seen: ReadonlySet<string>, names: OpenNames): Placement {
  const hasPrevious = place.previous !== null && seen.has(place.previous);
  return {
    ...place,
    series: names.series.open(place.series),
    revision: names.revision.open(place.revision),
    lineage: place.lineage === null ? null : names.lineage.open(place.lineage),
    previous: hasPrevious ? place.previous : null,
    link: hasPrevious && isProvenBy(place, seen) ? place.link : null,
  };
}

/** Messages that a revision names. */
export function namedByRevision({ postings, previous, link }: Revision): string[] {
  return [...postings, ...(previous === null ? [] : [previous]), ...evidenceOf({ link })];
}

/** Messages that a placement names. */
export function namedByPlacement({ messageId, previous, link }: Placement): string[] {
  return [messageId, ...(previous === null ? [] : [previous]), ...evidenceOf({ link })];
}

/** Undefined where none of its postings may be read. `postings` are those that may. */
export function limitRevision(
  revision: Revision,
  seen: ReadonlySet<string>,
  postings: ReadonlyMap<string, Posting>,
  names: OpenNames,
): Revision | undefined {
  const open = revision.postings.filter((id) => seen.has(id));
  if (open.length === 0) return undefined;
  const isFollowing = revision.previous !== null && seen.has(names.revision.open(revision.previous));
  const held = open.flatMap((id) => postings.get(id) ?? []);
  const [first] = held;
  const isWhole = open.length === revision.postings.length || first === undefined;
  return {
    ...revision,
    ...(isWhole
      ? {}
      : {
          title: first.subject.title,
          authorAddress: first.authorAddress,
          authorName: first.authorName,
          sentMs: Math.min(...held.map(({ sentMs }) => sentMs)),
          hasCover: held.some(({ isCover }) => isCover),
          held: held.filter(({ isCover }) => !isCover).length,
        }),
    id: names.revision.open(revision.id),
    series: names.series.open(revision.series),
    postings: open,
    previous: isFollowing && revision.previous !== null ? names.revision.open(revision.previous) : null,
    link: isFollowing && isProvenBy(revision, seen) ? revision.link : null,
  };
}

interface Linked {
  readonly link: { readonly evidence: readonly { readonly messageId: string }[] } | null;
}

function evidenceOf({ link }: Linked): string[] {
  return (link?.evidence ?? []).map(({ messageId }) => messageId);
}

function isProvenBy(linked: Linked, seen: ReadonlySet<string>): boolean {
  return evidenceOf(linked).every((id) => seen.has(id));
}
