/**
 * Commit schema: trees and their commits, with hashed keys beside them as postings have (./posting-rows.ts).
 */
export const commitTables = `
CREATE TABLE tree (
  tree_key INTEGER PRIMARY KEY,
  path TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  cursor TEXT NOT NULL,
  last_read_ms INTEGER,
  last_error TEXT NOT NULL
);
CREATE TABLE tree_commit (
  commit_key INTEGER PRIMARY KEY,
  tree_key INTEGER NOT NULL REFERENCES tree,
  sha BLOB NOT NULL,
  author_address TEXT NOT NULL,
  committed_ms INTEGER NOT NULL,
  release TEXT NOT NULL,
  -- null: not compared yet
  patch_ids TEXT,
  data TEXT NOT NULL
);
CREATE UNIQUE INDEX tree_commit_sha ON tree_commit (sha, tree_key);
CREATE INDEX tree_commit_uncompared ON tree_commit (author_address, committed_ms) WHERE patch_ids IS NULL;
CREATE TABLE commit_lookup (
  hash INTEGER NOT NULL,
  commit_key INTEGER NOT NULL,
  PRIMARY KEY (hash, commit_key)
) WITHOUT ROWID;
CREATE INDEX commit_lookup_commit ON commit_lookup (commit_key);`;
