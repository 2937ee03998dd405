/** Programs that derive in one file take turns. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { SqliteStore } from '../../ingest/store/sqlite.ts';
import { makeFolder } from '../support/folders.ts';
import { checkout } from '../support/terminal.ts';

const patient = { isPatient: true };

function open(t: TestContext, location = join(makeFolder(t), 'store.db')): SqliteStore {
  const store = new SqliteStore(location);
  t.after(() => store.close());
  return store;
}

test('of two at once the second begins when the first has ended, also when that failed', async (t) => {
  const store = open(t);
  const other = open(t, store.location ?? '');
  const log: string[] = [];
  let release: () => void = () => undefined;
  const first = store.alone('derive', patient, async () => {
    log.push('first begins');
    await new Promise<void>((resolve) => {
      release = resolve;
    });
    log.push('first ends');
    throw new Error('it failed');
  });
  assert.equal(await other.alone('derive', { isPatient: false }, async () => 'at once'), undefined);
  const second = other.alone('derive', patient, async () => {
    log.push('second');
    return 2;
  });
  release();
  await assert.rejects(first, { message: 'it failed' });
  assert.equal(await second, 2);
  assert.deepEqual(log, ['first begins', 'first ends', 'second']);
});

test('whoever waits can be stopped, and a program that was killed holds nothing', async (t) => {
  const store = open(t);
  const program = join(checkout, 'ingest/store/sqlite.ts');
  const holder = `import { SqliteStore } from ${JSON.stringify(program)};
    setInterval(() => {}, 1000);
    const work = () => { console.log('held'); return new Promise(() => {}); };
    await new SqliteStore(${JSON.stringify(store.location)}).alone('derive', { isPatient: true }, work);`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', holder], {
    cwd: checkout,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  const stop = new AbortController();
  const waiting = store.alone('derive', { isPatient: true, signal: stop.signal }, async () =>
    assert.fail('two at once'),
  );
  stop.abort();
  assert.equal(await waiting, undefined);
  child.kill('SIGKILL');
  assert.equal(await store.alone('derive', patient, async () => 'free'), 'free');
});

test('a store in memory is waited for by nobody', async (t) => {
  const store = open(t, ':memory:');
  assert.equal(await store.alone('derive', patient, () => store.alone('derive', patient, async () => 1)), 1);
});
