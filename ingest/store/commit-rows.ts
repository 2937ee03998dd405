/**
 * Commit rows: commits of trees, found by hashed keys.
 */
import { createHash } from 'node:crypto';
import { commitKeys, type HeldCommit, keysOfCommit, type TreeCommit } from '../model/commit.ts';
import type { TreeRow } from './commits.ts';
import type { Connection } from './connection.ts';

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

export function readTrees(connection: Connection): TreeRow[] {
  return connection.all<TreeRow>(
    `SELECT path, name, cursor, last_read_ms AS lastReadMs, last_error AS lastError,
       (SELECT count(*) FROM tree_commit c WHERE c.tree_key = t.tree_key) AS commits FROM tree t ORDER BY path`,
  );
}

export function writeTree(connection: Connection, tree: Omit<TreeRow, 'commits'>): void {
  connection.run(
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

export function deleteTree(connection: Connection, path: string): void {
  const key = treeKey(connection, path);
  connection.run(
    'DELETE FROM commit_lookup WHERE commit_key IN (SELECT commit_key FROM tree_commit WHERE tree_key = ?)',
    key,
  );
  connection.run('DELETE FROM tree_commit WHERE tree_key = ?', key);
  connection.run('DELETE FROM tree WHERE tree_key = ?', key);
}

export function writeCommits(connection: Connection, path: string, commits: readonly TreeCommit[]): void {
  const tree = treeKey(connection, path);
  for (const commit of commits) {
    const { sha, authorAddress, committedMs, release } = commit;
    const known = findRow(connection, tree, sha);
    if (known) deleteKeys(connection, known);
    const patchIds = known?.patch_ids ?? null;
    const { key } = connection.run(
      `INSERT OR REPLACE INTO tree_commit (commit_key, tree_key, sha, author_address, committed_ms, release, patch_ids, data)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      known?.commit_key ?? null,
      tree,
      Buffer.from(sha, 'hex'),
      authorAddress,
      committedMs,
      release,
      patchIds,
      packed(commit),
    );
    writeKeys(connection, key, [...keysOfCommit(commit), ...unpackIds(patchIds).map(commitKeys.patch)]);
  }
}

export function deleteCommits(connection: Connection, path: string, shas: readonly string[]): HeldCommit[] {
  const tree = treeKey(connection, path);
  const gone = shas.flatMap((sha) => findRow(connection, tree, sha) ?? []);
  for (const row of gone) {
    deleteKeys(connection, row);
    connection.run('DELETE FROM tree_commit WHERE commit_key = ?', row.commit_key);
  }
  return gone.map(unpack);
}

export function writeReleases(
  connection: Connection,
  path: string,
  releases: ReadonlyMap<string, string>,
): HeldCommit[] {
  const tree = treeKey(connection, path);
  return [...releases].flatMap(([sha, release]) => {
    const { changes } = connection.run(
      'UPDATE tree_commit SET release = ? WHERE sha = ? AND tree_key = ? AND release <> ?',
      release,
      Buffer.from(sha, 'hex'),
      tree,
      release,
    );
    return changes > 0 ? heldOf(connection, tree, sha) : [];
  });
}

export function listUncompared(connection: Connection, path: string, limit: number): string[] {
  return connection
    .all<{ sha: Uint8Array }>(
      `SELECT c.sha FROM (SELECT DISTINCT p.address FROM posting q JOIN person p ON p.person_key = q.author_key) a
       CROSS JOIN tree_commit c ON c.author_address = a.address AND c.patch_ids IS NULL
         AND c.committed_ms >= (SELECT min(sent_ms) FROM posting) - ?
       WHERE c.tree_key = ? LIMIT ?`,
      beforeMs,
      treeKey(connection, path),
      limit,
    )
    .map(({ sha }) => Buffer.from(sha).toString('hex'));
}

export function writePatchIds(
  connection: Connection,
  path: string,
  ids: ReadonlyMap<string, readonly string[]>,
): HeldCommit[] {
  const tree = treeKey(connection, path);
  return [...ids].flatMap(([sha, patchIds]) => {
    const row = findRow(connection, tree, sha);
    if (!row) return [];
    connection.run(
      'UPDATE tree_commit SET patch_ids = ? WHERE commit_key = ?',
      patchIds.join(' '),
      row.commit_key,
    );
    writeKeys(connection, row.commit_key, patchIds.map(commitKeys.patch));
    return heldOf(connection, tree, sha);
  });
}

export function findCommits(connection: Connection, keys: readonly string[]): HeldCommit[] {
  const rows = new Map<number, CommitRow>();
  for (const key of new Set(keys)) {
    for (const row of connection.all<CommitRow>(
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

function treeKey(connection: Connection, path: string): number {
  return (
    connection.get<{ tree_key: number }>('SELECT tree_key FROM tree WHERE path = ?', path)?.tree_key ?? 0
  );
}

function findRow(connection: Connection, tree: number, sha: string): CommitRow | undefined {
  return connection.get<CommitRow>(
    `SELECT ${selected} WHERE c.sha = ? AND c.tree_key = ?`,
    Buffer.from(sha, 'hex'),
    tree,
  );
}

function heldOf(connection: Connection, tree: number, sha: string): HeldCommit[] {
  const row = findRow(connection, tree, sha);
  return row ? [unpack(row)] : [];
}

function writeKeys(connection: Connection, commitKey: number, keys: readonly string[]): void {
  for (const key of keys) {
    connection.run(
      'INSERT OR IGNORE INTO commit_lookup (hash, commit_key) VALUES (?, ?)',
      keyHash(key),
      commitKey,
    );
  }
}

function deleteKeys(connection: Connection, { commit_key }: CommitRow): void {
  connection.run('DELETE FROM commit_lookup WHERE commit_key = ?', commit_key);
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
