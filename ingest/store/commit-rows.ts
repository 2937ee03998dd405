/**
 * Commit rows: commits of trees, found by hashed keys.
 */
import { createHash } from 'node:crypto';
import { commitKeys, type HeldCommit, keysOfCommit, type TreeCommit } from '../model/commit.ts';
import type { TreeRow } from './commits.ts';
import type { Dialect } from './dialect.ts';
import { all, get, type Steps } from './steps.ts';

/** Commits of one key at most: a title like "Fix typo" has hundreds, and none of them is known by it. */
const perKey = 200;
/** Authors send a patch first and commit later; maintainers may also do it the other way round. */
const beforeMs = 31 * 86_400_000;

interface CommitRow {
  commit_key: number;
  tree: string;
  sha: Uint8Array;
  author_address: string;
  committed_ms: number;
  release: string;
  patch_ids: string | null;
  data: string;
}

type Packed = Pick<TreeCommit, 'title' | 'titleKey' | 'authorName'> &
  Partial<Pick<TreeCommit, 'messageIds' | 'upstream' | 'fixes' | 'reverts'>>;

const selected = `c.commit_key, t.name AS tree, c.sha, c.author_address, c.committed_ms, c.release, c.patch_ids, c.data
  FROM tree_commit c JOIN tree t USING (tree_key)`;

export function* readTrees(): Steps<TreeRow[]> {
  return yield* all<TreeRow>(
    `SELECT path, name, cursor, last_read_ms AS "lastReadMs", last_error AS "lastError",
       (SELECT count(*) FROM tree_commit c WHERE c.tree_key = t.tree_key) AS commits FROM tree t ORDER BY path`,
  );
}

export function* writeTree(tree: Omit<TreeRow, 'commits'>): Steps<void> {
  yield* all(
    `INSERT INTO tree (path, name, cursor, last_read_ms, last_error) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (path) DO UPDATE SET name = excluded.name, cursor = excluded.cursor,
       last_read_ms = excluded.last_read_ms, last_error = excluded.last_error`,
    tree.path,
    tree.name,
    tree.cursor,
    tree.lastReadMs,
    tree.lastError,
  );
}

export function* deleteTree(path: string): Steps<void> {
  const key = yield* treeKey(path);
  yield* all(
    'DELETE FROM commit_lookup WHERE commit_key IN (SELECT commit_key FROM tree_commit WHERE tree_key = ?)',
    key,
  );
  yield* all('DELETE FROM tree_commit WHERE tree_key = ?', key);
  yield* all('DELETE FROM tree WHERE tree_key = ?', key);
}

export function* writeCommits(path: string, commits: readonly TreeCommit[]): Steps<void> {
  const tree = yield* treeKey(path);
  for (const commit of commits) {
    const { sha, authorAddress, committedMs, release } = commit;
    const known = yield* findRow(tree, sha);
    if (known) yield* deleteKeys(known);
    const patchIds = known?.patch_ids ?? null;
    const written = yield* get<{ key: number }>(
      `INSERT INTO tree_commit (tree_key, sha, author_address, committed_ms, release, patch_ids, data)
       VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (sha, tree_key) DO UPDATE SET author_address = excluded.author_address,
         committed_ms = excluded.committed_ms, release = excluded.release, data = excluded.data
       RETURNING commit_key AS key`,
      tree,
      Buffer.from(sha, 'hex'),
      authorAddress,
      committedMs,
      release,
      patchIds,
      packed(commit),
    );
    yield* writeKeys(written?.key ?? 0, [
      ...keysOfCommit(commit),
      ...unpackIds(patchIds).map(commitKeys.patch),
    ]);
  }
}

export function* deleteCommits(path: string, shas: readonly string[]): Steps<HeldCommit[]> {
  const tree = yield* treeKey(path);
  const gone: CommitRow[] = [];
  for (const sha of shas) {
    const row = yield* findRow(tree, sha);
    if (!row) continue;
    gone.push(row);
    yield* deleteKeys(row);
    yield* all('DELETE FROM tree_commit WHERE commit_key = ?', row.commit_key);
  }
  return gone.map(unpack);
}

export function* writeReleases(path: string, releases: ReadonlyMap<string, string>): Steps<HeldCommit[]> {
  const tree = yield* treeKey(path);
  const news: HeldCommit[] = [];
  for (const [sha, release] of releases) {
    const changed = yield* all(
      'UPDATE tree_commit SET release = ? WHERE sha = ? AND tree_key = ? AND release <> ? RETURNING sha',
      release,
      Buffer.from(sha, 'hex'),
      tree,
      release,
    );
    if (changed.length > 0) news.push(...(yield* heldOf(tree, sha)));
  }
  return news;
}

