/**
 * Link rows: placements and revisions, as the link stage gives them.
 */

import type { Basis } from '../model/fact.ts';
import { groupBy } from '../model/group-by.ts';
import type { LineageLink, Placement, Revision } from '../model/series.ts';
import type { Connection } from './connection.ts';
import type { Dialect } from './dialect.ts';
import { findKeysOf } from './key-steps.ts';
import { findKey, makeKey } from './keys.ts';
import { packJson, unpackJson } from './packed-json.ts';
import { all, type Steps } from './steps.ts';

interface PlacementRow {
  id: string;
  revision: string;
  series: string;
  lineage: string | null;
  version: number;
  position: number;
  total: number;
  previous: string | null;
  data: string | Uint8Array | null;
}

const placementSql = `SELECT i.id, revision.id AS revision, series.id AS series, lineage.id AS lineage, p.version,
    p.position, p.total, previous.id AS previous, p.data
  FROM placement p
  JOIN message_id i ON i.message_key = p.message_key
  JOIN message_id revision ON revision.message_key = p.revision_key
  JOIN message_id series ON series.message_key = p.series_key
  LEFT JOIN message_id lineage ON lineage.message_key = p.lineage_key
  LEFT JOIN message_id previous ON previous.message_key = p.previous_key`;

function placementOf(row: PlacementRow): Placement {
  return {
    messageId: row.id,
    revision: row.revision,
    series: row.series,
    lineage: row.lineage,
    version: row.version,
    position: row.position,
    total: row.total,
    previous: row.previous,
    link: row.data === null ? null : unpackJson<LineageLink>(row.data),
  };
}

export function* readPlacements(dialect: Dialect, ids: readonly string[]): Steps<Map<string, Placement>> {
  const rows = yield* all<PlacementRow>(
    `${placementSql} WHERE p.message_key ${dialect.among}`,
    dialect.many((yield* findKeysOf(dialect, ids)).values()),
  );
  return new Map(rows.map((row) => [row.id, placementOf(row)]));
}

/** Revision and series of each posting, by its id. */
export function* readRevisionsOf(
  dialect: Dialect,
  ids: readonly string[],
): Steps<Map<string, Pick<Placement, 'revision' | 'series'>>> {
  const rows = yield* all<{ id: string; revision: string; series: string }>(
    `SELECT i.id, revision.id AS revision, series.id AS series
     FROM message_id i
     JOIN placement p ON p.message_key = i.message_key
     JOIN message_id revision ON revision.message_key = p.revision_key
     JOIN message_id series ON series.message_key = p.series_key
     WHERE i.message_key ${dialect.among}`,
    dialect.many((yield* findKeysOf(dialect, ids)).values()),
  );
  return new Map(rows.map(({ id, revision, series }) => [id, { revision, series }]));
}

/** Postings by lineage, oldest first. */
export function* readLineages(dialect: Dialect, ids: readonly string[]): Steps<Map<string, Placement[]>> {
  const rows = yield* all<PlacementRow>(
    `${placementSql} LEFT JOIN posting ON posting.message_key = p.message_key
     WHERE p.lineage_key ${dialect.among} ORDER BY posting.sent_ms, i.id`,
    dialect.many((yield* findKeysOf(dialect, ids)).values()),
  );
  return groupBy(rows.map(placementOf), ({ lineage }) => lineage ?? '');
}

interface RevisionRow {
  id: string;
  series: string;
  data: string | Uint8Array;
}

const revisionSql = `SELECT i.id, series.id AS series, r.data FROM revision r
  JOIN message_id i ON i.message_key = r.revision_key
  JOIN message_id series ON series.message_key = r.series_key`;

function revisionOf(row: RevisionRow): Revision {
  const rest = unpackJson<Omit<Revision, 'id' | 'series'> & { link: Basis | null }>(row.data);
  return { id: row.id, series: row.series, ...rest };
}

export function* readRevisions(dialect: Dialect, ids: readonly string[]): Steps<Map<string, Revision>> {
  const rows = yield* all<RevisionRow>(
    `${revisionSql} WHERE r.revision_key ${dialect.among}`,
    dialect.many((yield* findKeysOf(dialect, ids)).values()),
  );
  return new Map(rows.map((row) => [row.id, revisionOf(row)]));
}

/** Revisions of these series, oldest first. */
export function* readRevisionsOfSeries(dialect: Dialect, ids: readonly string[]): Steps<Revision[]> {
  const rows = yield* all<RevisionRow>(
    `${revisionSql} WHERE r.series_key ${dialect.among} ORDER BY r.sent_ms, i.id`,
    dialect.many((yield* findKeysOf(dialect, ids)).values()),
  );
  return rows.map(revisionOf);
}

export interface Links {
  readonly revisions: readonly Revision[];
  readonly placements: readonly Placement[];
  readonly gone: readonly string[];
}

export function writeLinks(connection: Connection, links: Links): void {
  for (const id of links.gone) {
    connection.run('DELETE FROM revision WHERE revision_key = ?', findKey(connection, id) ?? 0);
  }
  for (const { id, series, ...rest } of links.revisions) {
    connection.run(
      'INSERT OR REPLACE INTO revision (revision_key, series_key, sent_ms, data) VALUES (?, ?, ?, ?)',
      makeKey(connection, id),
      makeKey(connection, series),
      rest.sentMs,
      packJson(rest),
    );
  }
  for (const place of links.placements) writePlacement(connection, place);
}

function writePlacement(connection: Connection, place: Placement): void {
  const keyOf = (id: string | null) => (id === null ? null : makeKey(connection, id));
  connection.run(
    `INSERT OR REPLACE INTO placement (message_key, revision_key, series_key, lineage_key, version, position, total,
       previous_key, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    makeKey(connection, place.messageId),
    makeKey(connection, place.revision),
    makeKey(connection, place.series),
    keyOf(place.lineage),
    place.version,
    place.position,
    place.total,
    keyOf(place.previous),
    place.link === null ? null : packJson(place.link),
  );
}
