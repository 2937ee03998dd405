/**
 * Keeping a report: into the store, and as checks on the patches of the fixes that it tried. One way for this machine's
 * own runs and for those of others.
 */
import type { Report } from '../../ingest/model/kernel.ts';
import { stripEnd } from '../../ingest/model/strip-end.ts';
import type { Store } from '../../ingest/store/store.ts';
import { checksOfReport } from './patch-checks.ts';
import type { TrackedFix } from './tracked-fixes.ts';

export interface ReportPlace {
  readonly store: Store;
  readonly fixes: readonly TrackedFix[];
  /** Where people reach the server; empty: nowhere. */
  readonly publicUrl: string;
}

/** The report as it is kept: one that is known stays what it was, and is no second check. `by`: who sends it. */
export async function keepReport(
  { store, fixes, publicUrl }: ReportPlace,
  report: Report,
  by: string,
): Promise<Report> {
  const known = await store.getReport(report.id);
  if (known) return known;
  await store.putReport(report);
  const url = publicUrl === '' ? '' : `${stripEnd(publicUrl, '/')}/check/${report.id}`;
  await store.tracker.putChecks(await checksOfReport(store, fixes, report, { by, url }));
  return report;
}
