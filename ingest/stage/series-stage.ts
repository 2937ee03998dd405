/**
 * Series stage: what became of a series, its state, who has the next move, and its row in the queue.
 *
 * Takes waiting series, gathers the facts about their postings, and makes landings, state and waiting-on anew. A
 * series that is no more (it was joined with another) loses its row and facts.
 */

import { seriesActivity } from '../analyse/activity.ts';
import { findLandings, type LandingTarget, type Notice } from '../analyse/landing.ts';
import { openPoints, type SeriesFacts, seriesState } from '../analyse/series-state.ts';
import { waitingOn } from '../analyse/waiting-on.ts';
import { assembleSendings } from '../link/sending.ts';
import { ghostVersions } from '../link/series.ts';
import type { Basis } from '../model/fact.ts';
import { groupBy } from '../model/group-by.ts';
import type { Posting } from '../model/posting.ts';
import type { GivenTrailer, Point, Reply, Stance } from '../model/review.ts';
import type { Placement, Revision, SeriesState } from '../model/series.ts';
import type { SeriesActivity } from '../model/statistics.ts';
import { parseSubject } from '../patch/subject.ts';
import type { SeriesRow, Store, StoredFact } from '../store/store.ts';
import { asLanding, commitFacts } from './commit-facts.ts';
import { noticeSubject } from './notice-subject.ts';
import { type FindRoles, readRoleFinder, roleFacts } from './series-roles.ts';

/** Series taken at once. */
const batch = 200;

/** Handles one batch; false when nothing waited. */
export async function runSeriesStage(store: Store, nowMs: number): Promise<boolean> {
  const waiting = await store.takeWaiting('series', batch);
  if (waiting.length === 0) return false;
  const revisions = await store.getRevisionsOfSeries(waiting);
  const bySeries = groupBy(revisions, (revision) => revision.series);
  const rows: SeriesRow[] = [];
  const facts: StoredFact[] = [];
  const activity: SeriesActivity[] = [];
  const findRoles = await readRoleFinder(store);
  for (const [id, group] of bySeries) {
    const made = await makeSeries(store, id, group, findRoles);
    rows.push(made.row);
    facts.push(...made.facts);
    activity.push(made.activity);
  }
  const gone = waiting.filter((id) => !bySeries.has(id));
  await store.together(async () => {
    await store.putFacts(waiting, ['landing', 'commit', 'role'], facts);
    await store.putSeries(rows, gone, nowMs);
    await store.putActivity(activity, gone);
    await store.clearWaiting('series', waiting);
  });
  return true;
}

/** The row of a series and its landings, from what a store shows. */
export async function makeSeries(
  store: Store,
  id: string,
  revisions: readonly Revision[],
  findRoles: FindRoles,
): Promise<{ row: SeriesRow; facts: StoredFact[]; activity: SeriesActivity }> {
  const ordered = [...revisions].sort((a, b) => a.sentMs - b.sentMs || (a.id < b.id ? -1 : 1));
  const ids = ordered.flatMap((revision) => revision.postings);
  const postings = await store.getPostings(ids);
  const placements = await store.getPlacements(ids);
  const said = await store.getFacts({
    kinds: ['stance', 'point', 'trailer', 'notice', 'reply'],
    subjects: subjectsOf(ids, postings),
  });
  const landings = landingFacts(id, said, targetsOf(ids, postings, placements));
  const commits = await commitFacts(store, id, postings, landings);
  const current = ordered.at(-1)?.postings.flatMap((one) => postings.get(one) ?? []) ?? [];
  const roles = await findRoles(current);
  const known = [...landings, ...commits.map(asLanding)];
  const facts = { ...(await seriesFacts(store, id, ordered, postings, said, known)), roles };
  const state = seriesState(facts);
  const waiting = waitingOn(facts, state);
  const newest = ordered.at(-1);
  if (!newest) throw new RangeError('a series holds one revision at least');
  const stances = facts.stances.filter((stance) => newest.postings.includes(stance.value.posting));
  const row: SeriesRow = {
    id,
    title: newest.title,
    titleWords: titleWordsOf(postings),
    authorAddress: newest.authorAddress,
    authorName: newest.authorName,
    lists: await listsOf(store, ids),
    firstMs: ordered[0]?.sentMs ?? newest.sentMs,
    lastMs: newest.sentMs,
    latestRevision: newest.id,
    version: shownVersion(newest, postings),
    total: newest.total,
    isRfc: newest.isRfc,
    state: state.value,
    stateBasis: basisOf(state),
    turn: waiting.value.turn,
    waitingPerson: waiting.value.person,
    waitingSinceMs: waiting.value.sinceMs,
    waitingWhy: waiting.value.why,
    waitingBasis: basisOf(waiting),
    openPoints: openPoints(facts.points).length,
    acked: countPersons(stances, 'ack'),
    reviewed: countPersons(stances, 'review'),
    tested: countPersons(stances, 'test'),
    ghosts: ghostVersions(assembleSendings([...postings.values()])),
  };
  const activity = seriesActivity(id, facts, state.value, sentOf(postings));
  return { row, facts: [...landings, ...commits, ...roleFacts(id, roles)], activity };
}

