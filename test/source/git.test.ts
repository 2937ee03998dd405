import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { openGit } from '../../ingest/source/git.ts';
import { openSources } from '../../ingest/source/open.ts';
import type { Source } from '../../ingest/source/source.ts';
import { makeFolder, pull, smallMail } from '../support/folders.ts';
import { commit } from '../support/inbox.ts';
import { runTool, toolOptions } from '../support/tools.ts';

const version1Path = (id: string) => {
  const hash = createHash('sha1').update(`${id}@example.org`).digest('hex');
  return `${hash.slice(0, 2)}/${hash.slice(2)}`;
};

async function openOne(path: string): Promise<Source> {
  const [source, ...others] = await openSources(path);
  assert.ok(source && others.length === 0);
  return source;
}

function version2(t: TestContext): string {
  const inbox = join(makeFolder(t), 'some-list');
  const mails = ['a', 'b'].map((id) => ({ m: smallMail(id) }));
  commit(join(inbox, 'git/0.git'), [...mails, { d: smallMail('a') }, { m: smallMail('c') }]);
  commit(join(inbox, 'git/1.git'), [{ m: smallMail('d') }]);
  return inbox;
}

test('a version 2 inbox gives its mails and removals, epoch by epoch', toolOptions('git'), async (t) => {
  const inbox = version2(t);
  const source = await openOne(inbox);
  assert.deepEqual([source.kind, source.list, source.location], ['git', 'some-list', inbox]);
  const { mails, events } = await pull(source);
  assert.deepEqual(mails, ['a', 'b', '-a', 'c', 'd']);
  const head = runTool('git', ['-C', join(inbox, 'git/1.git'), 'rev-parse', 'HEAD']).trim();
  const last = events.filter((event) => event.type === 'mail').at(-1);
  assert.deepEqual(last?.mail, {
    raw: Buffer.from(smallMail('d')),
    list: 'some-list',
    place: `1:${head}`,
    arrivedMs: 1594000000000,
  });
});

test('one epoch alone is a source of its list', toolOptions('git'), async (t) => {
  const source = await openOne(join(version2(t), 'git/0.git'));
  assert.equal(source.list, 'some-list');
  assert.deepEqual((await pull(source)).mails, ['a', 'b', '-a', 'c']);
});

test(
  'a version 1 inbox gives its mails and removals, many in a commit too',
  toolOptions('git'),
  async (t) => {
    const inbox = join(makeFolder(t), 'old-list.git');
    const files = (...ids: string[]) =>
      Object.fromEntries(ids.map((id) => [version1Path(id), smallMail(id)]));
    const commits = [files('a'), files('b', 'c'), { [version1Path('a')]: null }, files('a', 'd')];
    commit(inbox, commits, { isWhole: false });
    const source = await openOne(inbox);
    const { mails, events } = await pull(source);
    assert.equal(source.list, 'old-list');
    // Within a commit git goes by path.
    const inOrder = (...ids: string[]) => ids.sort((a, b) => (version1Path(a) < version1Path(b) ? -1 : 1));
    assert.deepEqual(mails, ['a', ...inOrder('b', 'c'), '-a', ...inOrder('a', 'd')]);
    const second = events.filter((event) => event.type === 'mail')[1];
    assert.deepEqual((await pull(source, second?.cursor ?? null)).mails, mails.slice(1));
  },
);

test(
  'reading goes on behind the commit read last, in old and in new epochs',
  toolOptions('git'),
  async (t) => {
    const inbox = version2(t);
    const source = await openOne(inbox);
    const first = await pull(source);
    assert.deepEqual((await pull(source, first.cursor)).mails, []);
    commit(join(inbox, 'git/1.git'), [{ m: smallMail('e') }, { m: smallMail('f') }]);
    commit(join(inbox, 'git/2.git'), [{ m: smallMail('g') }]);
    const second = await pull(source, first.cursor);
    assert.deepEqual(second.mails, ['e', 'f', 'g']);
    const cursors = first.events.flatMap((event) => ('cursor' in event ? [event.cursor] : []));
    assert.deepEqual((await pull(source, cursors[1] ?? null)).mails, ['-a', 'c', 'd', 'e', 'f', 'g']);
  },
);

test('a rewritten history is read again and reported', toolOptions('git'), async (t) => {
  const inbox = version2(t);
  const source = await openOne(inbox);
  const { cursor } = await pull(source);
  commit(join(inbox, 'git/0.git'), [{ m: smallMail('a') }, { m: smallMail('z') }], { isFresh: true });
  const { mails, troubles } = await pull(source, cursor);
  assert.deepEqual(mails, ['a', 'z']);
  assert.deepEqual(troubles, [`0:${JSON.parse(cursor ?? '{}')[0]} history-rewritten`]);
});

