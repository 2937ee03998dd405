/**
 * Commands on the bundled sample, with the real parts: what a person reads and a program gets.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { realParts } from '../../server/cli/real-parts.ts';
import type { SeriesSummary, WirePage, WireStatistics } from '../../server/wire.ts';
import { checkout, type Outcome, runCommand } from '../support/terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'patchtrail-commands-'));
const store = join(folder, 'sample.db');
const idOfPatch = '20240624026033-3-mirela@acme.example.com';

/** Runs a command on the sample's store. */
const run = (...words: string[]): Promise<Outcome> =>
  runCommand([...words, '--store', store], realParts, { env: { USER: 'tester' } });

async function read(...words: string[]): Promise<string> {
  const { status, out, err } = await run(...words);
  assert.deepEqual([status, err], [0, ''], words.join(' '));
  return out;
}

before(async () => {
  const { status, out, err } = await run('ingest', join(checkout, 'ingest/sample/mail'));
  assert.deepEqual([status, out], [0, '']);
  assert.match(
    err,
    /^86 mails added, 1 copy joined, \d+ with something odd \(patchtrail doctor lists it\), in /,
  );
});
after(() => rmSync(folder, { recursive: true }));

test('ingesting again adds nothing', async () => {
  const again = JSON.parse(
    (await run('ingest', join(checkout, 'ingest/sample/mail'), '--json', '--quiet')).out,
  );
  assert.deepEqual([again.added, again.joined, again.removed, again.failed], [0, 0, 0, []]);
});

test('a search tells how it was understood, and finds by subject and person', async () => {
  const out = await read('search', 's:ring', 'f:yuki');
  assert.match(out, /^2 messages: /);
  assert.match(
    out,
    /\n {2}Yuki Tanabe <yuki@example\.org> {2}2024-06-18 03:05 {2}Zn8u1Pq7Lc@yuki\.example\.org\n/,
  );
});

test('a search that cannot be understood is wrong usage', async () => {
  const { status, err } = await run('search', 'd:neverember..');
  assert.equal(status, 2);
  assert.match(err, /^patchtrail: /);
});

test('a mail is shown by its id, by an archive link, and as JSON', async () => {
  const shown = await read('show', idOfPatch);
  assert.match(
    shown,
    /^Subject: \[PATCH 2\/3\] Linux: use the thread area in meter_cpu where there is one \(v9\)\n/,
  );
  assert.equal(await read('show', `https://lists.example.org/meter-devel/${idOfPatch}/`), shown);
  assert.equal(JSON.parse(await read('show', idOfPatch, '--json')).messageId, idOfPatch);
});

test('what is not held is said to be so', async () => {
  const { status, err } = await run('show', 'nobody@example.org');
  assert.equal(status, 1);
  assert.match(err, /nobody@example\.org\. Check the Message-ID/);
});

test('a thread is drawn, a series is told with its versions', async () => {
  assert.match(await read('show', '--thread', idOfPatch), /\d+ messages\n/);
  const series = await read('show', '--series', idOfPatch);
  assert.match(
    series,
    /\n {2}Linux: use the thread area in meter_cpu where there is one\n {4}was: meter: meter_cpu\(\)/,
  );
});

test('series are listed by title, the queue by who has the next move', async () => {
  const listed: WirePage<SeriesSummary> = JSON.parse(await read('series', 'ring', '--json'));
  assert.deepEqual(
    listed.items.map(({ title, version, turn }) => [title, version, turn]),
    [['ring: a bounded queue between two threads', 3, 'maintainer']],
  );
  const queue: WirePage<SeriesSummary> = JSON.parse(await read('queue', '--turn', 'maintainer', '--json'));
  assert.deepEqual(
    queue.items.map(({ title }) => title),
    ['ring: a bounded queue between two threads'],
  );
  assert.match(await read('queue', '--me', 'paolo@example.net', '--limit', '1'), /^1 series\.\n/);
});

test('two revisions are compared patch by patch; without a range the last two', async () => {
  const out = await read('diff', '20240710-ring-v3-0-8a1f03c2d@example.net', 'v2..v3');
  assert.match(out, /^v2\.\.v3\n\n1 ! 1 {2}ring: put an item without a lock\n/);
  assert.equal(await read('diff', '20240710-ring-v3-0-8a1f03c2d@example.net'), out);
});

