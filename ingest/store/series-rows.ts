/**
 * Series rows: what the queue orders and filters by, written. The queue itself: ./series-queue.ts
 */
import type { Basis } from '../model/fact.ts';
import type { WaitingTurn } from '../model/review.ts';
import type { GhostVersion, SeriesState } from '../model/series.ts';
import type { Connection } from './connection.ts';
import type { Dialect } from './dialect.ts';
import { addEvent } from './event-rows.ts';
import { findKeysOf } from './key-steps.ts';
import { findKey, makeKey, makeListKey } from './keys.ts';
import { packJson, unpackJson } from './packed-json.ts';
import { all, type Steps } from './steps.ts';
import type { SeriesRow } from './store.ts';

/** The part of a series that nothing filters by. */
interface SeriesData {
  readonly lists: readonly string[];
  readonly stateBasis: Basis;
  readonly waitingBasis: Basis;
  readonly ghosts: readonly GhostVersion[];
}

export interface StoredSeriesRow {
  series_key: number;
  id: string;
  title: string;
  title_words: string;
  author_address: string;
  author_name: string;
  first_ms: number;
  last_ms: number;
  latest_revision: string;
  version: number;
  total: number;
  is_rfc: number;
  state: SeriesState;
  turn: WaitingTurn;
  waiting_person: string;
  waiting_since_ms: number;
  waiting_why: string;
  open_points: number;
  acked: number;
  reviewed: number;
  tested: number;
  data: string | Uint8Array;
}

/** The columns of StoredSeriesRow, for `FROM series s` joined by seriesJoins. */
export const seriesColumns = `s.series_key, i.id, s.title, s.title_words, s.author_address, s.author_name, s.first_ms, s.last_ms,
  latest.id AS latest_revision, s.version, s.total, s.is_rfc, s.state, s.turn, s.waiting_person,
  s.waiting_since_ms, s.waiting_why, s.open_points, s.acked, s.reviewed, s.tested, s.data`;

export const seriesJoins = `FROM series s JOIN message_id i ON i.message_key = s.series_key
  JOIN message_id latest ON latest.message_key = s.latest_revision_key`;

export function seriesOf(row: StoredSeriesRow): SeriesRow {
  const data = unpackJson<SeriesData>(row.data);
  return {
    id: row.id,
    title: row.title,
    titleWords: row.title_words,
    authorAddress: row.author_address,
    authorName: row.author_name,
    lists: data.lists,
    firstMs: row.first_ms,
    lastMs: row.last_ms,
    latestRevision: row.latest_revision,
    version: row.version,
    total: row.total,
    isRfc: row.is_rfc === 1,
    state: row.state,
    stateBasis: data.stateBasis,
    turn: row.turn,
    waitingPerson: row.waiting_person,
    waitingSinceMs: row.waiting_since_ms,
    waitingWhy: row.waiting_why,
    waitingBasis: data.waitingBasis,
    openPoints: row.open_points,
    acked: row.acked,
    reviewed: row.reviewed,
    tested: row.tested,
    ghosts: data.ghosts,
  };
}

export function* readSeries(dialect: Dialect, ids: readonly string[]): Steps<Map<string, SeriesRow>> {
  const rows = yield* all<StoredSeriesRow>(
    `SELECT ${seriesColumns} ${seriesJoins} WHERE s.series_key ${dialect.among}`,
    dialect.many((yield* findKeysOf(dialect, ids)).values()),
  );
  return new Map(rows.map((row) => [row.id, seriesOf(row)]));
}

export function writeSeries(
  connection: Connection,
  rows: readonly SeriesRow[],
  gone: readonly string[],
  nowMs: number,
): void {
  for (const id of gone) {
    const key = findKey(connection, id) ?? 0;
    connection.run('DELETE FROM series_list WHERE series_key = ?', key);
    const { changes } = connection.run('DELETE FROM series WHERE series_key = ?', key);
    if (changes > 0) addEvent(connection, nowMs, 'series', id);
  }
  for (const row of rows) {
    writeOne(connection, row);
    addEvent(connection, nowMs, 'series', row.id);
  }
}

function writeOne(connection: Connection, row: SeriesRow): void {
  const values = seriesValues(row, (id) => makeKey(connection, id));
  const key = values.series_key;
  connection.insert('series', values);
  connection.run('DELETE FROM series_list WHERE series_key = ?', key);
  for (const list of new Set(row.lists)) {
    connection.run(
      'INSERT INTO series_list (list_key, series_key) VALUES (?, ?)',
      makeListKey(connection, list),
      key,
    );
  }
}

/** A row of the table `series`. */
export function seriesValues(row: SeriesRow, keyOf: (id: string) => number) {
  const { lists, stateBasis, waitingBasis, ghosts } = row;
  return {
    series_key: keyOf(row.id),
    title: row.title,
    title_words: row.titleWords,
    author_address: row.authorAddress,
    author_name: row.authorName,
    first_ms: row.firstMs,
    last_ms: row.lastMs,
    latest_revision_key: keyOf(row.latestRevision),
    version: row.version,
    total: row.total,
    is_rfc: Number(row.isRfc),
    state: row.state,
    turn: row.turn,
    waiting_person: row.waitingPerson,
    waiting_since_ms: row.waitingSinceMs,
    waiting_why: row.waitingWhy,
    open_points: row.openPoints,
    acked: row.acked,
    reviewed: row.reviewed,
    tested: row.tested,
    data: packJson({ lists, stateBasis, waitingBasis, ghosts } satisfies SeriesData),
  };
}
