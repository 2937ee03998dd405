/**
 * Report rows: runs of the native checker, as received.
 */
import type { Report } from '../model/kernel.ts';
import { writeEvent } from './event-rows.ts';
import { all, get, type Steps } from './steps.ts';

interface ReportRow {
  data: string;
}

/** Keeps a report; one that is sent again replaces itself. */
export function* writeReport(report: Report): Steps<void> {
  yield* all(
    `INSERT INTO report (report_id, received_ms, release, machine, data) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (report_id) DO UPDATE SET received_ms = excluded.received_ms, release = excluded.release,
       machine = excluded.machine, data = excluded.data`,
    report.id,
    report.receivedMs,
    report.release,
    report.machine,
    JSON.stringify(report),
  );
  yield* writeEvent(report.receivedMs, 'report', report.id);
}

/** Newest first. */
export function* readReports(filter: {
  readonly release?: string;
  readonly machine?: string;
}): Steps<Report[]> {
  const rows = yield* all<ReportRow>(
    `SELECT data FROM report WHERE release = coalesce(?, release) AND machine = coalesce(?, machine)
       ORDER BY received_ms DESC, report_id`,
    filter.release ?? null,
    filter.machine ?? null,
  );
  return rows.map((row): Report => JSON.parse(row.data));
}

export function* readReport(id: string): Steps<Report | undefined> {
  const row = yield* get<ReportRow>('SELECT data FROM report WHERE report_id = ?', id);
  return row ? JSON.parse(row.data) : undefined;
}
