/**
 * Schema: the tables of the SQLite engine, as the newest code makes them.
 *
 * Every Message-ID, held or only named, is interned once in `message_id`; all other tables speak of it by its integer
 * key, which keeps the store below the size of the mail. `search_key` orders messages by time and is the rowid of the
 * search index, so that newest-first answers stream without sorting (see search-key.ts). JSON columns named `data` are
 * packed by packed-json.ts. How an older store becomes this one: ./migrations.ts.
 */
import { commitTables } from './commit-schema.ts';
import { trackerTables } from './tracker-schema.ts';

/** Tables of mail: kept for ever. */
const mailTables = `
CREATE TABLE list (list_key INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE source (
  source_key INTEGER PRIMARY KEY,
  location TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  list TEXT NOT NULL,
  cursor TEXT,
  mails INTEGER NOT NULL DEFAULT 0,
  last_pulled_ms INTEGER,
  last_tried_ms INTEGER,
  failures INTEGER NOT NULL DEFAULT 0,
  last_error TEXT NOT NULL DEFAULT '',
  newest_ms INTEGER,
  lag_ms INTEGER
);
CREATE TABLE message_id (message_key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
CREATE TABLE person (
  person_key INTEGER PRIMARY KEY,
  address TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL DEFAULT '',
  messages INTEGER NOT NULL DEFAULT 0,
  postings INTEGER NOT NULL DEFAULT 0,
  first_ms INTEGER NOT NULL DEFAULT 0,
  last_ms INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE message (
  message_key INTEGER PRIMARY KEY REFERENCES message_id,
  search_key INTEGER NOT NULL,
  raw_key INTEGER NOT NULL,
  subject TEXT NOT NULL,
  from_key INTEGER NOT NULL REFERENCES person,
  from_name TEXT NOT NULL,
  sort_ms INTEGER NOT NULL,
  date_ms INTEGER,
  arrived_ms INTEGER NOT NULL,
  size_bytes INTEGER NOT NULL,
  is_posting INTEGER NOT NULL,
  is_reply INTEGER NOT NULL,
  has_attachment INTEGER NOT NULL,
  parent_key INTEGER,
  parent_is_guess INTEGER NOT NULL DEFAULT 0,
  thread_key INTEGER NOT NULL
);
CREATE UNIQUE INDEX message_search ON message (search_key);
CREATE INDEX message_thread ON message (thread_key, is_posting);
CREATE INDEX message_person ON message (from_key, search_key, sort_ms, is_posting);
CREATE INDEX message_sort ON message (sort_ms);
CREATE TABLE message_list (
  list_key INTEGER NOT NULL REFERENCES list,
  search_key INTEGER NOT NULL,
  message_key INTEGER NOT NULL REFERENCES message,
  is_posting INTEGER NOT NULL,
  PRIMARY KEY (list_key, search_key)
) WITHOUT ROWID;
CREATE INDEX message_list_message ON message_list (message_key);
CREATE TABLE raw (
  raw_key INTEGER PRIMARY KEY,
  message_key INTEGER NOT NULL,
  sha256 BLOB NOT NULL,
  block_key INTEGER NOT NULL,
  start INTEGER NOT NULL,
  size_bytes INTEGER NOT NULL,
  arrived_ms INTEGER,
  -- 1: a web archive's print of the mail; never shown where a real copy is held
  is_print INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX raw_message ON raw (message_key);
CREATE INDEX raw_in_block ON raw (block_key);
CREATE TABLE raw_block (block_key INTEGER PRIMARY KEY, size_bytes INTEGER NOT NULL, packed BLOB NOT NULL);
CREATE TABLE appearance (
  message_key INTEGER NOT NULL,
  list_key INTEGER NOT NULL REFERENCES list,
  source_key INTEGER NOT NULL REFERENCES source,
  raw_key INTEGER NOT NULL,
  arrived_ms INTEGER,
  PRIMARY KEY (message_key, list_key, source_key, raw_key)
) WITHOUT ROWID;
CREATE TABLE reference (
  message_key INTEGER NOT NULL,
  place INTEGER NOT NULL,
  referenced_key INTEGER NOT NULL,
  PRIMARY KEY (message_key, place)
) WITHOUT ROWID;
CREATE INDEX reference_referenced ON reference (referenced_key);
CREATE TABLE posting (
  message_key INTEGER PRIMARY KEY,
  sent_ms INTEGER NOT NULL,
  author_key INTEGER NOT NULL REFERENCES person,
  is_cover INTEGER NOT NULL,
  has_diff INTEGER NOT NULL,
  is_rfc INTEGER NOT NULL,
  is_resend INTEGER NOT NULL,
  patch_id BLOB,
  change_id TEXT,
  trailer_names TEXT NOT NULL,
  link_hashes TEXT NOT NULL,
  line_hashes BLOB NOT NULL,
  word_hashes BLOB NOT NULL,
  data NOT NULL
);
CREATE INDEX posting_patch_id ON posting (patch_id) WHERE patch_id IS NOT NULL;
CREATE INDEX posting_change_id ON posting (change_id) WHERE change_id IS NOT NULL;
CREATE INDEX posting_author ON posting (author_key);
CREATE TABLE link_key (
  hash INTEGER NOT NULL,
  sent_ms INTEGER NOT NULL,
  message_key INTEGER NOT NULL,
  PRIMARY KEY (hash, sent_ms, message_key)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE search USING fts5(
  own, quoted, recipient, copied, subject, sender, file, added, removed, context, function,
  content='', contentless_delete=1, detail=full, tokenize="ascii tokenchars '_'"
);
INSERT INTO search (search, rank) VALUES ('automerge', 8);
INSERT INTO search (search, rank) VALUES ('hashsize', 8388608);`;

