/**
 * What git repositories say of patches: found whichever is read first, with its proof, and beside what mail says.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { exportLines } from '../../ingest/export.ts';
import { followTrees } from '../../ingest/follow-trees.ts';
import type { CommitLanding } from '../../ingest/model/commit.ts';
import { derive } from '../../ingest/stage/derive.ts';
import type { Store } from '../../ingest/store/store.ts';
import { addMails, withMails } from '../support/derived-store.ts';
import { makeFolder } from '../support/folders.ts';
import { idOf, type MailShort } from '../support/mail-text.ts';
import { toolOptions } from '../support/tools.ts';
import { Tree } from '../support/tree.ts';

const lines = (count: number, mark = '') =>
  Array.from({ length: count }, (_, at) => `line ${at}${mark}\n`).join('');

function patch(id: string, title: string, diff: string, more: Partial<MailShort> = {}): MailShort {
  const body = `Because.\n\nSigned-off-by: Ada Example <ada@example.org>\n---\n\n${diff}-- \n2.40.0\n`;
  return { id, subject: `[PATCH] ${title}`, body, ...more };
}

async function read(store: Store, tree: Tree, name = 'pump'): Promise<void> {
  const { failed } = await followTrees({ store, trees: [{ path: tree.path, tree: name }], nowMs: () => 0 });
  assert.deepEqual(failed, []);
  await derive(store, { nowMs: () => 0 });
}

/** `rule sha release mail` of each commit of a posting. */
async function commitsOf(store: Store, id: string): Promise<string[]> {
  const facts = await store.getFacts({ kinds: ['commit'], subjects: [idOf(id)] });
  return facts.map(({ rule, value }) => {
    const { sha, release, mail } = value as CommitLanding;
    return `${rule} ${sha.slice(0, 9)} ${release || '-'} ${mail}`;
  });
}

async function exported(store: Store): Promise<string[]> {
  const found: string[] = [];
  for await (const line of exportLines(store)) found.push(line);
  return found;
}

/** Four patches that landed in four ways, two releases. */
function story(t: TestContext) {
  const tree = new Tree(join(makeFolder(t), 'pump'));
  tree.commit({ message: 'start', hour: 0, files: { 'a.c': lines(30), 'b.c': lines(30, ' b') } });
  const same = tree.commit({
    message: 'pump: Count strokes, edited by the maintainer\n\nBecause.',
    hour: 50,
    files: { 'a.c': lines(30).replace('line 3\n', 'line three\n') },
  });
  tree.tag('v1', 60);
  const mail = patch('same', 'pump: Count strokes', tree.diff(same), { hour: 10 });
  const linked = tree.commit({
    message: `pump: Tell strokes\n\nBecause.\n\nLink: https://lore.example.org/r/${idOf('linked')}/`,
    hour: 70,
    files: { 'a.c': lines(30).replace('line 9\n', 'line nine, but better\n') },
  });
  const titled = tree.commit({
    message: 'pump: Rest after strokes',
    hour: 80,
    files: { 'b.c': lines(30, ' b').replace('line 9 b\n', 'line nine\n') },
  });
  tree.tag('v2-rc1', 90);
  tree.tag('v2', 95);
  const other = tree.diff(titled).replace('+line nine', '+line neun');
  const mails: MailShort[] = [
    mail,
    patch('linked', 'pump: Tell strokes', tree.diff(linked).replace(', but better', ''), { hour: 20 }),
    patch('titled', 'pump: Rest after strokes', other, { hour: 30 }),
    patch('never', 'pump: Explode', tree.diff(titled).replace('+line nine', '+bang'), { hour: 40 }),
  ];
  return { tree, mails, same, linked, titled };
}

test(
  'a patch is found by its diff, by a link to its mail, by title and author',
  toolOptions('git'),
  async (t) => {
    const { tree, mails, same, linked, titled } = story(t);
    await withMails(mails, async (store) => {
      await read(store, tree);
      assert.deepEqual(await commitsOf(store, 'same'), [`git-patch-id ${same.slice(0, 9)} v1 silent`]);
      assert.deepEqual(await commitsOf(store, 'linked'), [`git-link ${linked.slice(0, 9)} v2-rc1 silent`]);
      assert.deepEqual(await commitsOf(store, 'titled'), [`git-title ${titled.slice(0, 9)} v2-rc1 silent`]);
      assert.deepEqual(await commitsOf(store, 'never'), []);
      const rows = await store.getSeries([idOf('same'), idOf('never')]);
      assert.deepEqual([rows.get(idOf('same'))?.state, rows.get(idOf('never'))?.state], ['landed', 'new']);
      const commits = (await exported(store)).filter((line) => line.startsWith('{"type":"commit"'));
      assert.equal(commits.length, 3);
      assert.ok(commits.includes(JSON.stringify({ type: 'commit', message_id: idOf('same'), sha: same })));
    });
  },
);