test('ranges and revisions that there are not are told with those that there are', async () => {
  const ring = '20240710-ring-v3-0-8a1f03c2d@example.net';
  assert.deepEqual(await run('diff', ring, 'v2-v3'), {
    status: 2,
    out: '',
    err: 'patchtrail: That is no range of revisions: v2-v3. Write it as v8..v9.\n',
  });
  assert.deepEqual(await run('mbox', ring, '--version', '9'), {
    status: 1,
    out: '',
    err: 'patchtrail: The series has no such revision: v9. It has v1, v2, v3.\n',
  });
});

test('a series is written for git am, with the trailers that stand', async () => {
  const out = await read('mbox', '20240710-ring-v3-0-8a1f03c2d@example.net');
  const heads = out.split('\n').filter((line) => /^(Subject|From|Reviewed-by|Acked-by): /.test(line));
  assert.deepEqual(heads, [
    'From: Paolo Rinaldi <paolo@example.net>',
    'Subject: [PATCH v3 1/2] ring: put an item without a lock',
    'Reviewed-by: Yuki Tanabe <yuki@example.org>',
    'Acked-by: Sven Århus <sven@example.net>',
    'From: Paolo Rinaldi <paolo@example.net>',
    'Subject: [PATCH v3 2/2] tests: ring: fill and empty it',
    'Acked-by: Sven Århus <sven@example.net>',
  ]);
});

test('a correction changes the answer at once, is listed, survives a rebuild and can be taken back', async () => {
  const [newer, older] = [
    '20240617-ring-v2-1-8a1f03c2d@example.net',
    '20240603-ring-v1-1-8a1f03c2d@example.net',
  ];
  const lineageOf = async () =>
    (await read('export', '--type', 'posting'))
      .split('\n')
      .filter((line) => line.includes(`"message_id":"${newer}"`))
      .map((line) => JSON.parse(line).lineage);
  assert.deepEqual(await lineageOf(), [older]);
  assert.match((await run('unlink', newer, older, '--reason', 'another idea')).err, /^kept as correction 1;/);
  assert.deepEqual(await lineageOf(), [newer]);
  assert.equal((await run('rebuild')).status, 0);
  assert.deepEqual(await lineageOf(), [newer]);
  assert.equal(await read('corrections'), `1 2024-07-20 tester unlink ${newer} "${older}": another idea\n`);
  assert.match((await run('undo', '1')).err, /^correction 1 is taken back/);
  assert.deepEqual(await lineageOf(), [older]);
  assert.match((await run('undo', '7')).err, /No such correction: 7\. See patchtrail corrections\./);
});

test('a rebuild changes nothing', async () => {
  const before = await read('export');
  assert.equal((await run('rebuild', '--quiet')).status, 0);
  assert.equal(await read('export'), before);
});

test('the doctor finds all well and lists what is odd', async () => {
  const out = await read('doctor');
  assert.match(out, /\nodd: charset-0719@yuki\.example\.org: charset-unknown: x-klingon-8\n/);
  assert.match(out, /\nall is well\n$/);
});

test('a file that is no store is not taken for one', async () => {
  const other = join(folder, 'other.db');
  writeFileSync(other, 'This is a letter.');
  const { status, err } = await runCommand(['doctor', '--store', other], realParts);
  assert.equal(status, 1);
  assert.match(err, /^patchtrail: /);
});

test('statistics are tables for a person and numbers for a program, of the time that is asked for', async () => {
  const out = await read('statistics', '--list', 'no-such-list');
  assert.match(out, /^0 series, 0 reviews, from the beginning to now\n/);
  const counted: WireStatistics = JSON.parse(await read('statistics', '--dates', '2024', '--json'));
  assert.deepEqual([counted.fromMs, counted.toMs], [Date.UTC(2024, 0, 1), Date.UTC(2025, 0, 1)]);
  assert.ok(counted.series > 5 && counted.reviews > 5, JSON.stringify(counted));
  assert.equal(
    counted.months.reduce((sum, { series }) => sum + series, 0),
    counted.series,
  );
  assert.equal(
    counted.responses.reduce((sum, { count }) => sum + count, 0),
    counted.reviews,
  );
  const { status, err } = await run('statistics', '--dates', 'neverember');
  assert.equal(status, 2);
  assert.match(err, /`dates` needs a date or a range\. Such as 2020-07/);
});
