/**
 * Export types: one row for each kind of line, with where its fields come from. Sorted by name.
 *
 * Field names are the contract's, in snake_case; values are read from facts as model/ shapes them.
 */
import type { Landing } from './model/landing.ts';
import type { GivenTrailer, Point, Quote, Stance } from './model/review.ts';
import type { Page, PageRequest, SeriesRow, Store, StoredFact } from './store/store.ts';

/** What an export reads; nothing in it writes. */
export type ExportedStore = Pick<
  Store,
  'listMessageIds' | 'getPlacements' | 'getRevisionsOfSeries' | 'listSeries' | 'listFacts' | 'getReports'
>;

type Fields = Readonly<Record<string, unknown>>;

interface ExportRow {
  readonly name: string;
  /** For README.md. */
  readonly help: string;
  readonly read: (store: ExportedStore) => AsyncIterable<Fields>;
}

/** Below this a link is a guess (model/fact.ts), and a person may want to look at it. */
const doubtBelow = 0.7;
const pageRows = 500;

export const exportTypes = [
  { name: 'applied', help: 'A notice says that a patch became a commit.', read: readApplied },
  { name: 'commit', help: 'A commit in a git repository holds the same change.', read: readCommits },
  {
    name: 'doubt',
    help: 'A link between postings or revisions that is no better than a guess.',
    read: readDoubts,
  },
  {
    name: 'landing',
    help: 'All that a notice says of one patch: tree, release, commit.',
    read: readLandings,
  },
  { name: 'point', help: 'A review comment, what it answers and how it stands.', read: readPoints },
  { name: 'posting', help: 'Where a patch or cover letter stands.', read: readPostings },
  { name: 'quote', help: 'Lines of a message that repeat an earlier one.', read: readQuotes },
  { name: 'report', help: 'One run of the native checker.', read: readReports },
  { name: 'stance', help: 'What a person said of a patch.', read: readStances },
  { name: 'trailer', help: 'A trailer given in a reply.', read: readTrailers },
  { name: 'waiting', help: 'Who has the next move on a series.', read: readWaiting },
] as const satisfies readonly ExportRow[];

export type ExportType = (typeof exportTypes)[number]['name'];

/** Pages one after the other, to the last. */
async function* everyPage<T>(readPage: (page: PageRequest) => Promise<Page<T>>): AsyncIterable<readonly T[]> {
  let cursor: string | null = null;
  do {
    const page: Page<T> = await readPage({ limit: pageRows, ...(cursor === null ? {} : { cursor }) });
    yield page.items;
    cursor = page.next;
  } while (cursor !== null);
}

async function* everyFact(store: ExportedStore, kind: string): AsyncIterable<StoredFact> {
  for await (const facts of everyPage((page) => store.listFacts(kind, page))) yield* facts;
}

function everySeriesPage(store: ExportedStore): AsyncIterable<readonly SeriesRow[]> {
  return everyPage((page) => store.listSeries({}, 'oldest', page));
}

/** Ids of all held messages, a page at a time. */
async function* everyIdPage(store: ExportedStore): AsyncIterable<readonly string[]> {
  let after: { readonly sortMs: number; readonly messageId: string } | null = null;
  for (;;) {
    const page: readonly { readonly messageId: string; readonly sortMs: number }[] =
      await store.listMessageIds(after, pageRows);
    const last = page.at(-1);
    if (last === undefined) return;
    yield page.map((row) => row.messageId);
    after = last;
  }
}

async function* everyPlacement(store: ExportedStore) {
  for await (const ids of everyIdPage(store)) yield* (await store.getPlacements(ids)).values();
}

async function* readPostings(store: ExportedStore): AsyncIterable<Fields> {
  for await (const placement of everyPlacement(store)) {
    const { messageId, lineage, series, revision, version, position, total } = placement;
    yield { message_id: messageId, lineage, series, revision, version, position, total };
  }
}

async function* readTrailers(store: ExportedStore): AsyncIterable<Fields> {
  for await (const fact of everyFact(store, 'trailer')) {
    const given = fact.value as GivenTrailer;
    yield { message_id: given.messageId, trailer: `${given.name}: ${given.value}`, given_in: given.givenIn };
  }
}

