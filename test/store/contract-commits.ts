/** Contract of the store: trees and their commits. */
import assert from 'node:assert/strict';
import { commitKeys, type TreeCommit } from '../../ingest/model/commit.ts';
import type { Store } from '../../ingest/store/store.ts';
import type { Tell } from './contract.ts';
import { dayMs, letter, source } from './letters.ts';

const sha = (digit: string) => digit.repeat(40);

function purr(digit: string, more: Partial<TreeCommit> = {}): TreeCommit {
  return {
    sha: sha(digit),
    title: 'cat: Purr softly',
    titleKey: 'cat: purr softly',
    authorName: 'Ada Example',
    authorAddress: 'ada@example.org',
    committedMs: dayMs(1),
    messageIds: [],
    upstream: '',
    fixes: [],
    reverts: '',
    release: '',
    ...more,
  };
}

async function plant(store: Store, path: string, commits: readonly TreeCommit[]): Promise<void> {
  const name = path.slice(1);
  await store.commits.putTree({ path, name, cursor: 'here', lastReadMs: 5, lastError: '' });
  await store.commits.putCommits(path, commits);
}

const found = async (store: Store, key: string) =>
  (await store.commits.findCommits([key])).map((commit) => `${commit.tree} ${commit.sha[0]}`);

export function commitSentences(tell: Tell): void {
  tell('commits are found by each of their keys, in order of time', async ({ store, reopen }) => {
    const full = purr('b', {
      messageIds: ['m1', 'm2'],
      upstream: sha('a'),
      fixes: ['c0ffee1234'],
      reverts: sha('d'),
      committedMs: dayMs(2),
      release: 'v2',
    });
    await plant(store, '/cats', [full, purr('a')]);
    await plant(store, '/dogs', [purr('a')]);
    const again = await reopen();
    assert.deepEqual(await again.commits.findCommits([commitKeys.mail('m2')]), [
      { ...full, tree: 'cats', patchIds: null },
    ]);
    assert.deepEqual(await found(again, commitKeys.title('cat: purr softly')), [
      'cats a',
      'dogs a',
      'cats b',
    ]);
    const keys = [commitKeys.upstream(sha('a')), commitKeys.fixes('c0ffee1'), commitKeys.reverts(sha('d'))];
    for (const key of keys) assert.deepEqual(await found(again, key), ['cats b'], key);
    assert.deepEqual(await found(again, commitKeys.sha('aaaaaaa')), ['cats a', 'dogs a']);
    assert.deepEqual(await again.commits.findCommits([]), []);
    const [cats] = await again.commits.getTrees();
    const row = { path: '/cats', name: 'cats', cursor: 'here', commits: 2, lastReadMs: 5, lastError: '' };
    assert.deepEqual(cats, row);
  });

  tell('a commit that is written again keeps its patch ids and loses its old keys', async ({ store }) => {
    await plant(store, '/cats', [purr('a', { messageIds: ['m1'] })]);
    const [compared] = await store.commits.putPatchIds('/cats', new Map([[sha('a'), ['p1', 'p2']]]));
    assert.deepEqual(compared?.patchIds, ['p1', 'p2']);
    assert.deepEqual(await store.commits.putPatchIds('/cats', new Map([[sha('b'), ['p3']]])), []);
    await store.commits.putCommits('/cats', [purr('a')]);
    assert.deepEqual(await found(store, commitKeys.patch('p2')), ['cats a']);
    assert.deepEqual(await found(store, commitKeys.mail('m1')), []);
  });

  tell('only commits by authors of held patches wait to be compared', async ({ store }) => {
    const late = { committedMs: dayMs(40) };
    const other = purr('b', { authorAddress: 'eve@example.org', ...late });
    await plant(store, '/cats', [purr('a', late), other, purr('c', { committedMs: dayMs(-90) })]);
    assert.deepEqual(await store.commits.listUncompared('/cats', 9), []);
    await store.putMails([letter({ id: 'm', from: 'ada@example.org', patch: {}, day: 1 })], source(), 1);
    assert.deepEqual(await store.commits.listUncompared('/cats', 9), [sha('a')]);
    await store.commits.putPatchIds('/cats', new Map([[sha('a'), []]]));
    assert.deepEqual(await store.commits.listUncompared('/cats', 9), []);
  });

  tell('releases come later, and commits and trees can go', async ({ store }) => {
    await plant(store, '/cats', [purr('a'), purr('b', { release: 'v1' })]);
    await plant(store, '/dogs', [purr('a')]);
    const releases = new Map([
      [sha('a'), 'v2'],
      [sha('b'), 'v1'],
      [sha('e'), 'v2'],
    ]);
    const changed = await store.commits.setReleases('/cats', releases);
    assert.deepEqual(
      changed.map((one) => [one.sha, one.release]),
      [[sha('a'), 'v2']],
    );
    const gone = await store.commits.dropCommits('/cats', [sha('b'), sha('e')]);
    assert.deepEqual(
      gone.map((one) => one.sha),
      [sha('b')],
    );
    await store.resetDerived();
    assert.deepEqual(
      await found(store, commitKeys.sha(sha('a'))),
      ['cats a', 'dogs a'],
      'a rebuild keeps them',
    );
    await store.commits.dropTree('/dogs');
    assert.deepEqual(await found(store, commitKeys.sha(sha('a'))), ['cats a']);
    assert.deepEqual(
      (await store.commits.getTrees()).map((tree) => tree.path),
      ['/cats'],
    );
  });
}
