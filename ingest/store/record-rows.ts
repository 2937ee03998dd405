/**
 * Record rows: small things that people make, and the log of what they changed.
 */
import { UsageError } from '../model/errors.ts';
import type { Connection } from './connection.ts';
import type { AuditRow, StoredRecord } from './tracker.ts';

interface Row {
  record_key: number;
  kind: string;
  name: string;
  value: string;
}

/** @throws UsageError where the kind has that name already */
export function addRecord(connection: Connection, kind: string, name: string, value: unknown): StoredRecord {
  if (connection.get('SELECT 1 FROM record WHERE kind = ? AND name = ?', kind, name))
    throw nameTaken(kind, name);
  const { key } = connection.run(
    'INSERT INTO record (kind, name, value) VALUES (?, ?, ?)',
    kind,
    name,
    JSON.stringify(value),
  );
  return { number: key, kind, name, value };
}

/** @throws UsageError where another of its kind has that name */
export function setRecord(connection: Connection, number: number, name: string, value: unknown): boolean {
  const taken = connection.get<{ kind: string }>(
    `SELECT other.kind FROM record own JOIN record other ON other.kind = own.kind AND other.name = ?
     WHERE own.record_key = ? AND other.record_key <> own.record_key`,
    name,
    number,
  );
  if (taken) throw nameTaken(taken.kind, name);
  return (
    connection.run(
      'UPDATE record SET name = ?, value = ? WHERE record_key = ?',
      name,
      JSON.stringify(value),
      number,
    ).changes > 0
  );
}

export function removeRecord(connection: Connection, number: number): boolean {
  return connection.run('DELETE FROM record WHERE record_key = ?', number).changes > 0;
}

export function readRecords(
  connection: Connection,
  kind: string,
  filter: { readonly name?: string; readonly number?: number } = {},
): StoredRecord[] {
  return connection
    .all<Row>(
      `SELECT * FROM record WHERE kind = ? AND name = coalesce(?, name) AND record_key = coalesce(?, record_key)
       ORDER BY record_key`,
      kind,
      filter.name ?? null,
      filter.number ?? null,
    )
    .map((row) => ({
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

export function addAudit(connection: Connection, row: Omit<AuditRow, 'number'>): void {
  connection.run(
    'INSERT INTO audit (at_ms, by, action, subject, detail) VALUES (?, ?, ?, ?, ?)',
    row.atMs,
    row.by,
    row.action,
    row.subject,
    JSON.stringify(row.detail ?? null),
  );
}

export function listAudit(connection: Connection, before: number | null, limit: number): AuditRow[] {
  return connection
    .all<Omit<AuditRow, 'detail'> & { detail: string }>(
      `SELECT audit_key AS number, at_ms AS atMs, by, action, subject, detail FROM audit
       WHERE audit_key < ? ORDER BY audit_key DESC LIMIT ?`,
      before ?? Number.MAX_SAFE_INTEGER,
      limit,
    )
    .map((row) => ({ ...row, detail: JSON.parse(row.detail) as unknown }));
}
