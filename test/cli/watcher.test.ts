/**
 * How a source is watched through good and bad times.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SourceError } from '../../ingest/model/errors.ts';
import type { Source } from '../../ingest/source/source.ts';
import { Watcher } from '../../server/cli/watcher.ts';

const lost = new SourceError('source-unreadable', 'The server is away', { isRetryable: true });

test('a lost source is tried again, later each time, until it watches again', async () => {
  const stop = new AbortController();
  const log: string[] = [];
  let tries = 0;
  const source = {
    location: 'imaps://ada@mail.example.org/Lists',
    async *watch() {
      tries++;
      if (tries === 4) yield;
      if (tries < 6) throw lost;
      stop.abort();
    },
  } as unknown as Source;
  const watcher = new Watcher({
    source,
    signal: stop.signal,
    nowMs: () => 50,
    onChange: () => log.push(`news, ${watcher.state.state}`),
    onLost: () => log.push('lost'),
    wait: async (ms) => {
      log.push(`${ms} ms`);
      assert.deepEqual(watcher.state, { state: 'lost', sinceMs: 50, nextMs: 50 + ms });
    },
  });
  await watcher.run();
  assert.deepEqual(log, [
    'lost',
    '1000 ms',
    '2000 ms',
    '4000 ms',
    'news, watched',
    'lost',
    '1000 ms',
    '2000 ms',
  ]);
});

test('the longest wait is five minutes', async () => {
  const stop = new AbortController();
  const waits: number[] = [];
  const source = {
    watch() {
      throw lost;
    },
  } as unknown as Source;
  const watcher = new Watcher({
    source,
    signal: stop.signal,
    nowMs: () => 0,
    onChange: () => undefined,
    onLost: () => undefined,
    wait: async (ms) => {
      waits.push(ms);
      if (waits.length === 12) stop.abort();
    },
  });
  await watcher.run();
  assert.equal(waits.at(-1), 300_000);
});
