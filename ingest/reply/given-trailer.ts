/**
 * Given trailers: `Reviewed-by:` and kin in a reply, each with the posting that it was given for.
 *
 * In: a reply and its ancestors, nearest first. Out: facts. The target is the nearest patch or cover above, through
 * replies in between ("+1" under somebody's review), as b4 does it; but all that is given is kept here, and `isOwn` says
 * whether its sender is the person named. Trailers of a patch pasted into the reply are that patch's own.
 * Grammar: ../patch/trailer.ts. Carrying over to later revisions: ../../server/present/given-trailers.ts
 */
import { bodyEvidence, type Fact } from '../model/fact.ts';
import type { Address } from '../model/message.ts';
import type { Trailer } from '../model/posting.ts';
import type { GivenTrailer } from '../model/review.ts';
import { personOf } from '../patch/person.ts';
import { parseSubject } from '../patch/subject.ts';
import { parseGivenTrailers } from '../patch/trailer.ts';
import { nameKey } from './attribution-source.ts';
import { findPastedPatches } from './pasted-patch.ts';
import { findUnmarkedQuotes } from './unmarked-quote.ts';

/** The reply that is looked at. */
export interface TrailerReply {
  readonly messageId: string;
  readonly subject: string;
  readonly from: Address;
  readonly lines: readonly string[];
  /** A posting's trailers are those of its commit message. */
  readonly isPosting: boolean;
}

/** What has to be known of an earlier mail. */
export interface TrailerAncestor {
  readonly messageId: string;
  readonly isPosting: boolean;
}

/** All trailers that a reply gives; none without a posting above it. */
export function findGivenTrailers(
  reply: TrailerReply,
  ancestors: readonly TrailerAncestor[],
): Fact<GivenTrailer>[] {
  const distance = ancestors.findIndex((ancestor) => ancestor.isPosting);
  const target = ancestors[distance];
  if (!target || reply.isPosting) return [];
  const given = parseGivenTrailers(ownLines(reply.lines));
  if (given.length === 0 || isNotice(reply.subject)) return [];
  return given.map((trailer) => {
    const isOwn = isGivenBy(trailer, reply.from);
    return {
      value: {
        name: trailer.name,
        value: trailer.value,
        givenIn: reply.messageId,
        messageId: target.messageId,
        isOwn,
      },
      rule: distance === 0 ? 'trailer-in-reply' : 'trailer-deep-in-thread',
      confidence: confidenceOf(isOwn, distance),
      evidence: [bodyEvidence(reply.messageId, trailer.start, trailer.end)],
      by: 'rule',
    };
  });
}

/** Bots and maintainers copy whole patches into what they say of them. */
function isNotice(subject: string): boolean {
  const { kind } = parseSubject(subject);
  return kind === 'notice' || kind === 'pull';
}

/** The lines with all that is not the sender's word made blank, so that positions stay. */
function ownLines(lines: readonly string[]): string[] {
  const own = [...lines];
  for (const { start, end } of findPastedPatches(lines)) own.fill('', start, end);
  const unmarked = findUnmarkedQuotes(lines)[0];
  if (unmarked) own.fill('', unmarked.headerStart);
  return own;
}

/** True where the sender is the person named, by address or by name: people review from several addresses. */
export function isGivenBy(trailer: Pick<Trailer, 'value'>, from: Address): boolean {
  const person = personOf(trailer.value);
  if (person?.address && person.address === from.address.toLowerCase()) return true;
  const name = nameKey(person?.name || (trailer.value.split(/\s#/, 1)[0] ?? ''));
  return name !== '' && name === nameKey(from.name);
}

function confidenceOf(isOwn: boolean, distance: number): number {
  if (distance > 0) return isOwn ? 0.95 : 0.7;
  return isOwn ? 0.99 : 0.8;
}
