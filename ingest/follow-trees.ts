/**
 * Following trees: reads what is new in the configured git repositories and lets the series wait that it concerns.
 *
 * A commit is kept whether or not its mail is held, so it does not matter which of both is read first. Diffs cost most
 * of the time and are compared only where an author of the commit has sent patches to a held list. A tree is read
 * again from where it was left; what a rewritten branch lost is taken away.
 */
import { basename } from 'node:path';
import { z } from 'zod';
import type { RepositoryConfig } from './config-keys.ts';
import { titleNoticeKey } from './link/keys.ts';
import type { CommitLanding, HeldCommit, TreeCommit } from './model/commit.ts';
import { PatchtrailError, SourceError } from './model/errors.ts';
import { limits } from './model/limits.ts';
import { readPatchIds } from './source/commit-diffs.ts';
import { readCommits, readLost, readTreeHeads, type Tag, type TreeHeads } from './source/commit-log.ts';
import { readFirstTags } from './source/first-tag.ts';
import type { TreeRow } from './store/commits.ts';
import type { Page, Store, StoredFact } from './store/store.ts';

export interface FollowOptions {
  readonly store: Store;
  readonly trees: readonly RepositoryConfig[];
  readonly nowMs: () => number;
  readonly signal?: AbortSignal;
  readonly onCommits?: (path: string, done: number) => void;
}

export interface FollowResult {
  /** Commits read in this run. */
  readonly commits: number;
  readonly failed: readonly { readonly location: string; readonly error: PatchtrailError }[];
}

const cursorSchema = z.object({
  heads: z.array(z.string()),
  tags: z.array(z.object({ name: z.string(), sha: z.string(), atMs: z.number() })),
});

/** Reads every tree. One that cannot be read does not stop the others. @throws StoreError */
export async function followTrees(options: FollowOptions): Promise<FollowResult> {
  const { store, trees } = options;
  let commits = 0;
  const failed: { location: string; error: PatchtrailError }[] = [];
  const known = new Map((await store.commits.getTrees()).map((row) => [row.path, row]));
  for (const { path, tree } of trees) {
    if (options.signal?.aborted) break;
    const name = tree || basename(path).replace(/\.git$/, '');
    const row = known.get(path) ?? { path, name, cursor: '', commits: 0, lastReadMs: null, lastError: '' };
    try {
      commits += await followTree(options, { ...row, name });
    } catch (cause) {
      if (!(cause instanceof PatchtrailError) || cause.code.startsWith('store-')) throw cause;
      failed.push({ location: path, error: cause });
      await store.commits.putTree({ ...row, name, lastError: cause.message });
    }
  }
  return { commits, failed };
}

async function followTree(options: FollowOptions, row: TreeRow): Promise<number> {
  const { store, nowMs } = options;
  const now = await readTreeHeads(row.path);
  if (now.heads.length === 0) {
    throw new SourceError('source-unreadable', 'There is no commit to read', {
      subject: row.path,
      remedy: 'Name a git repository (a clone or a mirror) under [[repositories]].',
    });
  }
  await store.commits.putTree({ ...row, lastError: '' });
  const before = await forgetLost(store, row, now);
  const releases = await newReleases(row.path, now.tags, before.tags);
  const count = await addCommits(options, row, { now, before, labels: releases.labels });
  if (before.heads.length > 0) await wake(store, await store.commits.setReleases(row.path, releases.labels));
  await compareDiffs(options, row.path);
  if (!options.signal?.aborted) {
    const cursor = JSON.stringify(now);
    await store.commits.putTree({ ...row, cursor, lastReadMs: nowMs(), lastError: '' });
  }
  return count;
}

/** Takes away what the tree has no more; gives the heads and tags from which reading goes on. */
async function forgetLost(store: Store, row: TreeRow, now: TreeHeads): Promise<TreeHeads> {
  const nothing = { heads: [], tags: [] };
  if (row.cursor === '') return nothing;
  const before = cursorSchema.parse(JSON.parse(row.cursor));
  const lost = await readLost(row.path, { from: allOf(before), not: allOf(now) });
  if (lost === undefined) {
    // Git has thrown the old commits away, so nobody can say which they were.
    await wakeOwners(store, row.name);
    await store.commits.dropTree(row.path);
    await store.commits.putTree({ ...row, cursor: '', lastError: '' });
    return nothing;
  }
  await wake(store, await store.commits.dropCommits(row.path, lost));
  return before;
}