test(
  'reading the repository before, after or between the mails ends in the same export',
  toolOptions('git'),
  async (t) => {
    const { tree, mails, linked } = story(t);
    const after = await withMails(mails, async (store) => {
      await read(store, tree);
      return exported(store);
    });
    const before = await withMails([], async (store) => {
      await read(store, tree);
      await addMails(store, mails);
      await read(store, tree);
      return exported(store);
    });
    const young = new Tree(`${tree.path}-young`);
    young.git('fetch', '--quiet', tree.path, `${linked}:refs/heads/other`, 'refs/tags/v1:refs/tags/v1');
    const between = await withMails(mails.slice(2), async (store) => {
      await read(store, young);
      await addMails(store, mails.slice(0, 2));
      young.git('fetch', '--quiet', tree.path, 'main:refs/heads/other', 'refs/tags/*:refs/tags/*');
      await read(store, young);
      return exported(store);
    });
    assert.deepEqual(before, after);
    assert.deepEqual(between, after);
  },
);

test('a rebuild finds the same commits without the repository', toolOptions('git'), async (t) => {
  const { tree, mails } = story(t);
  await withMails(mails, async (store) => {
    await read(store, tree);
    const before = await exported(store);
    await store.resetDerived();
    await derive(store, { nowMs: () => 0 });
    assert.deepEqual(await exported(store), before);
  });
});

test('a commit that a rewritten branch lost is lost here, too', toolOptions('git'), async (t) => {
  const { tree, mails, titled } = story(t);
  tree.git('tag', '--delete', 'v2', 'v2-rc1');
  await withMails(mails, async (store) => {
    await read(store, tree);
    assert.deepEqual(await commitsOf(store, 'titled'), [`git-title ${titled.slice(0, 9)} - silent`]);
    tree.git('reset', '--quiet', '--hard', 'HEAD~1');
    await read(store, tree);
    assert.deepEqual(await commitsOf(store, 'titled'), []);
    tree.git('reflog', 'expire', '--expire=all', '--all');
    tree.git('reset', '--quiet', '--hard', 'HEAD~1');
    tree.git('reflog', 'expire', '--expire=all', '--all');
    tree.git('gc', '--quiet', '--prune=now');
    await read(store, tree);
    assert.deepEqual(await commitsOf(store, 'linked'), [], 'git itself has forgotten it');
    assert.equal((await commitsOf(store, 'same')).length, 1);
  });
});

test('what mail says of a commit is told beside what git shows', toolOptions('git'), async (t) => {
  const { tree, mails, same, linked } = story(t);
  const thanks = (id: string, to: string, title: string, sha: string): MailShort => ({
    id,
    from: 'Mo Maintainer <mo@example.org>',
    inReplyTo: to,
    subject: `Re: [PATCH] ${title}`,
    hour: 99,
    body: `Applied to main, thanks!\n\n[1/1] ${title}\n      commit: ${sha}\n`,
  });
  const notices = [
    thanks('yes', 'same', 'pump: Count strokes', same.slice(0, 12)),
    thanks('no', 'linked', 'pump: Tell strokes', 'deadbeef0123'),
  ];
  await withMails([...mails, ...notices], async (store) => {
    await read(store, tree);
    assert.deepEqual(await commitsOf(store, 'same'), [`git-patch-id ${same.slice(0, 9)} v1 agrees`]);
    assert.deepEqual(await commitsOf(store, 'linked'), [`git-link ${linked.slice(0, 9)} v2-rc1 differs`]);
  });
});

test(
  'a patch that moves a file is found whether or not the mail tells it as a rename',
  toolOptions('git'),
  async (t) => {
    const tree = new Tree(join(makeFolder(t), 'pump'));
    tree.commit({ message: 'start', hour: 0, files: { 'a.c': lines(30) } });
    tree.git('mv', 'a.c', 'z.c');
    const moved = tree.commit({
      message: 'move it',
      hour: 50,
      files: { 'z.c': lines(30).replace('line 3\n', 'III\n') },
    });
    const plain = patch('plain', 'one', tree.diff(moved, '--no-renames'), { hour: 1 });
    const told = patch('told', 'two', tree.diff(moved, '-M'), { hour: 2 });
    await withMails([plain, told], async (store) => {
      await read(store, tree);
      for (const id of ['plain', 'told']) {
        assert.deepEqual(await commitsOf(store, id), [`git-patch-id ${moved.slice(0, 9)} - silent`], id);
      }
    });
  },
);

test(
  'a repository that cannot be read is told and does not stop the others',
  toolOptions('git'),
  async (t) => {
    const { tree, mails } = story(t);
    const missing = join(makeFolder(t), 'nothing');
    await withMails(mails, async (store) => {
      const trees = [
        { path: missing, tree: '' },
        { path: tree.path, tree: '' },
      ];
      const { commits, failed } = await followTrees({ store, trees, nowMs: () => 0 });
      assert.equal(commits, 4);
      assert.deepEqual(
        failed.map(({ location, error }) => [location, error.code]),
        [[missing, 'source-unreadable']],
      );
      const rows = await store.commits.getTrees();
      assert.deepEqual(new Set(rows.map((row) => row.lastError === '')), new Set([true, false]));
    });
  },
);
