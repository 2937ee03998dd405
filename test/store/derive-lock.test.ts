/** Programs that derive in one store take turns. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { deriveAlone } from '../../ingest/store/derive-lock.ts';
import { makeFolder } from '../support/folders.ts';
import { checkout } from '../support/terminal.ts';

test('of two at once the second begins when the first has ended, also when that failed', async (t) => {
  const store = join(makeFolder(t), 'store.db');
  const log: string[] = [];
  let release: () => void = () => undefined;
  const first = deriveAlone(store, undefined, async () => {
    log.push('first begins');
    await new Promise<void>((resolve) => {
      release = resolve;
    });
    log.push('first ends');
    throw new Error('it failed');
  });
  const second = deriveAlone(store, undefined, async () => {
    log.push('second');
    return 2;
  });
  release();
  await assert.rejects(first, { message: 'it failed' });
  assert.equal(await second, 2);
  assert.deepEqual(log, ['first begins', 'first ends', 'second']);
});

test('whoever waits can be stopped, and a program that was killed holds nothing', async (t) => {
  const store = join(makeFolder(t), 'store.db');
  const lock = join(checkout, 'ingest/store/derive-lock.ts');
  const holder = `import { deriveAlone } from ${JSON.stringify(lock)};
    setInterval(() => {}, 1000);
    await deriveAlone(${JSON.stringify(store)}, undefined, () => { console.log('held'); return new Promise(() => {}); });`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', holder], {
    cwd: checkout,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  const stop = new AbortController();
  const waiting = deriveAlone(store, stop.signal, async () => assert.fail('two at once'));
  stop.abort();
  assert.equal(await waiting, undefined);
  child.kill('SIGKILL');
  assert.equal(await deriveAlone(store, undefined, async () => 'free'), 'free');
});

test('a store in memory is waited for by nobody', async () => {
  assert.equal(
    await deriveAlone(null, undefined, async () => deriveAlone(null, undefined, async () => 1)),
    1,
  );
});
