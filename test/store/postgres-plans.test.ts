/**
 * What a page or a stage asks of a store in PostgreSQL reads no large table as a whole.
 *
 * The statements are those that the store sends, caught on their way. Each is explained in a database that was told that
 * its large tables have millions of rows: so a small store shows what a large one would do.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { ingest } from '../../ingest/pipeline.ts';
import { parseQuery } from '../../ingest/search/query.ts';
import { openSources } from '../../ingest/source/open.ts';
import { openStore } from '../../ingest/store/open.ts';
import type { Store } from '../../ingest/store/store.ts';
import { type PostgresServer, postgresOptions, startPostgres } from '../support/postgres.ts';

const folder = fileURLToPath(new URL('../../ingest/sample/mail/', import.meta.url));
const nowMs = () => Date.UTC(2024, 6, 20);
const page = { limit: 20 };
const window = { offset: 0, limit: 20 };

/** Tables of which a site of millions of mails has millions of rows; parts of a table have its name first. */
const large = [
  ...['fact', 'fact_subject', 'raw_block', 'search_text'],
  ...['message', 'message_id', 'message_list', 'raw', 'appearance', 'reference', 'link_key', 'given_trailer'],
  ...['posting', 'placement', 'revision', 'review', 'open_point'],
];

interface Asked {
  readonly text: string;
  readonly values: readonly unknown[];
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly Plans?: readonly PlanNode[];
}

type Call = (store: Store, ids: readonly string[]) => Promise<unknown>;

/** What pages and stages ask most. */
const calls: Readonly<Record<string, Call>> = {
  entries: (store, ids) => store.getEntries(ids),
  'a thread': (store, ids) => store.getThread(ids[0] ?? ''),
  'threads of messages': (store, ids) => store.getThreadsOf(ids),
  'neighbours in threads': (store, ids) => store.getThreadNeighbours(ids),
  'ids that begin so': (store) => store.findMessageIds('2024', 5),
  'raw mails': (store, ids) => store.getRaw(ids),
  'copies of a raw mail': (store, ids) => store.getRawCopies(ids[0] ?? ''),
  'copies of lists': (store, ids) => store.getCopies(ids, ['linux-meter']),
  appearances: (store, ids) => store.getAppearances(ids[0] ?? ''),
  'messages by time': (store) => store.listMessageIds({ sortMs: 5, messageId: 'a' }, 20),
  'newest messages': (store) => store.listMessages({}, page),
  'newest messages of a list': (store) => store.listMessages({ list: 'linux-meter' }, page),
  'newest messages of somebody': (store) => store.listMessages({ person: 'mirela@example.org' }, page),
  'what waits': (store) => store.takeWaiting('series', 20),
  'threads that wait': (store) => store.takeWaitingThreads('review', 20, 50),
  postings: (store, ids) => store.getPostings(ids),
  placements: (store, ids) => store.getPlacements(ids),
  'revisions of postings': (store, ids) => store.getRevisionsOf(ids),
  revisions: (store, ids) => store.getRevisions(ids),
  'revisions of series': (store, ids) => store.getRevisionsOfSeries(ids),
  lineages: (store, ids) => store.getLineages(ids),
  series: (store, ids) => store.getSeries(ids),
  'the queue': (store) => store.listSeries({ list: 'linux-meter' }, 'waiting', page),
  'facts that messages gave': (store, ids) => store.getFacts({ kinds: ['point', 'trailer'], owners: ids }),
  'facts about messages': (store, ids) => store.getFacts({ kinds: ['landing', 'notice'], subjects: ids }),
  'owners of facts': (store, ids) => store.getFactOwners('point', { owners: ids }),
  'owners of facts about messages': (store, ids) => store.getFactOwners('notice', { subjects: ids }),
  'facts of a kind': (store) => store.listFacts('point', page),
  'facts that are taken away': (store, ids) => store.putFacts(ids, ['none'], []),
  somebody: (store) => store.getPerson('mirela@example.org'),
  'patches as trackers list them': (store) =>
    store.tracker.listPatches({ isCover: false }, { by: 'id', isDescending: true }, window),
  'commits of postings': (store) => store.commits.findCommits(['meter: count']),
  ...Object.fromEntries(
    [
      'zebra',
      '"zebra crossing"',
      'zebr*',
      's:zebra -clock',
      'is:patch zebra',
      'state:landed zebra',
      'd:2024-01..',
      'l:linux-meter',
    ].flatMap((text) => [
      [
        `search ${text}, newest first`,
        (store: Store) => store.search(parseQuery(text, nowMs()), 'newest', page),
      ],
      [
        `search ${text} by relevance`,
        (store: Store) => store.search(parseQuery(text, nowMs()), 'relevance', page),
      ],
    ]),
  ),
};

