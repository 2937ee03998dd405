/**
 * Waiting-on: who has the next move on a series, since when, and why.
 *
 * In: the facts of a series and its state. Out: a turn with a sentence and its evidence. Clocks are not looked at: how
 * long it waits is for the reader to see, so the answer changes only when mail comes.
 */
import { type Basis, type Fact, headerEvidence } from '../model/fact.ts';
import type { Point, Reply, WaitingOn } from '../model/review.ts';
import type { Revision, SeriesState } from '../model/series.ts';
import { askedOfAuthor, isByAuthor, type SeriesFacts } from './series-state.ts';

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
  const asked = askedOfAuthor(facts, newest).filter((point) => blockingKinds.has(point.kind));
  const taker = willTake(facts, newest, asked);
  if (taker) return taker;
  const oldest = asked[0];
  if (oldest) return askedOf(oldest, asked.length, facts, newest, author);
  if (state.value === 'reviewed' && !hasPromisedSince(facts, newest)) {
    const why = `All ${newest.held === 1 ? 'of it is' : `${newest.held} patches are`} reviewed or acked, but not applied.`;
    return {
      ...state,
      rule: 'approved-not-applied',
      value: { turn: 'maintainer', ...forWhom(facts, newest, why), sinceMs: lastMs(facts, newest) },
    };
  }
  const spoken = spokenLast(facts, newest);
  if (spoken) return spoken;
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

/** Somebody said that he is going to take it as it is: nothing was asked and nothing promised since. */
function willTake(
  { replies, senders }: SeriesFacts,
  newest: Revision,
  asked: readonly Point[],
): Fact<WaitingOn> | null {
  const said = replies.findLast(({ value }) => value.willTake === true);
  if (!said) return null;
  const { atMs: sinceMs, person, personName } = said.value;
  const isLater = replies.some(
    ({ value }) => value.atMs > sinceMs && value.isPromise && isByAuthor(value, newest),
  );
  if (isLater || asked.some(({ messageId }) => (senders.get(messageId)?.atMs ?? 0) > sinceMs)) return null;
  const { confidence, evidence } = said;
  const why = `${personName || person} is going to take it.`;
  const value = { turn: 'maintainer', person, sinceMs, why } as const;
  return { rule: 'will-take-said', confidence, evidence, by: 'rule', value };
}

/**
 * Who spoke last: an author who promised something has to do it, one who only answered waits; a reviewer who neither
 * approved nor got an answer waits for the author.
 */
function spokenLast(facts: SeriesFacts, newest: Revision): Fact<WaitingOn> | null {
  const last = facts.replies.at(-1);
  const others = facts.replies.filter(({ value }) => !isByAuthor(value, newest));
  const asking = others.filter(({ value }) => value.isConsent !== true);
  const promise = promiseOf(facts, newest);
  if (!last || (others.length === 0 && !promise)) return null;
  const author = newest.authorName || newest.authorAddress;
  const { atMs: sinceMs, person, personName } = last.value;
  const isAuthors = isByAuthor(last.value, newest);
  const turnOf = (turn: WaitingOn['turn'], rule: string, why: string, basis: Basis): Fact<WaitingOn> => ({
    rule,
    confidence: Math.min(basis.confidence, 0.8),
    evidence: basis.evidence,
    by: 'rule',
    value:
      turn === 'author'
        ? { turn, person: newest.authorAddress, why, sinceMs }
        : { turn, ...forWhom(facts, newest, why), sinceMs },
  });
  if (promise && (isAuthors || promise.value.atMs >= (asking.at(-1)?.value.atMs ?? 0)))
    return turnOf('author', 'author-promised', `${author} agreed to change something.`, promise);
  if (isAuthors) return turnOf('reviewer', 'author-answered-last', `${author} answered last.`, last);
  const name = personName || person;
  if (last.value.willReview)
    return turnOf('reviewer', 'will-review-said', `${name} is going to look at it.`, last);
  if (last.value.isConsent || hasApproved(facts, newest, person) || isSettled(facts, last.value.messageId)) {
    return turnOf(
      'maintainer',
      'answered-nothing-open',
      `${name} answered last; nothing open is left.`,
      last,
    );
  }
  return turnOf('author', 'reviewer-answered-last', `${name} answered last; ${author} has not.`, last);
}

/** The last time that the author said what he is going to change. */
function promiseOf({ replies }: SeriesFacts, newest: Revision): Fact<Reply> | undefined {
  return replies.findLast(({ value }) => isByAuthor(value, newest) && value.isPromise);
}

/** True where the author promised a change after the last approval: what was approved is not what comes. */
function hasPromisedSince(facts: SeriesFacts, newest: Revision): boolean {
  const approvedMs = facts.stances
    .filter(({ value }) => newest.postings.includes(value.posting) && trailerKinds.has(value.kind))
    .map(({ value }) => value.atMs);
  return (promiseOf(facts, newest)?.value.atMs ?? 0) > Math.max(0, ...approvedMs);
}

const trailerKinds: ReadonlySet<string> = new Set(['ack', 'review']);
const approvals: ReadonlySet<string> = new Set(['ack', 'review', 'test', 'agreement', 'applied']);

function hasApproved({ stances }: SeriesFacts, newest: Revision, person: string): boolean {
  return stances.some(
    ({ value }) =>
      value.person === person && approvals.has(value.kind) && newest.postings.includes(value.posting),
  );
}

/** True where a mail made comments and all of them are settled. */
function isSettled({ points }: SeriesFacts, messageId: string): boolean {
  const made = points.filter((point) => point.messageId === messageId);
  return (
    made.length > 0 && made.every(({ status }) => status.value !== 'open' && status.value !== 'contested')
  );
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
    ...facts.landings.filter(({ value }) => value.kind !== 'mended').map(({ value }) => value.atMs),
    ...facts.stances.map((stance) => stance.value.atMs),
  ];
  return Math.max(...times);
}
