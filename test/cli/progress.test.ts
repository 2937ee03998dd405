/**
 * What is said of a long command while it runs.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { IngestProgress } from '../../ingest/pipeline.ts';
import { createProgressView, describeProgress } from '../../server/cli/progress.ts';
import type { Terminal } from '../../server/cli/terminal.ts';

const reading = (fields: Partial<IngestProgress>): IngestProgress => ({
  location: '/srv/mail/linux-api.mbox.gz',
  stage: 'read',
  done: 0,
  total: null,
  unit: 'mails',
  mails: 0,
  ...fields,
});

const rows: readonly (readonly [progress: IngestProgress, seconds: number, words: string])[] = [
  [reading({ mails: 3120, done: 3120 }), 4, '3,120 mails, 780 mails/s'],
  [
    reading({ unit: 'bytes', mails: 3120, done: 12_300_000, total: 15_200_000 }),
    4,
    '3,120 mails, 80 % of 15.2 MB, 780 mails/s, 1 s left',
  ],
  [
    reading({ mails: 100, done: 100, total: 60_000 }),
    1,
    '100 mails, 100 of 60,000, 100 mails/s, 10 min left',
  ],
  [reading({ mails: 10, done: 10, total: 500_000 }), 1, '10 mails, 10 of 500,000, 10 mails/s, 13.9 h left'],
  [reading({ stage: 'derive', unit: 'steps', done: 40, total: 100, mails: 7 }), 2, '40 of 100, 3 s left'],
  [reading({ mails: 0, done: 0, total: 0, unit: 'bytes' }), 0, '0 mails, 0 % of 0.0 MB, 0 mails/s'],
];

for (const [progress, seconds, words] of rows)
  test(`progress after ${seconds} s is told as "${words}"`, () => {
    assert.equal(describeProgress(progress, { atMs: 1000, done: 0, mails: 0 }, 1000 + 1000 * seconds), words);
  });

test('a resumed source tells its rate and the time left from where it went on', () => {
  const since = { atMs: 0, done: 9_000_000, mails: 0 };
  const progress = reading({ unit: 'bytes', done: 10_000_000, total: 12_000_000, mails: 500 });
  assert.equal(describeProgress(progress, since, 2000), '500 mails, 83 % of 12.0 MB, 250 mails/s, 4 s left');
});

test('without a terminal a line is told every five seconds, and none when quiet', () => {
  const told: string[] = [];
  let nowMs = 0;
  const terminal = {
    isInteractive: false,
    nowMs: () => nowMs,
    tell: (sentence: string) => told.push(sentence),
  } as unknown as Terminal;
  for (const isQuiet of [false, true]) {
    const view = createProgressView(terminal, isQuiet);
    for (let second = 0; second <= 11; second++) {
      nowMs += 1000;
      view.update(reading({ mails: 100 * second, done: 100 * second }));
    }
    view.finish();
  }
  assert.deepEqual(told, [
    'linux-api.mbox.gz: 400 mails, 100 mails/s',
    'linux-api.mbox.gz: 900 mails, 100 mails/s',
  ]);
});