/** Tables of what was derived: can be made again. */
const derivedTables = `
CREATE TABLE placement (
  message_key INTEGER PRIMARY KEY,
  revision_key INTEGER NOT NULL,
  series_key INTEGER NOT NULL,
  lineage_key INTEGER,
  version INTEGER NOT NULL,
  position INTEGER NOT NULL,
  total INTEGER NOT NULL,
  previous_key INTEGER,
  data
);
CREATE INDEX placement_series ON placement (series_key);
CREATE INDEX placement_lineage ON placement (lineage_key) WHERE lineage_key IS NOT NULL;
CREATE TABLE revision (
  revision_key INTEGER PRIMARY KEY,
  series_key INTEGER NOT NULL,
  sent_ms INTEGER NOT NULL,
  data NOT NULL
);
CREATE INDEX revision_series ON revision (series_key);
CREATE TABLE series (
  series_key INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  title_words TEXT NOT NULL,
  author_address TEXT NOT NULL,
  author_name TEXT NOT NULL,
  first_ms INTEGER NOT NULL,
  last_ms INTEGER NOT NULL,
  latest_revision_key INTEGER NOT NULL,
  version INTEGER NOT NULL,
  total INTEGER NOT NULL,
  is_rfc INTEGER NOT NULL,
  state TEXT NOT NULL,
  turn TEXT NOT NULL,
  waiting_person TEXT NOT NULL,
  waiting_since_ms INTEGER NOT NULL,
  waiting_why TEXT NOT NULL,
  open_points INTEGER NOT NULL,
  acked INTEGER NOT NULL,
  reviewed INTEGER NOT NULL,
  tested INTEGER NOT NULL,
  data NOT NULL
);
CREATE INDEX series_author ON series (author_address);
CREATE INDEX series_last ON series (last_ms);
CREATE TABLE series_list (
  list_key INTEGER NOT NULL REFERENCES list,
  series_key INTEGER NOT NULL,
  PRIMARY KEY (list_key, series_key)
) WITHOUT ROWID;
CREATE INDEX series_list_series ON series_list (series_key);
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
CREATE TABLE fact (
  owner_key INTEGER NOT NULL,
  kind TEXT NOT NULL,
  count INTEGER NOT NULL,
  data NOT NULL,
  PRIMARY KEY (owner_key, kind)
) WITHOUT ROWID;
CREATE TABLE fact_subject (
  subject_key INTEGER NOT NULL,
  kind TEXT NOT NULL,
  owner_key INTEGER NOT NULL,
  PRIMARY KEY (subject_key, kind, owner_key)
) WITHOUT ROWID;
CREATE TABLE given_trailer (
  subject_key INTEGER NOT NULL,
  owner_key INTEGER NOT NULL,
  place INTEGER NOT NULL,
  name TEXT NOT NULL,
  address TEXT NOT NULL,
  PRIMARY KEY (subject_key, owner_key, place)
) WITHOUT ROWID;
CREATE INDEX given_trailer_owner ON given_trailer (owner_key);
CREATE INDEX given_trailer_address ON given_trailer (address);
CREATE TABLE waiting (
  stage TEXT NOT NULL,
  owner_key INTEGER NOT NULL,
  PRIMARY KEY (stage, owner_key)
) WITHOUT ROWID;`;

/** Tables of what people and machines said: kept for ever. */
const keptTables = `
CREATE TABLE maintainers_file (tree TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE correction (
  correction_id INTEGER PRIMARY KEY AUTOINCREMENT,
  at_ms INTEGER NOT NULL,
  by TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  value TEXT NOT NULL,
  reason TEXT NOT NULL,
  undone_by INTEGER REFERENCES correction
);
CREATE INDEX correction_subject ON correction (subject);
CREATE TABLE trouble (
  trouble_key INTEGER PRIMARY KEY,
  source TEXT NOT NULL,
  place TEXT NOT NULL,
  code TEXT NOT NULL,
  message_id TEXT NOT NULL,
  detail TEXT NOT NULL,
  UNIQUE (source, place, code, message_id)
);
CREATE TABLE report (
  report_id TEXT PRIMARY KEY,
  received_ms INTEGER NOT NULL,
  release TEXT NOT NULL,
  machine TEXT NOT NULL,
  data TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX report_release ON report (release);
CREATE TABLE event (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  at_ms INTEGER NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL
);`;

/** The whole schema at its first version. */
export const schemaSql = mailTables + derivedTables + keptTables + trackerTables + commitTables;

/** Tables that resetDerived empties. */
export const derivedTableNames = [
  'placement',
  'revision',
  'series',
  'series_list',
  'series_activity',
  'review',
  'open_point',
  'series_role',
  'fact',
  'fact_subject',
  'given_trailer',
  'waiting',
] as const;
