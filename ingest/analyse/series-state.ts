/**
 * Series state: where a series stands, by what mail says; the strongest that holds.
 *
 * In: facts about its newest revision. Out: a state with the evidence for it. A person's word goes before all rules.
 */
import type { Basis, Fact } from '../model/fact.ts';
import { headerEvidence } from '../model/fact.ts';
import type { Landing } from '../model/landing.ts';
import type { SeriesRole } from '../model/maintainers.ts';
import type { Point, Reply, Stance } from '../model/review.ts';
import type { Revision, SeriesState } from '../model/series.ts';
import { isSamePerson } from '../reply/attribution-source.ts';

export interface PointSender {
  readonly name: string;
  readonly address: string;
  readonly atMs: number;
}

/** All that is known of a series, once its links and reviews are made. */
export interface SeriesFacts {
  /** Oldest first; never empty. */
  readonly revisions: readonly Revision[];
  readonly landings: readonly Fact<Landing>[];
  readonly stances: readonly Fact<Stance>[];
  readonly points: readonly Point[];
  /** Who sent the mails that the points are in or about, and when. */
  readonly senders: ReadonlyMap<string, PointSender>;
  /** Patches of the newest revision that somebody else reviewed or acked. */
  readonly approved: number;
  /** Everything that was answered to the newest revision, oldest first. */
  readonly replies: readonly Fact<Reply>[];
  /** Who looks after the files of the newest revision; empty where no source tree is configured. */
  readonly roles: readonly SeriesRole[];
  /** A state that a person set. */
  readonly said: { readonly state: SeriesState; readonly by: string } | null;
}

/** Kinds of landings that show a patch in a released or mainline tree, and those that show it taken. */
const landedKinds = new Set(['release', 'stable-note', 'stable-review', 'stable-candidate']);
const takenKinds = new Set([
  'patchwork-bot',
  'b4-ty',
  'tip-bot',
  'applied-reply',
  'akpm',
  'git',
  'pull-merged',
  'commit-mail',
  'committed',
]);
const openStatuses = new Set(['open', 'contested']);
const blockingKinds = new Set(['change-requested', 'objection', 'suggested-diff']);

export function seriesState(facts: SeriesFacts): Fact<SeriesState> {
  if (facts.said)
    return { value: facts.said.state, rule: 'person', confidence: 1, evidence: [], by: facts.said.by };
  const newest = facts.revisions.at(-1);
  if (!newest) throw new RangeError('a series holds one revision at least');
  const landed = lastOf(facts.landings, landedKinds);
  if (landed) return withBasis('landed', landed);
  const released = takenWhole(
    facts,
    newest,
    ({ kind, release }) => kind === 'pull-merged' || (kind === 'git' && release !== ''),
  );
  if (released) return withBasis('landed', released);
  const applied = takenWhole(facts, newest, () => true) ?? saidTaken(facts, newest);
  const dropped = lastOf(facts.landings, new Set(['dropped', 'revert']));
  if (applied && !(dropped && dropped.value.atMs > applied.atMs)) return withBasis('applied', applied);
  const withdrawn = dropped ?? takenBack(facts, newest);
  if (withdrawn) return withBasis('withdrawn', withdrawn);
  const blocking = askedOfAuthor(facts, newest).find((point) => blockingKinds.has(point.kind));
  if (blocking) return withBasis('changes-requested', blocking.status);
  if (facts.approved > 0 && facts.approved >= newest.held) {
    return {
      value: 'reviewed',
      rule: 'all-patches-approved',
      confidence: 0.9,
      evidence: approvalEvidence(facts),
      by: 'rule',
    };
  }
  const answer = facts.replies.findLast((reply) => !isByAuthor(reply.value, newest));
  if (answer) {
    const evidence = [headerEvidence(answer.value.messageId, 'from')];
    return { value: 'under-review', rule: 'somebody-answered', confidence: 0.95, evidence, by: 'rule' };
  }
  const evidence = [headerEvidence(newest.id, 'subject')];
  return {
    value: newest.isRfc ? 'rfc' : 'new',
    rule: newest.isRfc ? 'tagged-rfc' : 'no-answer-yet',
    confidence: 1,
    evidence,
    by: 'rule',
  };
}

/** Points that still stand and ask for something; a remark that asks nothing needs no answer. */
export function openPoints(points: readonly Point[]): Point[] {
  return points.filter((point) => point.kind !== 'remark' && openStatuses.has(point.status.value));
}

