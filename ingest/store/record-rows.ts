/**
 * Record rows: small things that people make, and the log of what they changed.
 */
import { UsageError } from '../model/errors.ts';
import { all, get, type Steps } from './steps.ts';
import type { AuditRow, StoredRecord } from './tracker.ts';

interface Row {
  record_key: number;
  kind: string;
  name: string;
  value: string;
}

/** @throws UsageError where the kind has that name already */
export function* addRecord(kind: string, name: string, value: unknown): Steps<StoredRecord> {
  if (yield* get('SELECT 1 FROM record WHERE kind = ? AND name = ?', kind, name)) throw nameTaken(kind, name);
  const made = yield* get<{ number: number }>(
    'INSERT INTO record (kind, name, value) VALUES (?, ?, ?) RETURNING record_key AS number',
    kind,
    name,
    JSON.stringify(value),
  );
  return { number: made?.number ?? 0, kind, name, value };
}

/** @throws UsageError where another of its kind has that name */
export function* setRecord(number: number, name: string, value: unknown): Steps<boolean> {
  const taken = yield* get<{ kind: string }>(
    `SELECT other.kind FROM record own JOIN record other ON other.kind = own.kind AND other.name = ?
     WHERE own.record_key = ? AND other.record_key <> own.record_key`,
    name,
    number,
  );
  if (taken) throw nameTaken(taken.kind, name);
  const set = yield* all(
    'UPDATE record SET name = ?, value = ? WHERE record_key = ? RETURNING record_key',
    name,
    JSON.stringify(value),
    number,
  );
  return set.length > 0;
}

export function* removeRecord(number: number): Steps<boolean> {
  const removed = yield* all('DELETE FROM record WHERE record_key = ? RETURNING record_key', number);
  return removed.length > 0;
}

export function* readRecords(
  kind: string,
  filter: { readonly name?: string; readonly number?: number } = {},
): Steps<StoredRecord[]> {
  const rows = yield* all<Row>(
    `SELECT * FROM record WHERE kind = ? AND name = coalesce(?, name) AND record_key = coalesce(?, record_key)
       ORDER BY record_key`,
    kind,
    filter.name ?? null,
    filter.number ?? null,
  );
  return rows.map((row) => ({
    number: row.record_key,
    kind: row.kind,
    name: row.name,
    value: JSON.parse(row.value) as unknown,
  }));
}

function nameTaken(kind: string, name: string): UsageError {
  return new UsageError(`There is a ${kind} of that name already`, {
    subject: name,
    remedy: 'Choose another name.',
  });
}

export function* addAudit(row: Omit<AuditRow, 'number'>): Steps<void> {
  yield* all(
    'INSERT INTO audit (at_ms, by, action, subject, detail) VALUES (?, ?, ?, ?, ?)',
    row.atMs,
    row.by,
    row.action,
    row.subject,
    JSON.stringify(row.detail ?? null),
  );
}

export function* listAudit(before: number | null, limit: number): Steps<AuditRow[]> {
  const rows = yield* all<Omit<AuditRow, 'detail'> & { detail: string }>(
    `SELECT audit_key AS number, at_ms AS "atMs", by, action, subject, detail FROM audit
       WHERE audit_key < ? ORDER BY audit_key DESC LIMIT ?`,
    before ?? Number.MAX_SAFE_INTEGER,
    limit,
  );
  return rows.map((row) => ({ ...row, detail: JSON.parse(row.detail) as unknown }));
}
