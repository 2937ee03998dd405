/**
 * Fix verdict: what one report says of one tracked fix, by the check that shows it.
 */
import type { Report, Verdict } from '../../ingest/model/kernel.ts';
import { sortCheckerLines } from './checker-line.ts';

/** The check whose result is the verdict of the whole run. */
const mainCheck = 'new-task-cpu-id';

const verdicts: Readonly<Record<string, Verdict>> = {
  pass: 'fixed',
  fail: 'broken',
  skip: 'unsupported',
  inconclusive: 'inconclusive',
  error: 'inconclusive',
};

/** Undefined where the check was not run. */
export function verdictOfFix(report: Report, check: string): Verdict | undefined {
  const result = sortCheckerLines(report.lines).results.find((one) => one.check === check);
  if (!result) return undefined;
  return check === mainCheck ? report.verdict : verdicts[result.status];
}