/** Open points that are about the patch or words of its author: who asks a third person asks nothing of the author. */
export function askedOfAuthor({ points, senders }: SeriesFacts, newest: Revision): Point[] {
  const postings = new Set(newest.postings);
  return openPoints(points).filter(({ anchorMessage, author }) => {
    const sender = senders.get(anchorMessage);
    if (!sender || postings.has(anchorMessage) || sender.address === author) return true;
    return isByAuthor({ person: sender.address, personName: sender.name }, newest);
  });
}

/** True where the author of a revision sent the reply. */
export function isByAuthor(reply: Pick<Reply, 'person' | 'personName'>, newest: Revision): boolean {
  const { authorName: name, authorAddress: address } = newest;
  return isSamePerson({ name: reply.personName, address: reply.person }, { name, address });
}

/** Its author said that nobody need read it, of its cover or of the only patch, and promised nothing since. */
function takenBack({ replies }: SeriesFacts, newest: Revision): Fact<Reply> | undefined {
  const last = replies.findLast(({ value }) => value.isWithdrawal || value.isPromise);
  const isWhole = newest.held === 1 || last?.value.posting === newest.postings[0];
  return last?.value.isWithdrawal && isWhole && isByAuthor(last.value, newest) ? last : undefined;
}

type Taken = Basis & { readonly atMs: number };

/** The last landing of this kind by which the whole newest revision is taken; a part of it is not the series. */
function takenWhole(
  facts: SeriesFacts,
  newest: Revision,
  isMeant: (landing: Landing) => boolean,
): Taken | undefined {
  const current = new Set(newest.postings);
  const taken = facts.landings.filter(
    ({ value }) =>
      takenKinds.has(value.kind) &&
      isMeant(value) &&
      (current.has(value.messageId ?? '') || value.atMs >= newest.sentMs),
  );
  const patches = new Set(taken.map(({ value }) => value.messageId));
  return patches.size >= newest.held ? lastTaken(taken) : undefined;
}

/** The last word of people by which all of it is taken; what is said of the cover letter, or of `these patches`, is said of all. */
function saidTaken(facts: SeriesFacts, newest: Revision): Taken | undefined {
  const { stances, landings } = facts;
  const current = new Set(newest.postings);
  const said = stances.filter(({ value }) => value.kind === 'applied' && current.has(value.posting));
  const taken = landings.filter(
    ({ value }) => takenKinds.has(value.kind) && current.has(value.messageId ?? ''),
  );
  const patches = new Set([
    ...said.map(({ value }) => value.posting),
    ...taken.map(({ value }) => value.messageId),
  ]);
  const first = newest.postings[0];
  const isWhole = said.some(
    ({ value }) =>
      value.isOfAll || (value.posting === first && (newest.hasCover || isOfThread(facts, patches, value))),
  );
  return isWhole || patches.size >= newest.held ? lastTaken([...said, ...taken]) : undefined;
}

/**
 * Without a cover letter the first patch heads the thread: who says there alone that he took it, and asked nothing of the
 * others, took them all. Who names a commit speaks of the one patch that it holds.
 */
function isOfThread(
  { points, landings }: SeriesFacts,
  taken: ReadonlySet<string | null>,
  said: Stance,
): boolean {
  const namesCommit = landings.some(({ value }) => value.messageId === said.posting && value.sha !== '');
  const asked = openPoints(points).some(
    ({ author, posting }) => author === said.person && posting !== said.posting,
  );
  return taken.size === 1 && !asked && !namesCommit;
}

function lastTaken(
  facts: readonly (Basis & { readonly value: { readonly atMs: number } })[],
): Taken | undefined {
  return facts
    .map(({ value, rule, confidence, evidence, by }) => ({
      rule,
      confidence,
      evidence,
      by,
      atMs: value.atMs,
    }))
    .sort((a, b) => a.atMs - b.atMs)
    .at(-1);
}

function lastOf(landings: readonly Fact<Landing>[], kinds: ReadonlySet<string>): Fact<Landing> | undefined {
  return landings
    .filter((landing) => kinds.has(landing.value.kind))
    .sort((a, b) => a.value.atMs - b.value.atMs)
    .at(-1);
}

function withBasis<T>(value: T, basis: Basis): Fact<T> {
  const { rule, confidence, evidence, by } = basis;
  return { value, rule, confidence, evidence, by };
}

function approvalEvidence(facts: SeriesFacts): Basis['evidence'] {
  return facts.stances
    .filter((stance) => stance.value.kind === 'ack' || stance.value.kind === 'review')
    .flatMap((stance) => stance.evidence)
    .slice(0, 6);
}