async function* readCommits(store: ExportedStore): AsyncIterable<Fields> {
  for await (const fact of everyFact(store, 'commit')) {
    yield { message_id: fact.subject, sha: (fact.value as { readonly sha: string }).sha };
  }
}

async function* readApplied(store: ExportedStore): AsyncIterable<Fields> {
  for await (const fact of everyFact(store, 'landing')) {
    const { notice, kind, messageId, sha } = fact.value as Landing;
    // What mends a patch names its commit, but does not take it.
    if (messageId !== null && sha !== '' && kind !== 'mended') yield { notice, message_id: messageId, sha };
  }
}

async function* readLandings(store: ExportedStore): AsyncIterable<Fields> {
  for await (const fact of everyFact(store, 'landing')) {
    const landing = fact.value as Landing;
    yield {
      notice: landing.notice,
      kind: landing.kind,
      message_id: landing.messageId,
      title: landing.title,
      sha: landing.sha,
      tree: landing.tree,
      release: landing.release,
      at_ms: landing.atMs,
      ...basisOf(fact),
    };
  }
}

async function* readQuotes(store: ExportedStore): AsyncIterable<Fields> {
  for await (const fact of everyFact(store, 'quotes')) {
    for (const { start, end, depth, source } of fact.value as readonly Quote[]) {
      if (source !== null) yield { message_id: fact.owner, start, end, depth, source };
    }
  }
}

async function* readPoints(store: ExportedStore): AsyncIterable<Fields> {
  for await (const fact of everyFact(store, 'point')) {
    const point = fact.value as Point;
    yield {
      message_id: point.messageId,
      start: point.start,
      end: point.end,
      kind: point.kind,
      author: point.author,
      anchor_message: point.anchorMessage,
      anchor_start: point.anchorStart,
      anchor_end: point.anchorEnd,
      posting: point.posting,
      status: point.status.value,
      ...basisOf(point.status),
    };
  }
}

async function* readStances(store: ExportedStore): AsyncIterable<Fields> {
  for await (const fact of everyFact(store, 'stance')) {
    const { messageId, person, posting, kind, atMs, isConditional } = fact.value as Stance;
    yield {
      message_id: messageId,
      person,
      posting,
      kind,
      at_ms: atMs,
      is_conditional: isConditional,
      ...basisOf(fact),
    };
  }
}

async function* readWaiting(store: ExportedStore): AsyncIterable<Fields> {
  for await (const rows of everySeriesPage(store)) {
    for (const row of rows) {
      yield {
        series: row.id,
        state: row.state,
        turn: row.turn,
        person: row.waitingPerson,
        since_ms: row.waitingSinceMs,
        why: row.waitingWhy,
        ...basisOf(row.waitingBasis),
      };
    }
  }
}

async function* readReports(store: ExportedStore): AsyncIterable<Fields> {
  for (const report of await store.getReports({})) {
    yield {
      id: report.id,
      received_ms: report.receivedMs,
      release: report.release,
      kernel_version: report.kernelVersion,
      arch: report.arch,
      machine: report.machine,
      is_virtual: report.isVirtual,
      verdict: report.verdict,
      reason: report.reason,
    };
  }
}

async function* readDoubts(store: ExportedStore): AsyncIterable<Fields> {
  for await (const { messageId, previous, link } of everyPlacement(store)) {
    if (link === null || previous === null || link.confidence >= doubtBelow) continue;
    yield { of: 'patch', newer: messageId, older: previous, ...basisOf(link) };
  }
  for await (const rows of everySeriesPage(store)) {
    for (const { id: newer, previous, link } of await store.getRevisionsOfSeries(rows.map((row) => row.id))) {
      if (link === null || previous === null || link.confidence >= doubtBelow) continue;
      yield { of: 'revision', newer, older: previous, ...basisOf(link) };
    }
  }
}

function basisOf(basis: { readonly rule: string; readonly confidence: number; readonly by: string }): Fields {
  return { rule: basis.rule, confidence: basis.confidence, by: basis.by };
}
