/**
 * Watching: a source says by itself that something came.
 *
 * Each test waits for the notice itself, never for a time.
 */
import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { openSources } from '../../ingest/source/open.ts';
import type { Cursor, Source } from '../../ingest/source/source.ts';
import { startDovecot } from '../support/dovecot.ts';
import { makeFolder, pull, smallMail } from '../support/folders.ts';
import { commit } from '../support/inbox.ts';
import { runTool, toolOptions } from '../support/tools.ts';

async function openOne(spec: string, options = {}): Promise<Source> {
  const [source, ...others] = await openSources(spec, options);
  assert.ok(source && others.length === 0);
  return source;
}

/** Watches until mail came; gives what each notice brought. */
class Watched {
  readonly #ticks: AsyncIterator<void>;
  readonly #source: Source;
  readonly #stop = new AbortController();
  #cursor: Cursor | null = null;

  constructor(t: TestContext, source: Source) {
    assert.ok(source.watch);
    this.#source = source;
    this.#ticks = source.watch(this.#stop.signal)[Symbol.asyncIterator]();
    t.after(() => this.end());
  }

  /** The mails of the next notice that brings any: a write may be noticed in two steps. */
  async next(): Promise<string[]> {
    for (;;) {
      const { done } = await this.#ticks.next();
      assert.ok(!done, 'the source ended to watch');
      const { mails, cursor } = await pull(this.#source, this.#cursor);
      this.#cursor = cursor;
      if (mails.length > 0) return mails;
    }
  }

  async end(): Promise<boolean> {
    this.#stop.abort();
    return (await this.#ticks.next()).done ?? false;
  }
}

test(
  'a commit in an inbox is noticed, in a new epoch and after git packed its refs',
  toolOptions('git'),
  async (t) => {
    const inbox = join(makeFolder(t), 'some-list');
    commit(join(inbox, 'git/0.git'), [{ m: smallMail('a') }]);
    const watched = new Watched(t, await openOne(inbox));
    assert.deepEqual(await watched.next(), ['a']);
    commit(join(inbox, 'git/0.git'), [{ m: smallMail('b') }]);
    assert.deepEqual(await watched.next(), ['b']);
    runTool('git', ['-C', join(inbox, 'git/0.git'), 'pack-refs', '--all']);
    commit(join(inbox, 'git/0.git'), [{ m: smallMail('c') }]);
    assert.deepEqual(await watched.next(), ['c']);
    commit(join(inbox, 'git/1.git'), [{ m: smallMail('d') }]);
    assert.deepEqual(await watched.next(), ['d']);
    assert.equal(await watched.end(), true);
  },
);

test('a mail that comes into a maildir, and one at the end of an mbox, is noticed', async (t) => {
  const folder = makeFolder(t, { 'box/new/1.a': smallMail('a'), 'list.mbox': '' });
  for (const name of ['cur', 'tmp']) mkdirSync(join(folder, 'box', name), { recursive: true });
  const maildir = new Watched(t, await openOne(join(folder, 'box')));
  assert.deepEqual(await maildir.next(), ['a']);
  writeFileSync(join(folder, 'box/new/2.b'), smallMail('b'));
  assert.deepEqual(await maildir.next(), ['b']);

  const separator = 'From ada@example.org Mon Jul  6 17:08:32 2020\n';
  writeFileSync(join(folder, 'list.mbox'), `${separator}${smallMail('a')}\n`);
  const mbox = new Watched(t, await openOne(join(folder, 'list.mbox')));
  assert.deepEqual(await mbox.next(), ['a']);
  appendFileSync(join(folder, 'list.mbox'), `${separator}${smallMail('b')}\n`);
  assert.deepEqual(await mbox.next(), ['b']);
});

test(
  'a mail that comes to a server is told by IDLE; a lost connection ends it',
  toolOptions('dovecot', 'openssl'),
  async (t) => {
    const server = await startDovecot(t);
    server.deliver('Lists', '1.a', smallMail('a'));
    const url = `imap://${server.user}@127.0.0.1:${server.port}/Lists`;
    const source = await openOne(url, { passwordCommand: `echo ${server.password}` });
    const watched = new Watched(t, source);
    assert.deepEqual(await watched.next(), ['a']);
    server.deliver('Lists', '2.b', smallMail('b'));
    assert.deepEqual(await watched.next(), ['b']);
    const next = watched.next();
    await server.stop();
    await assert.rejects(next, { code: 'source-unreadable', isRetryable: true });
    await server.start();
    server.deliver('Lists', '3.c', smallMail('c'));
    assert.deepEqual(await new Watched(t, source).next(), ['a', 'b', 'c']);
  },
);
