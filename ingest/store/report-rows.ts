/**
 * Report rows: runs of the native checker, as received.
 */
import type { Report } from '../model/kernel.ts';
import type { Connection } from './connection.ts';
import { addEvent } from './event-rows.ts';

interface ReportRow {
  data: string;
}

/** Keeps a report; one that is sent again replaces itself. */
export function writeReport(connection: Connection, report: Report): void {
  connection.run(
    'INSERT OR REPLACE INTO report (report_id, received_ms, release, machine, data) VALUES (?, ?, ?, ?, ?)',
    report.id,
    report.receivedMs,
    report.release,
    report.machine,
    JSON.stringify(report),
  );
  addEvent(connection, report.receivedMs, 'report', report.id);
}

/** Newest first. */
export function readReports(
  connection: Connection,
  filter: { readonly release?: string; readonly machine?: string },
): Report[] {
  return connection
    .all<ReportRow>(
      `SELECT data FROM report WHERE release = coalesce(?, release) AND machine = coalesce(?, machine)
       ORDER BY received_ms DESC, report_id`,
      filter.release ?? null,
      filter.machine ?? null,
    )
    .map((row): Report => JSON.parse(row.data));
}

export function readReport(connection: Connection, id: string): Report | undefined {
  const row = connection.get<ReportRow>('SELECT data FROM report WHERE report_id = ?', id);
  return row ? JSON.parse(row.data) : undefined;
}
