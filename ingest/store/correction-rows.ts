/**
 * Correction rows: what people said against or beside the rules. Never deleted, only taken back by a later one.
 */
import { NotFoundError } from '../model/errors.ts';
import { writeEvent } from './event-rows.ts';
import { all, get, type Steps } from './steps.ts';
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

export function* addCorrection(correction: Omit<Correction, 'id' | 'undoneBy'>): Steps<Correction> {
  const made = yield* get<{ id: number }>(
    `INSERT INTO correction (at_ms, by, kind, subject, value, reason) VALUES (?, ?, ?, ?, ?, ?)
     RETURNING correction_id AS id`,
    correction.atMs,
    correction.by,
    correction.kind,
    correction.subject,
    JSON.stringify(correction.value ?? null),
    correction.reason,
  );
  yield* writeEvent(correction.atMs, 'correction', correction.subject);
  return { ...correction, value: correction.value ?? null, id: made?.id ?? 0, undoneBy: null };
}

/**
 * Takes a correction back by a new one of kind `undo`; undoing an undo lets the first one hold again. A correction
 * that is undone already stays as it is, and the earlier undo is given.
 * @throws NotFoundError
 */
export function* undoCorrection(id: number, by: string, atMs: number): Steps<Correction> {
  const target = yield* findCorrection(id);
  if (!target) {
    throw new NotFoundError('There is no such correction', {
      subject: String(id),
      remedy: 'Reload to see the corrections that hold.',
    });
  }
  const earlier = target.undoneBy === null ? undefined : yield* findCorrection(target.undoneBy);
  if (earlier) return earlier;
  const undo = yield* addCorrection({
    atMs,
    by,
    kind: 'undo',
    subject: target.subject,
    value: id,
    reason: '',
  });
  yield* setUndone(id, undo.id);
  if (target.kind === 'undo') yield* setUndone(Number(target.value), null);
  return undo;
}

/** Oldest first. */
export function* readCorrections(filter: {
  readonly kind?: string;
  readonly subject?: string;
}): Steps<Correction[]> {
  const rows = yield* all<CorrectionRow>(
    `SELECT * FROM correction WHERE kind = coalesce(?, kind) AND subject = coalesce(?, subject)
       ORDER BY correction_id`,
    filter.kind ?? null,
    filter.subject ?? null,
  );
  return rows.map(correctionOf);
}

function* findCorrection(id: number): Steps<Correction | undefined> {
  const row = yield* get<CorrectionRow>('SELECT * FROM correction WHERE correction_id = ?', id);
  return row ? correctionOf(row) : undefined;
}

function* setUndone(id: number, undoneBy: number | null): Steps<void> {
  yield* all('UPDATE correction SET undone_by = ? WHERE correction_id = ?', undoneBy, id);
}