/** All commits that heads and tags stand on. */
function allOf({ heads, tags }: TreeHeads): string[] {
  return [...new Set([...heads, ...tags.map((tag) => tag.sha)])];
}

/** Labels of commits that got their first tag. A tag that is older than known ones makes all labels anew. */
async function newReleases(
  path: string,
  now: readonly Tag[],
  before: readonly Tag[],
): Promise<{ labels: Map<string, string> }> {
  const isKnown = (tag: Tag) => before.some((one) => one.name === tag.name && one.sha === tag.sha);
  const fresh = now.filter((tag) => !isKnown(tag));
  const newest = before.at(-1)?.atMs ?? Number.NEGATIVE_INFINITY;
  const isAhead = before.length + fresh.length === now.length && fresh.every((tag) => tag.atMs > newest);
  return { labels: isAhead ? await readFirstTags(path, fresh, before) : await readFirstTags(path, now, []) };
}

async function addCommits(
  options: FollowOptions,
  row: TreeRow,
  at: { readonly now: TreeHeads; readonly before: TreeHeads; readonly labels: ReadonlyMap<string, string> },
): Promise<number> {
  let batch: TreeCommit[] = [];
  let count = 0;
  const flush = async () => {
    await options.store.commits.putCommits(row.path, batch);
    await wake(
      options.store,
      batch.map((commit) => ({ ...commit, patchIds: null })),
    );
    batch = [];
    options.onCommits?.(row.path, count);
  };
  for await (const commit of readCommits(row.path, { from: allOf(at.now), not: allOf(at.before) })) {
    if (options.signal?.aborted) break;
    batch.push({ ...commit, release: at.labels.get(commit.sha) ?? '' });
    count++;
    if (batch.length >= limits.batchCommits) await flush();
  }
  await flush();
  return count;
}

/** Diffs of commits by authors whose patches are held, and not yet compared. */
async function compareDiffs(options: FollowOptions, path: string): Promise<void> {
  const { store, signal } = options;
  while (!signal?.aborted) {
    const shas = await store.commits.listUncompared(path, limits.batchCommits);
    if (shas.length === 0) return;
    const ids = new Map<string, readonly string[]>(shas.map((sha) => [sha, []]));
    for await (const { sha, patchIds } of readPatchIds(path, shas)) ids.set(sha, patchIds);
    await wake(store, await store.commits.putPatchIds(path, ids));
  }
}

/** Lets all series wait that have commits of a tree. */
async function wakeOwners(store: Store, tree: string): Promise<void> {
  let cursor: string | null = null;
  do {
    const page: Page<StoredFact> = await store.listFacts('commit', {
      limit: limits.pageRows,
      ...(cursor === null ? {} : { cursor }),
    });
    const owners = page.items.filter(({ value }) => (value as CommitLanding).tree === tree);
    await store.markWaiting('series', [...new Set(owners.map(({ owner }) => owner))]);
    cursor = page.next;
  } while (cursor !== null);
}

/** Lets the series wait whose patches share a key with these commits. */
async function wake(
  store: Store,
  commits: readonly Pick<HeldCommit, 'titleKey' | 'messageIds' | 'patchIds' | 'sha'>[],
): Promise<void> {
  const keys = commits.flatMap(({ titleKey, messageIds, patchIds }) => [
    ...(titleKey === '' ? [] : [titleNoticeKey(titleKey)]),
    ...messageIds.map((id) => `i:${id}`),
    ...(patchIds ?? []).map((id) => `p:${id}`),
  ]);
  const atMs = Number.MAX_SAFE_INTEGER;
  const queries = [...new Set(keys)].map((key) => ({ key, direction: 'older' as const, atMs, limit: 50 }));
  const found = queries.length === 0 ? [] : await store.findPostings(queries);
  const places = await store.getRevisionsOf([...new Set(found.flat())]);
  await store.markWaiting('series', [...new Set([...places.values()].map((place) => place.series))].sort());
}