export function* listUncompared(dialect: Dialect, path: string, limit: number): Steps<string[]> {
  const rows = yield* all<{ sha: Uint8Array }>(
    `SELECT c.sha FROM (SELECT DISTINCT p.address FROM posting q JOIN person p ON p.person_key = q.author_key) a
       ${dialect.joinInOrder} tree_commit c ON c.author_address = a.address AND c.patch_ids IS NULL
         AND c.committed_ms >= (SELECT min(sent_ms) FROM posting) - ?
       WHERE c.tree_key = ? LIMIT ?`,
    beforeMs,
    yield* treeKey(path),
    limit,
  );
  return rows.map(({ sha }) => Buffer.from(sha).toString('hex'));
}

export function* writePatchIds(
  path: string,
  ids: ReadonlyMap<string, readonly string[]>,
): Steps<HeldCommit[]> {
  const tree = yield* treeKey(path);
  const held: HeldCommit[] = [];
  for (const [sha, patchIds] of ids) {
    const row = yield* findRow(tree, sha);
    if (!row) continue;
    yield* all(
      'UPDATE tree_commit SET patch_ids = ? WHERE commit_key = ?',
      patchIds.join(' '),
      row.commit_key,
    );
    yield* writeKeys(row.commit_key, patchIds.map(commitKeys.patch));
    held.push(...(yield* heldOf(tree, sha)));
  }
  return held;
}

export function* findCommits(keys: readonly string[]): Steps<HeldCommit[]> {
  const rows = new Map<number, CommitRow>();
  for (const key of new Set(keys)) {
    for (const row of yield* all<CommitRow>(
      `SELECT ${selected} WHERE c.commit_key IN (SELECT commit_key FROM commit_lookup WHERE hash = ?)
       ORDER BY c.committed_ms, c.sha LIMIT ${perKey}`,
      keyHash(key),
    )) {
      rows.set(row.commit_key, row);
    }
  }
  return [...rows.values()]
    .map(unpack)
    .sort((a, b) => a.committedMs - b.committedMs || compare(a.sha, b.sha) || compare(a.tree, b.tree));
}

function* treeKey(path: string): Steps<number> {
  const row = yield* get<{ tree_key: number }>('SELECT tree_key FROM tree WHERE path = ?', path);
  return row?.tree_key ?? 0;
}

function* findRow(tree: number, sha: string): Steps<CommitRow | undefined> {
  return yield* get<CommitRow>(
    `SELECT ${selected} WHERE c.sha = ? AND c.tree_key = ?`,
    Buffer.from(sha, 'hex'),
    tree,
  );
}

function* heldOf(tree: number, sha: string): Steps<HeldCommit[]> {
  const row = yield* findRow(tree, sha);
  return row ? [unpack(row)] : [];
}

function* writeKeys(commitKey: number, keys: readonly string[]): Steps<void> {
  for (const key of keys) {
    yield* all(
      'INSERT INTO commit_lookup (hash, commit_key) VALUES (?, ?) ON CONFLICT (hash, commit_key) DO NOTHING',
      keyHash(key),
      commitKey,
    );
  }
}

function* deleteKeys({ commit_key }: CommitRow): Steps<void> {
  yield* all('DELETE FROM commit_lookup WHERE commit_key = ?', commit_key);
}

/** 48 bits, as of link keys: whoever uses what was found compares it in full. */
function keyHash(key: string): number {
  return createHash('sha1').update(key).digest().readUIntBE(0, 6);
}

/** What most commits do not have is left out: a tree has a million of them. */
function packed({ title, titleKey, authorName, messageIds, upstream, fixes, reverts }: TreeCommit): string {
  const row: Packed = {
    title,
    titleKey,
    authorName,
    ...(messageIds.length > 0 ? { messageIds } : {}),
    ...(upstream === '' ? {} : { upstream }),
    ...(fixes.length > 0 ? { fixes } : {}),
    ...(reverts === '' ? {} : { reverts }),
  };
  return JSON.stringify(row);
}

function unpack(row: CommitRow): HeldCommit {
  const data: Packed = JSON.parse(row.data);
  return {
    sha: Buffer.from(row.sha).toString('hex'),
    tree: row.tree,
    authorAddress: row.author_address,
    committedMs: row.committed_ms,
    release: row.release,
    patchIds: row.patch_ids === null ? null : unpackIds(row.patch_ids),
    messageIds: [],
    upstream: '',
    fixes: [],
    reverts: '',
    ...data,
  };
}

function unpackIds(text: string | null): string[] {
  return text === null || text === '' ? [] : text.split(' ');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
