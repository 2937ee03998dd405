/**
 * Migration steps: how the tables of each older version become those of the next. Written once, never changed.
 *
 * A new store is made by ./schema.ts at once; ../../test/store/migration.test.ts holds both ways to the same tables.
 */
interface MigrationStep {
  readonly name: string;
  readonly sql: string;
}

/** Messages are read again, so that what is new is told of old ones too. */
const readAgain = `INSERT OR IGNORE INTO waiting (stage, owner_key) SELECT 'parse', message_key FROM message;`;

/** The first brings a store from version 1 to 2. */
export const migrationSteps: readonly MigrationStep[] = [
  {
    name: 'patches by number, what is said of them, statistics, commits of trees',
    sql: `
ALTER TABLE source ADD COLUMN last_tried_ms INTEGER;
ALTER TABLE source ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;
ALTER TABLE source ADD COLUMN newest_ms INTEGER;
ALTER TABLE source ADD COLUMN lag_ms INTEGER;
CREATE TABLE series_activity (
  series_key INTEGER PRIMARY KEY,
  author_key INTEGER NOT NULL REFERENCES person,
  first_ms INTEGER NOT NULL,
  rounds INTEGER NOT NULL,
  taken_ms INTEGER,
  taken_key INTEGER
);
CREATE TABLE review (
  series_key INTEGER NOT NULL,
  message_key INTEGER NOT NULL,
  person_key INTEGER NOT NULL REFERENCES person,
  at_ms INTEGER NOT NULL,
  delay_ms INTEGER NOT NULL,
  PRIMARY KEY (series_key, message_key)
) WITHOUT ROWID;
CREATE TABLE series_role (
  series_key INTEGER NOT NULL,
  person_key INTEGER NOT NULL REFERENCES person,
  role TEXT NOT NULL,
  PRIMARY KEY (person_key, role, series_key)
) WITHOUT ROWID;
CREATE INDEX series_role_series ON series_role (series_key);
CREATE INDEX review_person ON review (person_key);
CREATE TABLE open_point (
  series_key INTEGER NOT NULL,
  place INTEGER NOT NULL,
  message_key INTEGER NOT NULL,
  since_ms INTEGER NOT NULL,
  PRIMARY KEY (series_key, place)
) WITHOUT ROWID;
CREATE TABLE maintainers_file (tree TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE tracked (
  message_key INTEGER PRIMARY KEY,
  -- when this store first held the mail: readers that ask for what is new must not miss one that came late
  held_ms INTEGER NOT NULL,
  name TEXT,
  hash BLOB
);
CREATE INDEX tracked_held ON tracked (held_ms);
CREATE INDEX tracked_hash ON tracked (hash) WHERE hash IS NOT NULL;
CREATE TABLE patch_mark (
  message_key INTEGER PRIMARY KEY,
  state TEXT,
  is_archived INTEGER NOT NULL,
  delegate INTEGER,
  commit_ref TEXT,
  pull_url TEXT
);
CREATE TABLE patch_check (
  check_key INTEGER PRIMARY KEY AUTOINCREMENT,
  message_key INTEGER NOT NULL,
  context TEXT NOT NULL,
  state TEXT NOT NULL,
  description TEXT NOT NULL,
  url TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  by TEXT NOT NULL
);
CREATE INDEX patch_check_message ON patch_check (message_key);
CREATE TABLE record (
  record_key INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  UNIQUE (kind, name)
);
CREATE TABLE audit (
  audit_key INTEGER PRIMARY KEY AUTOINCREMENT,
  at_ms INTEGER NOT NULL,
  by TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL
);
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
CREATE INDEX commit_lookup_commit ON commit_lookup (commit_key);
${readAgain}`,
  },
  {
    name: 'recipients in To and in Cc are told apart by search',
    sql: `
DROP TABLE search;
CREATE VIRTUAL TABLE search USING fts5(
  own, quoted, recipient, copied, subject, sender, file, added, removed, context, function,
  content='', contentless_delete=1, detail=full, tokenize="ascii tokenchars '_'"
);
INSERT INTO search (search, rank) VALUES ('automerge', 8);
INSERT INTO search (search, rank) VALUES ('hashsize', 8388608);
${readAgain}`,
  },
];
