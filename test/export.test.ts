/**
 * Export: the lines that other programs hold on to, byte for byte, whatever the order in which things were kept.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exportLines } from '../ingest/export.ts';
import type { ExportedStore, ExportType } from '../ingest/export-types.ts';
import type { Basis } from '../ingest/model/fact.ts';
import type { Report } from '../ingest/model/kernel.ts';
import type { Placement, Revision } from '../ingest/model/series.ts';
import type { Page, PageRequest, SeriesRow, StoredFact } from '../ingest/store/store.ts';

const sure: Basis = { rule: 'stated', confidence: 0.99, evidence: [], by: 'rule' };
const guess: Basis = { rule: 'likeness', confidence: 0.5, evidence: [], by: 'rule' };

interface Held {
  readonly placements?: readonly Placement[];
  readonly revisions?: readonly Revision[];
  readonly series?: readonly SeriesRow[];
  readonly facts?: readonly StoredFact[];
  readonly reports?: readonly Report[];
}

/** A store that gives two rows a page, so that following pages is tried, too. */
function holding(held: Held): ExportedStore {
  const { placements = [], revisions = [], series = [], facts = [], reports = [] } = held;
  const page = <T>(rows: readonly T[], { cursor = '0' }: PageRequest): Page<T> => {
    const end = Number(cursor) + 2;
    return { items: rows.slice(Number(cursor), end), next: end < rows.length ? String(end) : null };
  };
  return {
    listMessageIds: async (after) => {
      const from = after === null ? 0 : placements.findIndex((row) => row.messageId === after.messageId) + 1;
      return placements.slice(from, from + 2).map(({ messageId }) => ({ messageId, sortMs: 0 }));
    },
    getPlacements: async (ids) =>
      new Map(placements.filter((row) => ids.includes(row.messageId)).map((row) => [row.messageId, row])),
    getRevisionsOfSeries: async (ids) => revisions.filter((row) => ids.includes(row.series)),
    listSeries: async (_filter, _order, request) => page(series, request),
    listFacts: async (kind, request) =>
      page(
        facts.filter((fact) => fact.kind === kind),
        request,
      ),
    getReports: async () => reports,
  };
}

async function exported(held: Held, types?: readonly ExportType[]): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of exportLines(holding(held), types)) lines.push(line);
  return lines;
}

const place = (messageId: string, more: Partial<Placement> = {}): Placement => ({
  messageId,
  revision: 'r',
  series: 's',
  lineage: messageId,
  version: 1,
  position: 1,
  total: 3,
  previous: null,
  link: null,
  ...more,
});

const fact = (kind: string, owner: string, value: unknown, basis: Basis = sure): StoredFact => ({
  kind,
  owner,
  subject: 'p1',
  value,
  ...basis,
});

test('postings are told with their place, sorted, over all pages', async () => {
  const placements = [
    place('c', { position: 3 }),
    place('a!', { position: 2, lineage: 'x', version: 9 }),
    place('a', { position: 0, lineage: null }),
  ];
  const lines = [
    '{"type":"posting","message_id":"a!","lineage":"x","series":"s","revision":"r","version":9,"position":2,"total":3}',
    '{"type":"posting","message_id":"a","lineage":null,"series":"s","revision":"r","version":1,"position":0,"total":3}',
    '{"type":"posting","message_id":"c","lineage":"c","series":"s","revision":"r","version":1,"position":3,"total":3}',
  ];
  assert.deepEqual(await exported({ placements }, ['posting']), lines);
  assert.deepEqual(await exported({ placements: placements.toReversed() }, ['posting']), lines);
});

test('a link that is a guess is a doubt, told with both sides; a sure one is none', async () => {
  const link = { ...guess, changes: [] };
  const lines = await exported(
    {
      placements: [
        place('b', { previous: 'a', link }),
        place('c', { previous: 'b', link: { ...sure, changes: [] } }),
      ],
      series: [{ id: 's' } as SeriesRow],
      revisions: [
        { id: 'r2', series: 's', previous: 'r1', link: guess } as Revision,
        { id: 'r3', series: 's', previous: 'r2', link: sure } as Revision,
      ],
    },
    ['doubt'],
  );
  const why = '"rule":"likeness","confidence":0.5,"by":"rule"}';
  assert.deepEqual(lines, [
    `{"type":"doubt","of":"patch","newer":"b","older":"a",${why}`,
    `{"type":"doubt","of":"revision","newer":"r2","older":"r1",${why}`,
  ]);
});

test('quotes without a source are left out, trailers are written as in a commit, a landing without a commit is not applied', async () => {
  const landing = {
    notice: 'n1',
    kind: 'tip-bot',
    messageId: 'p1',
    title: 'pump: do not leak',
    sha: 'abcdef1',
    tree: 'tip',
    release: '',
    atMs: 7,
  };
  const lines = await exported({
    facts: [
      fact('quotes', 'm1', [
        { start: 1, end: 3, depth: 1, source: 'm0', sourceStart: 0, sourceEnd: 2 },
        { start: 4, end: 5, depth: 2, source: null, sourceStart: -1, sourceEnd: -1 },
      ]),
      fact('trailer', 'm1', {
        name: 'Reviewed-by',
        value: 'Bo <bo@example.org>',
        givenIn: 'm1',
        messageId: 'p1',
        isOwn: true,
      }),
      fact('landing', 'n1', landing),
      fact('landing', 'n2', landing),
      fact('landing', 'n1', { ...landing, messageId: null }),
      fact('landing', 'n1', { ...landing, sha: '' }),
      fact('commit', 'p1', { sha: '1234567' }),
    ],
  });
  const why = '"rule":"stated","confidence":0.99,"by":"rule"}';
  const said = (messageId: string, sha: string) =>
    `{"type":"landing","notice":"n1","kind":"tip-bot","message_id":${messageId},"title":"pump: do not leak","sha":"${sha}","tree":"tip","release":"","at_ms":7,${why}`;
  assert.deepEqual(lines, [
    '{"type":"applied","notice":"n1","message_id":"p1","sha":"abcdef1"}',
    '{"type":"commit","message_id":"p1","sha":"1234567"}',
    said('"p1"', ''),
    said('"p1"', 'abcdef1'),
    said('null', 'abcdef1'),
    '{"type":"quote","message_id":"m1","start":1,"end":3,"depth":1,"source":"m0"}',
    '{"type":"trailer","message_id":"p1","trailer":"Reviewed-by: Bo <bo@example.org>","given_in":"m1"}',
  ]);
});

test('all lines together are in the order in which sorting puts them', async () => {
  const lines = await exported({
    placements: [place('b', { previous: 'a', link: { ...guess, changes: [] } })],
    facts: [
      fact('stance', 'm1', {
        messageId: 'm1',
        person: 'bo@example.org',
        posting: 'p1',
        kind: 'ack',
        atMs: 1,
        isConditional: false,
      }),
      fact('commit', 'p1', { sha: '1234567' }),
    ],
  });
  assert.deepEqual(
    lines.map((line) => JSON.parse(line).type),
    ['commit', 'doubt', 'posting', 'stance'],
  );
  assert.deepEqual(lines, [...lines].sort());
});
