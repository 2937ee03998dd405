/**
 * Tracker schema: tables of what people and machines say of patches, and of who they are. Kept for ever.
 */
export const trackerTables = `
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
);`;
