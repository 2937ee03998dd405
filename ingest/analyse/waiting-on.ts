/**
 * Waiting-on: who has the next move on a series, since when, and why.
 *
 * In: the facts of a series and its state. Out: a turn with a sentence and its evidence. Clocks are not looked at: how
 * long it waits is for the reader to see, so the answer changes only when mail comes.
 */
import { type Fact, headerEvidence } from '../model/fact.ts';
import type { Point, WaitingOn } from '../model/review.ts';
import type { Revision, SeriesState } from '../model/series.ts';
import { openPoints, type SeriesFacts } from './series-state.ts';

const blockingKinds = new Set(['change-requested', 'objection', 'suggested-diff', 'question']);

export function waitingOn(facts: SeriesFacts, state: Fact<SeriesState>): Fact<WaitingOn> {
  const newest = facts.revisions.at(-1);
  if (!newest) throw new RangeError('a series holds one revision at least');
  const author = newest.authorName || newest.authorAddress;
  if (['applied', 'landed', 'queued', 'rejected', 'withdrawn', 'superseded'].includes(state.value)) {
    return {
      ...state,
      value: {
        turn: 'nobody',
        person: '',
        sinceMs: lastMs(facts, newest),
        why: endedWhy[state.value] ?? 'Nothing is left to do.',
      },
    };
  }
  const asked = openPoints(facts.points).filter((point) => blockingKinds.has(point.kind));
  const oldest = asked[0];
  if (oldest) return askedOf(oldest, asked.length, facts, newest, author);
  if (state.value === 'reviewed') {
    const why = `All ${newest.held === 1 ? 'of it is' : `${newest.held} patches are`} reviewed or acked, but not applied.`;
    return {
      ...state,
      rule: 'approved-not-applied',
      value: { turn: 'maintainer', ...forWhom(facts, newest, why), sinceMs: lastMs(facts, newest) },
    };
  }
  if (facts.lastReview && facts.lastReview.atMs > newest.sentMs) {
    const why = `${facts.lastReview.person} answered last; nothing open is left.`;
    const evidence = [headerEvidence(facts.lastReview.messageId, 'from')];
    return {
      rule: 'answered-nothing-open',
      confidence: 0.6,
      evidence,
      by: 'rule',
      value: { turn: 'maintainer', ...forWhom(facts, newest, why), sinceMs: facts.lastReview.atMs },
    };
  }
  const evidence = [headerEvidence(newest.id, 'date')];
  const why = 'Nobody has answered it.';
  return {
    rule: 'no-answer-yet',
    confidence: 0.95,
    evidence,
    by: 'rule',
    value: { turn: 'reviewer', ...forWhom(facts, newest, why), sinceMs: newest.sentMs },
  };
}

/** Whom the files belong to, other than the author; nobody where no source tree says it. */
function forWhom({ roles }: SeriesFacts, newest: Revision, why: string): Pick<WaitingOn, 'person' | 'why'> {
  const role = roles.find(({ person }) => person.address !== newest.authorAddress);
  if (!role) return { person: '', why };
  const { person, subsystem } = role;
  return {
    person: person.address,
    why: `${why.replace(/\.$/, '')}; ${person.name || person.address} looks after ${subsystem}.`,
  };
}

const endedWhy: Partial<Record<SeriesState, string>> = {
  applied: 'It was applied.',
  landed: 'It has landed.',
  queued: 'It is queued.',
  rejected: 'It was rejected.',
  withdrawn: 'It was withdrawn or dropped.',
  superseded: 'A newer series replaces it.',
};

function askedOf(
  point: Point,
  count: number,
  facts: SeriesFacts,
  newest: Revision,
  author: string,
): Fact<WaitingOn> {
  const what =
    point.kind === 'question'
      ? 'asked a question'
      : point.kind === 'objection'
        ? 'objected'
        : 'asked for a change';
  const more = count > 1 ? ` (${count} points are open)` : '';
  const sender = facts.senders.get(point.messageId);
  const sinceMs = sender?.atMs ?? newest.sentMs;
  const { confidence, evidence } = point.status;
  return {
    rule: `open-${point.kind}`,
    confidence: Math.min(confidence, 0.9),
    evidence,
    by: 'rule',
    value: {
      turn: 'author',
      person: newest.authorAddress,
      sinceMs,
      why: `${sender?.name || point.author} ${what}; ${author} has not answered${more}.`,
    },
  };
}

function lastMs(facts: SeriesFacts, newest: Revision): number {
  const times = [
    newest.sentMs,
    ...facts.landings.map((landing) => landing.value.atMs),
    ...facts.stances.map((stance) => stance.value.atMs),
  ];
  return Math.max(...times);
}
