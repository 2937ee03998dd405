/** The day as a mail: what it says, and that a mail server gets it. */
import assert from 'node:assert/strict';
import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { type TestContext, test } from 'node:test';
import type { Store } from '../../ingest/store/store.ts';
import { type DigestInput, renderDigest } from '../../server/present/mail-digest.ts';
import { sendMail } from '../../server/send-mail.ts';
import type { SeriesSummary, Why } from '../../server/wire.ts';
import { runCommand } from '../support/terminal.ts';

const hourMs = 3_600_000;
const nowMs = Date.UTC(2020, 0, 5);
const why: Why = { rule: 'x', says: 'x', confidence: 1, confidenceWord: 'certain', by: 'rule', evidence: [] };

function series(id: string, more: Partial<SeriesSummary>): SeriesSummary {
  return {
    id,
    title: id,
    author: { name: 'Ada Example', address: 'ada@example.org' },
    lists: ['pump'],
    version: 2,
    total: 1,
    isRfc: false,
    revisions: 2,
    firstMs: 0,
    lastMs: 0,
    state: 'under-review',
    stateWhy: why,
    turn: 'author',
    waitingPerson: 'ada@example.org',
    waitingSinceMs: nowMs - 50 * hourMs,
    waitingWhy: 'Bo asked a question',
    waiting: why,
    openPoints: 1,
    acked: 0,
    reviewed: 0,
    tested: 0,
    checks: { success: 0, warning: 0, fail: 0, pending: 0 },
    delegates: [],
    ...more,
  };
}

const quiet: DigestInput = {
  me: 'ada@example.org',
  queue: [],
  newest: [],
  sinceMs: nowMs - 24 * hourMs,
  nowMs,
  url: '',
};

test('the digest names what waits for its reader first, then others, then what is new and what is done', () => {
  const digest = renderDigest({
    ...quiet,
    url: 'https://patches.example.org',
    queue: [
      series('mine', {}),
      series('theirs', {
        turn: 'reviewer',
        waitingPerson: '',
        waitingWhy: 'v2 was not answered',
        openPoints: 0,
      }),
      series('done', { state: 'landed', turn: 'nobody', waitingSinceMs: nowMs - hourMs, openPoints: 0 }),
    ],
    newest: [series('fresh', { lastMs: nowMs - hourMs, turn: 'nobody', state: 'new', openPoints: 0 })],
  });
  assert.equal(digest?.subject, 'Patchtrail 2020-01-05: 1 series for you, 1 with news');
  assert.equal(
    digest?.text,
    `Since 2020-01-04, for ada@example.org.

Your turn
  mine (v2, Ada Example, 1 open point)
    2 days: Bo asked a question
    https://patches.example.org/series/mine

Waiting for others
  theirs (v2, Ada Example)
    2 days: v2 was not answered
    https://patches.example.org/series/theirs

With news
  fresh (v2, Ada Example)
    new
    https://patches.example.org/series/fresh

Applied or landed
  done (v2, Ada Example)
    landed
    https://patches.example.org/series/done
`,
  );
});

test('a day without anything to tell is no mail', () => {
  assert.equal(renderDigest(quiet), null);
});

/** A mail server that takes one mail and keeps what it heard. */
async function startSink(
  t: TestContext,
  answerToMail = '250 taken',
): Promise<{ url: string; heard: string[] }> {
  const heard: string[] = [];
  const server = createServer((socket: Socket) => {
    const say = (line: string) => socket.write(`${line}\r\n`);
    let isData = false;
    say('220 sink');
    createInterface({ input: socket }).on('line', (line) => {
      heard.push(line);
      if (isData) {
        isData = line !== '.';
        if (!isData) say(answerToMail);
      } else if (line === 'DATA') {
        isData = true;
        say('354 go on');
      } else if (line === 'QUIT') socket.end('221 bye\r\n');
      else say('250 yes');
    });
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return { url: `smtp://127.0.0.1:${port}`, heard };
}

const store = { close: async () => undefined } as unknown as Store;

test('digest --send hands the mail to the configured server', async (t) => {
  const { url, heard } = await startSink(t);
  const parts = {
    openStore: async () => store,
    request: async () => ({ isGood: true, json: { items: [series('mine', {})], next: null } }),
    sendMail,
  };
  const env = { PATCHTRAIL_SMTP: url, PATCHTRAIL_MAIL_FROM: 'trail@example.org' };
  const words = ['--store', 'postgres://x/y', 'digest', '--me', 'ada@example.org', '--send'];
  const outcome = await runCommand(words, parts, { env, nowMs: () => nowMs });
  assert.deepEqual([outcome.status, outcome.out], [0, '']);
  assert.ok(heard.includes('MAIL FROM:<trail@example.org>'));
  assert.ok(heard.includes('RCPT TO:<ada@example.org>'));
  assert.ok(heard.includes('Subject: Patchtrail 2020-01-05: 1 series for you, 0 with news'));
  assert.ok(heard.includes('Auto-Submitted: auto-generated'));
  assert.ok(heard.includes('  mine (v2, Ada Example, 1 open point)'));
});

test('a server that does not take the mail is told of in words', async (t) => {
  const { url } = await startSink(t, '552 too much');
  const mail = {
    server: url,
    password: '',
    from: 'a@example.org',
    to: 'b@example.org',
    subject: 's',
    text: 't',
  };
  await assert.rejects(sendMail(mail), { code: 'mail-failed', message: /127\.0\.0\.1: .*552 too much/ });
});

test('digest says what is missing before it reads anything', async () => {
  const nobody = await runCommand(['digest']);
  assert.equal(nobody.status, 2);
  assert.match(nobody.err, /Nobody was named whose mail it is/);
  const noServer = await runCommand(['digest', '--me', 'a@example.org', '--send']);
  assert.match(noServer.err, /No mail server is configured/);
});