/** Where no subject states a version in brackets, the lowest that a title of the newest revision carries, as pages show. */
function shownVersion({ version, postings: ids }: Revision, postings: ReadonlyMap<string, Posting>): number {
  const subjects = ids.flatMap((id) => postings.get(id)?.subject ?? []);
  const own = subjects.flatMap((subject) => subject.patchVersion ?? []);
  return own.length === 0 || subjects.some((subject) => subject.version !== null)
    ? version
    : Math.min(...own);
}

function sentOf(postings: ReadonlyMap<string, Posting>): ReadonlyMap<string, number> {
  return new Map([...postings].map(([id, { sentMs }]) => [id, sentMs]));
}

function titleWordsOf(postings: ReadonlyMap<string, Posting>): string {
  const titles = [...postings.values()].map((posting) => posting.subject.title.toLowerCase());
  return [...new Set(titles)].sort().join('\n');
}

async function listsOf(store: Store, messageIds: readonly string[]): Promise<string[]> {
  const entries = await store.getEntries(messageIds);
  return [...new Set([...entries.values()].flatMap((entry) => entry.lists))]
    .filter((list) => list !== '')
    .sort();
}

function subjectsOf(ids: readonly string[], postings: ReadonlyMap<string, Posting>): string[] {
  const titles = [...postings.values()].map((posting) => noticeSubject(posting.subject.titleKey));
  return [...new Set([...ids, ...titles])];
}

function targetsOf(
  ids: readonly string[],
  postings: ReadonlyMap<string, Posting>,
  placements: ReadonlyMap<string, Placement>,
): LandingTarget[] {
  return ids.flatMap((messageId) => {
    const posting = postings.get(messageId);
    const place = placements.get(messageId);
    if (!posting || !place) return [];
    const { isCover, authorName, sentMs, subject } = posting;
    return [
      {
        messageId,
        revision: place.revision,
        position: place.position,
        total: place.total,
        isCover,
        titleKey: subject.titleKey,
        authorName,
        sentMs,
      },
    ];
  });
}

function landingFacts(
  series: string,
  said: readonly StoredFact[],
  targets: readonly LandingTarget[],
): StoredFact[] {
  const notices = said.filter((fact) => fact.kind === 'notice').map((fact) => fact.value as Notice);
  return findLandings(notices, targets, (title) => parseSubject(title).titleKey).map((landing) => ({
    ...landing,
    kind: 'landing',
    owner: series,
    subject: landing.value.messageId ?? '',
  }));
}

async function seriesFacts(
  store: Store,
  id: string,
  revisions: readonly Revision[],
  postings: ReadonlyMap<string, Posting>,
  said: readonly StoredFact[],
  landings: readonly StoredFact[],
): Promise<Omit<SeriesFacts, 'roles'>> {
  const newest = revisions.at(-1);
  const current = new Set(newest?.postings ?? []);
  const stances = said
    .filter((fact) => fact.kind === 'stance')
    .map((fact) => ({ ...basisOf(fact), value: fact.value as Stance }))
    .sort((a, b) => a.value.atMs - b.value.atMs);
  const points = said
    .filter((fact) => fact.kind === 'point' && current.has(fact.subject))
    .map((fact) => fact.value as Point);
  const senders = await sendersOf(store, points);
  const approvals = said.filter(
    (fact) => fact.kind === 'trailer' && current.has(fact.subject) && isApproval(fact),
  );
  const onCover = approvals.some((fact) => postings.get(fact.subject)?.isCover);
  const approved = onCover ? (newest?.held ?? 0) : new Set(approvals.map((fact) => fact.subject)).size;
  const states = (await store.getCorrections({ kind: 'state', subject: id })).filter(
    (one) => one.undoneBy === null,
  );
  const last = states.at(-1);
  return {
    revisions,
    landings: landings.map((fact) => ({
      ...basisOf(fact),
      value: fact.value as SeriesFacts['landings'][number]['value'],
    })),
    stances,
    points,
    senders,
    approved,
    replies: repliesOf(said, current),
    said: last ? { state: last.value as SeriesState, by: last.by } : null,
  };
}

async function sendersOf(store: Store, points: readonly Point[]): Promise<SeriesFacts['senders']> {
  const ids = points.flatMap(({ messageId, anchorMessage }) => [messageId, anchorMessage]);
  const entries = await store.getEntries([...new Set(ids)]);
  return new Map(
    [...entries].map(([id, { fromName, fromAddress, sortMs }]) => [
      id,
      { name: fromName || fromAddress, address: fromAddress, atMs: sortMs },
    ]),
  );
}

const approvalNames = new Set(['reviewed-by', 'acked-by']);

function isApproval(fact: StoredFact): boolean {
  return approvalNames.has((fact.value as GivenTrailer).name.toLowerCase());
}

function repliesOf(said: readonly StoredFact[], current: ReadonlySet<string>): SeriesFacts['replies'] {
  return said
    .filter((fact) => fact.kind === 'reply' && current.has(fact.subject))
    .map((fact) => ({ ...basisOf(fact), value: fact.value as Reply }))
    .sort((a, b) => a.value.atMs - b.value.atMs || (a.value.messageId < b.value.messageId ? -1 : 1));
}

function countPersons(stances: readonly { readonly value: Stance }[], kind: Stance['kind']): number {
  return new Set(stances.filter(({ value }) => value.kind === kind).map(({ value }) => value.person)).size;
}

function basisOf({ rule, confidence, evidence, by }: Basis): Basis {
  return { rule, confidence, evidence, by };
}
