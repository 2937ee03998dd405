/**
 * Reports: one run of the native checker for people: a sentence first, then each check with its numbers.
 */
import type { Report } from '../../ingest/model/kernel.ts';
import type { WireReport } from '../wire.ts';

type Line = Readonly<Record<string, unknown>>;

/** Words for the reasons of native-check/PROTOCOL.md. */
const reasons: Readonly<Record<string, string>> = {
  'one-cpu': 'only one CPU may be used',
  'few-effective': 'too few tasks started on another CPU than their parent',
  'few-stale': 'one or two wrong answers were seen, which is too few; run it longer',
  traced: 'the checker was traced, and tracing hides the bug',
  'control-failed': 'a control that must always succeed did not',
  'syscall-denied': 'a system call that the check needs was refused',
  cancelled: 'it was cancelled',
  timeout: 'the time was over',
  'cpus-changed': 'the usable CPUs changed during the run',
  'lost-children': 'too many tasks gave no answer',
  'rseq-enosys': 'this system knows no rseq',
  'rseq-denied': 'rseq was refused, as a sandbox does',
  'not-linux': 'another program answers in the place of the kernel, as gVisor does',
  'killed-by-filter': 'a filter kills programs that call rseq, as a sandbox does',
  'before-rseq': 'it is older than rseq',
  'config-off': 'it was built without rseq',
};

export function presentReport(report: Report): WireReport {
  const lines = report.lines.flatMap(readLine);
  return {
    id: report.id,
    receivedMs: report.receivedMs,
    release: report.release,
    kernelVersion: report.kernelVersion,
    arch: report.arch,
    machine: report.machine,
    isVirtual: report.isVirtual,
    verdict: report.verdict,
    reason: report.reason,
    sentence: verdictSentence(report, lines),
    checks: lines
      .filter((line) => line.type === 'result')
      .map(({ type: _type, check, status, reason, ...evidence }) => ({
        name: String(check ?? ''),
        status: String(status ?? ''),
        reason: String(reason ?? ''),
        evidence,
      })),
  };
}

/** What the run says of its kernel, with the numbers that say so. */
function verdictSentence(report: Report, lines: readonly Line[]): string {
  const main = lines.find((line) => line.type === 'result' && line.check === 'new-task-cpu-id') ?? {};
  const kernel = `This kernel (${report.release})`;
  const why = reasons[report.reason] ?? report.reason;
  const trials = numberOf(main.effective) || numberOf(main.marker_trials);
  const bad = numberOf(main.stale) || numberOf(main.survivors);
  switch (report.verdict) {
    case 'broken':
      return bad > 0
        ? `${kernel} still has the stale cpu_id bug: ${bad} of ${trials} new tasks were told a wrong CPU first.`
        : `${kernel} fails a check of this run.`;
    case 'fixed':
      return trials > 0
        ? `${kernel} has the fix for the stale cpu_id: none of ${trials} new tasks was told a wrong CPU.`
        : `${kernel} passes the checks of this run.`;
    case 'not-affected':
      return `${kernel} is not affected: ${why}.`;
    case 'unsupported':
      return `It cannot be tested here whether ${kernel.replace('This', 'this')} has the fix: ${why}.`;
    case 'inconclusive':
      return `It cannot be told whether ${kernel.replace('This', 'this')} has the fix: ${why || 'the run proved nothing'}.`;
  }
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

/** Stored lines were checked when they came; what a newer form has made of them is left out. */
function readLine(text: string): Line[] {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? [value as Line] : [];
  } catch {
    // A broken line of an old report: the others still say something.
    return [];
  }
}
