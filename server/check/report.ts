/**
 * Reports: the checker's lines made a report, and whether lines can be one at all.
 *
 * The lines are kept whole: a later Patchtrail may read more out of them. A machine is known by its arch, CPU and kind
 * only; host and user names are never in the lines. The id comes from the lines, so a report sent twice is one.
 */
import { createHash } from 'node:crypto';
import { CheckError } from '../../ingest/model/errors.ts';
import type { Report } from '../../ingest/model/kernel.ts';
import { type CheckerLines, parseCheckerLine, readOtherSchema, sortCheckerLines } from './checker-line.ts';

/** @throws CheckError `report-invalid` where the lines are no whole run */
export function makeReport(lines: readonly string[], receivedMs: number): Report {
  const odd = lines.find((line) => parseCheckerLine(line) === undefined);
  if (odd !== undefined) {
    const schema = readOtherSchema(odd);
    throw invalid(
      schema === undefined
        ? 'A line is not one of the protocol'
        : `The report is of schema ${schema}, and schema 1 is read here`,
    );
  }
  const sorted = sortCheckerLines(lines);
  const { machine, end } = sorted;
  if (!sorted.start) throw invalid('The first line of a run is missing');
  if (!machine) throw invalid('The line about the machine is missing');
  if (!end) throw invalid('The last line is missing, so the run crashed');
  return {
    id: createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 16),
    receivedMs,
    release: machine.release,
    kernelVersion: machine.version,
    arch: machine.arch,
    machine: machineName(machine),
    isVirtual: machine.virtualization !== 'none' && machine.virtualization !== '',
    verdict: end.verdict ?? verdictOf(sorted),
    reason: end.reason,
    lines,
  };
}

/** A run that a seccomp filter killed at the first rseq call: there is no line, and that is the answer. */
export function makeFilteredReport(
  machine: { release: string; version: string; arch: string },
  receivedMs: number,
): Report {
  const lines = [
    JSON.stringify({ type: 'start', schema: 1, checks: ['new-task-cpu-id'] }),
    JSON.stringify({ type: 'machine', ...machine }),
    JSON.stringify({ type: 'end', verdict: 'unsupported', reason: 'killed-by-filter', exit: 3 }),
  ];
  return makeReport(lines, receivedMs);
}

function machineName({
  arch,
  cpu_model,
  virtualization,
  boot_id,
}: NonNullable<CheckerLines['machine']>): string {
  const kind = virtualization !== 'none' && virtualization !== '' ? ' (virtual)' : '';
  const boot = boot_id === '' ? '' : ` ${boot_id.slice(0, 8)}`;
  return `${arch} ${cpu_model}${kind}${boot}`.replace(/\s+/g, ' ').trim();
}

/** A run without `new-task-cpu-id` has no verdict of its own: any failed check is broken. */
function verdictOf({ results }: CheckerLines): Report['verdict'] {
  if (results.some(({ status }) => status === 'fail')) return 'broken';
  if (results.some(({ status }) => status === 'inconclusive' || status === 'error')) return 'inconclusive';
  return results.length > 0 ? 'fixed' : 'inconclusive';
}

function invalid(what: string): CheckError {
  return new CheckError('report-invalid', what, {
    remedy: 'Send all lines that `check-native --json` printed, in order.',
  });
}