test('a thousand mails take two processes, and stopping early ends them', toolOptions('git'), async (t) => {
  const inbox = join(makeFolder(t), 'big.git');
  const ids = Array.from({ length: 1000 }, (_, index) => `m${index}`);
  commit(
    inbox,
    ids.map((id) => ({ m: smallMail(id, 'x'.repeat(500)) })),
  );
  const source = openGit(inbox, 'big');
  const { mails, events } = await pull(source);
  assert.deepEqual(mails, ids);
  assert.deepEqual(events.filter((event) => event.type === 'progress').at(-1), {
    type: 'progress',
    done: 1000,
    total: 1000,
    unit: 'mails',
  });
  let seen = 0;
  for await (const event of source.read(null)) if (event.type === 'mail' && ++seen === 10) break;
  assert.equal(seen, 10);
});

test('an empty repository has no mail; one with other files is no inbox', toolOptions('git'), async (t) => {
  const folder = makeFolder(t);
  runTool('git', ['init', '--quiet', '--bare', join(folder, 'empty.git')]);
  assert.deepEqual((await pull(await openOne(join(folder, 'empty.git')))).mails, []);
  commit(join(folder, 'code.git'), [{ 'main.c': 'int main;' }]);
  await assert.rejects(openSources(join(folder, 'code.git')), { code: 'source-unknown' });
});

const inboxTools = [
  'git',
  'public-inbox-init',
  'public-inbox-mda',
  'public-inbox-learn',
  'public-inbox-purge',
];

for (const version of ['-V1', '-V2']) {
  test(
    `public-inbox itself is followed: delivery, removal, purge (${version})`,
    toolOptions(...inboxTools),
    async (t) => {
      const home = makeFolder(t);
      const inbox = join(home, 'sample');
      const env = { HOME: home, PI_CONFIG: join(home, 'config'), ORIGINAL_RECIPIENT: 'sample@example.org' };
      const mail = (id: string) =>
        `To: sample@example.org\nSubject: ${id}\n${smallMail(id)}`.replace('Ada <ada', `${id} <${id}`);
      runTool('git', ['config', '-f', env.PI_CONFIG, 'publicinboxmda.spamcheck', 'none'], { env });
      const address = ['http://example.org/sample', 'sample@example.org'];
      runTool('public-inbox-init', [version, '-L', 'basic', 'sample', inbox, ...address], { env });
      for (const id of ['a', 'b', 'c'])
        runTool('public-inbox-mda', ['--no-precheck'], { input: mail(id), env });

      const source = await openOne(inbox);
      const first = await pull(source);
      assert.deepEqual([source.list, first.mails], ['sample', ['a', 'b', 'c']]);

      runTool('public-inbox-learn', ['rm'], { input: mail('b'), env });
      const second = await pull(source, first.cursor);
      assert.deepEqual(second.mails, ['-b']);

      if (version === '-V1') return;
      runTool('public-inbox-purge', [inbox], { input: mail('a'), env });
      const third = await pull(source, second.cursor);
      assert.deepEqual(
        [third.mails, third.troubles.map((one) => one.split(' ')[1])],
        [
          ['b', 'c', '-b'],
          ['history-rewritten', 'mail-empty'],
        ],
      );
    },
  );
}

test(
  'a shallow clone is read from where it begins, and whole when it is deepened',
  toolOptions('git'),
  async (t) => {
    const inbox = version2(t);
    const clone = join(makeFolder(t), 'some-list.git');
    const origin = `file://${join(inbox, 'git/0.git')}`;
    runTool('git', ['clone', '--quiet', '--mirror', '--depth=2', origin, clone]);
    const source = await openOne(clone);
    const first = await pull(source);
    assert.deepEqual(first.mails, ['-a', 'c']);
    assert.deepEqual((await pull(source, first.cursor)).mails, []);
    runTool('git', ['-C', clone, 'fetch', '--quiet', '--unshallow', 'origin']);
    const second = await pull(source, first.cursor);
    assert.deepEqual([second.mails, second.troubles], [['a', 'b', '-a', 'c'], []]);
    assert.deepEqual((await pull(source, second.cursor)).mails, []);
    commit(join(inbox, 'git/0.git'), [{ m: smallMail('e') }]);
    runTool('git', ['-C', clone, 'fetch', '--quiet', 'origin']);
    assert.deepEqual((await pull(source, second.cursor)).mails, ['e']);
  },
);

test('a folder of mirrors with its manifest is its lists', toolOptions('git'), async (t) => {
  const folder = makeFolder(t, { 'manifest.js.gz': gzipSync('{"/alpha/git/0.git":{}}') });
  for (const list of ['alpha', 'beta']) commit(join(folder, list, 'git/0.git'), [{ m: smallMail(list) }]);
  const sources = await openSources(folder);
  assert.deepEqual(
    sources.map(({ kind, list }) => [kind, list]),
    [
      ['git', 'alpha'],
      ['git', 'beta'],
    ],
  );
});