describe('what is asked of a store in PostgreSQL', postgresOptions, () => {
  let server: PostgresServer;
  let store: Store;
  let explaining: pg.Client;
  let ids: readonly string[];
  const asked: Asked[] = [];
  const send = pg.Client.prototype.query;

  before(async () => {
    server = await startPostgres();
    const location = await server.makeDatabase('plans');
    store = await openStore(location);
    await ingest({ store, sources: await openSources(folder), nowMs });
    const all = (await store.listMessageIds(null, 200)).map(({ messageId }) => messageId);
    // Those of patches are so many times in so small a store that all of its rows are like them.
    const placed = await store.getPlacements(all);
    ids = all.filter((id) => !placed.has(id)).slice(0, 2);
    explaining = new pg.Client(location);
    await explaining.connect();
    await explaining.query('ANALYZE');
    await explaining.query(
      `UPDATE pg_class SET reltuples = greatest(relpages, 1) * 1e6 WHERE relkind IN ('r', 'i')
         AND (regexp_replace(relname, '_\\d+$', '') = ANY($1) OR oid IN (SELECT indexrelid FROM pg_index
           WHERE regexp_replace(indrelid::regclass::text, '_\\d+$', '') = ANY($1)))`,
      [large],
    );
    pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
      const [config] = given as [Partial<Asked> | undefined];
      if (this !== explaining && config?.text !== undefined)
        asked.push({ text: config.text, values: config.values ?? [] });
      return (send as (...all: unknown[]) => unknown).apply(this, given);
    } as typeof send;
  });
  after(async () => {
    pg.Client.prototype.query = send;
    await explaining.end();
    await store.close();
    server.stop();
  });

  async function wholeScans({ text, values }: Asked): Promise<string[]> {
    const { rows } = await explaining.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
      `EXPLAIN (FORMAT JSON) ${text}`,
      [...values],
    );
    const plan = rows[0]?.['QUERY PLAN'][0].Plan;
    return plan ? wholeScansOf(plan, false) : [];
  }

  for (const [what, call] of Object.entries(calls)) {
    it(`finds ${what} by indexes`, async () => {
      asked.length = 0;
      await call(store, ids);
      const statements = asked.filter(({ text }) => /^\s*(SELECT|WITH|DELETE|UPDATE|INSERT)\b/.test(text));
      assert.ok(statements.length > 0);
      for (const statement of statements) assert.deepEqual(await wholeScans(statement), [], statement.text);
    });
  }
});

/**
 * Tables that are read from the first row to the last, by themselves or by an index that nothing is looked for in. Within
 * a limit an index may be walked: what is walked for is then found often enough.
 */
function wholeScansOf(node: PlanNode, isLimited: boolean): string[] {
  const type = node['Node Type'];
  const isWalk = /^Index/.test(type) && node['Index Cond'] === undefined;
  const isWhole = large.includes(tableOf(node)) && (type === 'Seq Scan' || (isWalk && !isLimited));
  const passesLimit = !/Sort|Aggregate|Hash|Materialize/.test(type);
  const below = (node.Plans ?? []).flatMap((part) =>
    wholeScansOf(part, type === 'Limit' || (isLimited && passesLimit)),
  );
  return isWhole ? [`${type} of ${tableOf(node)}`, ...below] : below;
}

function tableOf(node: PlanNode): string {
  return (node['Relation Name'] ?? '').replace(/_\d+$/, '');
}
