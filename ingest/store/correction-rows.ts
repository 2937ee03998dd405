/**
 * Correction rows: what people said against or beside the rules. Never deleted, only taken back by a later one.
 */
import { NotFoundError } from '../model/errors.ts';
import type { Connection } from './connection.ts';
import { addEvent } from './event-rows.ts';
import type { Correction } from './store.ts';

interface CorrectionRow {
  correction_id: number;
  at_ms: number;
  by: string;
  kind: string;
  subject: string;
  value: string;
  reason: string;
  undone_by: number | null;
}

function correctionOf(row: CorrectionRow): Correction {
  return {
    id: row.correction_id,
    atMs: row.at_ms,
    by: row.by,
    kind: row.kind,
    subject: row.subject,
    value: JSON.parse(row.value),
    reason: row.reason,
    undoneBy: row.undone_by,
  };
}

export function addCorrection(
  connection: Connection,
  correction: Omit<Correction, 'id' | 'undoneBy'>,
): Correction {
  const { key } = connection.run(
    'INSERT INTO correction (at_ms, by, kind, subject, value, reason) VALUES (?, ?, ?, ?, ?, ?)',
    correction.atMs,
    correction.by,
    correction.kind,
    correction.subject,
    JSON.stringify(correction.value ?? null),
    correction.reason,
  );
  addEvent(connection, correction.atMs, 'correction', correction.subject);
  return { ...correction, value: correction.value ?? null, id: key, undoneBy: null };
}

/**
 * Takes a correction back by a new one of kind `undo`; undoing an undo lets the first one hold again. A correction
 * that is undone already stays as it is, and the earlier undo is given.
 * @throws NotFoundError
 */
export function undoCorrection(connection: Connection, id: number, by: string, atMs: number): Correction {
  const target = findCorrection(connection, id);
  if (!target) {
    throw new NotFoundError('There is no such correction', {
      subject: String(id),
      remedy: 'Reload to see the corrections that hold.',
    });
  }
  const earlier = target.undoneBy === null ? undefined : findCorrection(connection, target.undoneBy);
  if (earlier) return earlier;
  const undo = addCorrection(connection, {
    atMs,
    by,
    kind: 'undo',
    subject: target.subject,
    value: id,
    reason: '',
  });
  setUndone(connection, id, undo.id);
  if (target.kind === 'undo') setUndone(connection, Number(target.value), null);
  return undo;
}

/** Oldest first. */
export function readCorrections(
  connection: Connection,
  filter: { readonly kind?: string; readonly subject?: string },
): Correction[] {
  return connection
    .all<CorrectionRow>(
      `SELECT * FROM correction WHERE kind = coalesce(?, kind) AND subject = coalesce(?, subject)
       ORDER BY correction_id`,
      filter.kind ?? null,
      filter.subject ?? null,
    )
    .map(correctionOf);
}

function findCorrection(connection: Connection, id: number): Correction | undefined {
  const row = connection.get<CorrectionRow>('SELECT * FROM correction WHERE correction_id = ?', id);
  return row ? correctionOf(row) : undefined;
}

function setUndone(connection: Connection, id: number, undoneBy: number | null): void {
  connection.run('UPDATE correction SET undone_by = ? WHERE correction_id = ?', undoneBy, id);
}
