/**
 * Series: all that its page shows, from the records of one series.
 *
 * Pure: a page's data can be tested without a server. Reading the records: ../routes/series-loader.ts. The grid:
 * ./grid.ts. Text of the same: ./text-series.ts.
 */
import type { CommitLanding } from '../../ingest/model/commit.ts';
import type { Landing } from '../../ingest/model/landing.ts';
import type { SeriesRole } from '../../ingest/model/maintainers.ts';
import type { Point } from '../../ingest/model/review.ts';
import type { Revision } from '../../ingest/model/series.ts';
import type { StoredFact } from '../../ingest/store/store.ts';
import type { RevisionSummary, SeriesDetail, WireLanding } from '../wire.ts';
import { presentCorrections } from './correction.ts';
import { presentTrailers } from './given-trailers.ts';
import { formerTitles, presentGrid } from './grid.ts';
import { presentPoints, presentStance } from './point.ts';
import { factsOf, type SeriesRecords } from './series-records.ts';
import { presentSeriesSummary } from './series-summary.ts';
import { type Mails, presentWhy } from './why.ts';

export function presentSeries(records: SeriesRecords, mails: Mails): SeriesDetail {
  const { entries } = records;
  const labelOf = (messageId: string) => records.labelOf(messageId);
  const points = factsOf(records, 'point').map((fact) => fact.value as Point);
  const revisions = presentRevisions(records, mails);
  return {
    summary: presentSeriesSummary(records.row, records.revisions, records.tracked, mails),
    formerTitles: formerTitles(revisions),
    revisions,
    ghosts: records.row.ghosts.map(({ version, basis }) => ({ version, why: presentWhy(basis, mails) })),
    grid: presentGrid(records, mails),
    trailers: presentTrailers(factsOf(records, 'trailer'), records, mails),
    points: presentPoints(points, { mails, entries, labelOf }),
    stances: factsOf(records, 'stance')
      .map((fact) => presentStance(fact, mails))
      .sort((a, b) => a.atMs - b.atMs || (a.messageId < b.messageId ? -1 : 1)),
    landings: presentLandings([...factsOf(records, 'landing'), ...factsOf(records, 'commit')], mails),
    roles: factsOf(records, 'role').map((fact) => presentRole(fact.value as SeriesRole)),
    related: presentRelated(records, mails),
    corrections: presentCorrections(records.corrections),
  };
}

function presentRole({ role, person, subsystem, tree }: SeriesRole): SeriesDetail['roles'][number] {
  return { role, person: { ...person }, subsystem, tree };
}

function presentRevisions(records: SeriesRecords, mails: Mails): RevisionSummary[] {
  const labels = new Map(records.labels.map((label) => [label.revision, label]));
  return records.revisions.map((revision) => ({
    id: revision.id,
    label: labels.get(revision.id)?.label ?? '',
    version: labels.get(revision.id)?.version ?? revision.version,
    isRfc: revision.isRfc,
    isResend: revision.isResend,
    total: revision.total,
    held: revision.held,
    hasCover: revision.hasCover,
    title: revision.title,
    sentMs: revision.sentMs,
    ...sizeOf(revision, records),
    thread: records.entries.get(revision.id)?.thread ?? revision.id,
    previous: revision.previous,
    why: revision.link && presentWhy(revision.link, mails),
  }));
}

function sizeOf({ postings }: Revision, records: SeriesRecords): Pick<RevisionSummary, 'added' | 'removed'> {
  const files = postings.flatMap((id) => records.postings.get(id)?.files ?? []);
  return {
    added: files.reduce((sum, file) => sum + file.added, 0),
    removed: files.reduce((sum, file) => sum + file.removed, 0),
  };
}

/** Landings in order of time, those in git among those that mail tells. */
export function presentLandings(facts: readonly StoredFact[], mails: Mails): WireLanding[] {
  return facts
    .map((fact) => ({ ...landingOf(fact), why: presentWhy(fact, mails) }))
    .sort((a, b) => a.atMs - b.atMs || (a.notice < b.notice ? -1 : 1));
}

/** Only what the wire knows: a stored value may carry more. */
function landingOf(fact: StoredFact): Omit<WireLanding, 'why'> {
  if (fact.kind === 'commit') {
    const { messageId, title, sha, tree, release, atMs, mailSha } = fact.value as CommitLanding;
    return { notice: '', kind: 'git', messageId, title, sha, tree, release, atMs, mailSha };
  }
  const { notice, kind, messageId, title, sha, tree, release, atMs } = fact.value as Landing;
  return { notice, kind, messageId, title, sha, tree, release, atMs, mailSha: '' };
}

/** What its threads point to, once each, without what stands in them. */
function presentRelated(records: SeriesRecords, mails: Mails): SeriesDetail['related'] {
  const related = new Map<string, SeriesDetail['related'][number]>();
  const own = new Set(records.threadMails.map(({ messageId }) => messageId));
  for (const fact of factsOf(records, 'related')) {
    const { messageId, subject } = fact.value as { readonly messageId: string; readonly subject: string };
    if (own.has(messageId) || related.has(messageId)) continue;
    const entry = records.entries.get(messageId);
    related.set(messageId, {
      messageId,
      subject: entry?.subject ?? subject,
      isHeld: entry !== undefined,
      why: presentWhy(fact, mails),
    });
  }
  return [...related.values()];
}
