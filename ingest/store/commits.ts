/**
 * Commits: what was read of git repositories. A part of the store with its own interface.
 *
 * Kept for ever, as mail is: a rebuild derives landings from them again without reading the repositories.
 */
import type { HeldCommit, TreeCommit } from '../model/commit.ts';

/** A repository and how far it was read. */
export interface TreeRow {
  readonly path: string;
  readonly name: string;
  /** Opaque here; empty where nothing was read. */
  readonly cursor: string;
  readonly commits: number;
  readonly lastReadMs: number | null;
  readonly lastError: string;
}

export interface CommitStore {
  /** In order of path. */
  getTrees(): Promise<readonly TreeRow[]>;
  /** Writes all but the number of commits, which the store counts. */
  putTree(tree: Omit<TreeRow, 'commits'>): Promise<void>;
  /** Takes a tree away with its commits. */
  dropTree(path: string): Promise<void>;
  /** Adds commits; those held already are written anew and keep their patch ids. */
  putCommits(path: string, commits: readonly TreeCommit[]): Promise<void>;
  /** Takes away commits that the tree has no more; gives what was held of them. */
  dropCommits(path: string, shas: readonly string[]): Promise<readonly HeldCommit[]>;
  /** First releases of commits; gives the commits for which that is news. */
  setReleases(path: string, releases: ReadonlyMap<string, string>): Promise<readonly HeldCommit[]>;
  /** Commits without patch ids whose author has sent a patch to a list, from a month before the first patch held. */
  listUncompared(path: string, limit: number): Promise<readonly string[]>;
  /** Gives the commits as they are now. */
  putPatchIds(path: string, ids: ReadonlyMap<string, readonly string[]>): Promise<readonly HeldCommit[]>;
  /** All that carry one of the keys (model/commit.ts), in order of time and sha; of one key a bounded number. */
  findCommits(keys: readonly string[]): Promise<readonly HeldCommit[]>;
}
