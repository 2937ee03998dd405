/**
 * Activity: what a series gives to statistics: its reviews with how long they took, its rounds, when it was taken.
 *
 * In: the facts of a series and its state. Out: numbers that a store can count. A review is a reply by somebody else than
 * the author that takes a stance; several stances of one mail are one review.
 */
import type { SeriesState } from '../model/series.ts';
import type { NotedTime, Review, SeriesActivity } from '../model/statistics.ts';
import { openPoints, type SeriesFacts } from './series-state.ts';

const takenStates: ReadonlySet<SeriesState> = new Set(['applied', 'landed']);
/** Kinds that do not say that it was taken. */
const otherKinds = new Set(['dropped', 'revert', 'mended', 'pull-request', 'stable-candidate']);

/** `sent` tells when each posting was sent. @throws RangeError without a revision */
export function seriesActivity(
  series: string,
  facts: SeriesFacts,
  state: SeriesState,
  sent: ReadonlyMap<string, number>,
): SeriesActivity {
  const [first] = facts.revisions;
  if (!first) throw new RangeError('a series holds one revision at least');
  const taken = takenStates.has(state) ? takenBy(facts) : null;
  return {
    series,
    author: first.authorAddress,
    firstMs: first.sentMs,
    rounds: facts.revisions.filter(({ sentMs, isResend }) => !isResend && sentMs <= (taken?.atMs ?? sentMs))
      .length,
    taken,
    reviews: reviewsOf(facts, first.authorAddress, sent),
    openPoints: openPoints(facts.points).map(({ messageId }) => ({
      messageId,
      atMs: facts.senders.get(messageId)?.atMs ?? 0,
    })),
    roles: facts.roles,
  };
}

function reviewsOf(
  { stances, revisions }: SeriesFacts,
  author: string,
  sent: ReadonlyMap<string, number>,
): Review[] {
  const authors = new Set([author, ...revisions.map(({ authorAddress }) => authorAddress)]);
  const reviews = new Map<string, Review>();
  for (const { value } of stances) {
    const { messageId, person, posting, atMs } = value;
    if (authors.has(person) || reviews.has(messageId)) continue;
    // Clocks of two people differ: an answer does not come before what it answers.
    reviews.set(messageId, {
      messageId,
      person,
      atMs,
      delayMs: Math.max(0, atMs - (sent.get(posting) ?? atMs)),
    });
  }
  return [...reviews.values()];
}

/** The first mail that says that it was taken. */
function takenBy({ landings }: SeriesFacts): NotedTime | null {
  return landings
    .filter(({ value }) => !otherKinds.has(value.kind))
    .map(({ value }) => ({ messageId: value.notice, atMs: value.atMs }))
    .reduce<NotedTime | null>((first, one) => (isBefore(one, first) ? one : first), null);
}

function isBefore(one: NotedTime, other: NotedTime | null): boolean {
  if (other === null || one.atMs !== other.atMs) return other === null || one.atMs < other.atMs;
  return one.messageId < other.messageId;
}
