/**
 * Activity: what a series gives to statistics: its reviews with how long they took, its rounds, when it was taken.
 *
 * In: the facts of a series and its state. Out: numbers that a store can count. A review is a reply by somebody else than
 * the author that takes a stance; several stances of one mail are one review.
 */
import type { SeriesState } from '../model/series.ts';
import type { Review, SeriesActivity } from '../model/statistics.ts';
import { openPoints, type SeriesFacts } from './series-state.ts';

const takenStates: ReadonlySet<SeriesState> = new Set(['applied', 'landed']);
const endingKinds = new Set(['dropped', 'revert']);

/** `sent` tells when each posting was sent. @throws RangeError without a revision */
export function seriesActivity(
  series: string,
  facts: SeriesFacts,
  state: SeriesState,
  sent: ReadonlyMap<string, number>,
): SeriesActivity {
  const [first] = facts.revisions;
  if (!first) throw new RangeError('a series holds one revision at least');
  const takenMs = takenStates.has(state) ? takenAt(facts) : null;
  return {
    series,
    author: first.authorAddress,
    firstMs: first.sentMs,
    rounds: facts.revisions.filter(({ sentMs, isResend }) => !isResend && sentMs <= (takenMs ?? sentMs))
      .length,
    takenMs,
    reviews: reviewsOf(facts, first.authorAddress, sent),
    openPointsMs: openPoints(facts.points).map(({ messageId }) => facts.senders.get(messageId)?.atMs ?? 0),
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
function takenAt({ landings }: SeriesFacts): number | null {
  const times = landings.filter(({ value }) => !endingKinds.has(value.kind)).map(({ value }) => value.atMs);
  return times.length > 0 ? Math.min(...times) : null;
}
