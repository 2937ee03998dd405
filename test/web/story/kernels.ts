/** Kernels: a fix, what mail says of releases, what machines measured, and a check as it runs. */
import type { KernelFix, WireReport } from '../../../server/wire.ts';
import { dayMs, why } from './names.ts';
import { series } from './series.ts';

export const report: WireReport = {
  id: 'r2',
  receivedMs: Date.now() - dayMs,
  release: '5.4.0-42-generic',
  kernelVersion: '#46-Debian SMP Fri Jul 10 00:24:02 UTC 2026',
  arch: 'x86_64',
  machine: 'quiet-otter',
  isVirtual: true,
  verdict: 'broken',
  reason: '',
  sentence:
    'This kernel (5.4.0-42) still has the stale CPU number: 3 of 10 000 new threads read another CPU first.',
  checks: [
    {
      name: 'new-task-cpu-id',
      status: 'fail',
      reason: '',
      evidence: { effective: 10_000, stale: 3, equal: 9997, trials: 31_000, method: 'placement' },
    },
    { name: 'membarrier-rseq', status: 'pass', reason: '', evidence: { duration_ms: 41 } },
    { name: 'mm-cid-unique', status: 'skip', reason: 'no-mm-cid', evidence: {} },
  ],
};

export const fixedReport: WireReport = {
  ...report,
  id: 'r1',
  receivedMs: Date.now() - 9 * dayMs,
  release: '5.8.1',
  machine: 'slow-heron',
  verdict: 'fixed',
  sentence: 'This kernel (5.8.1) has the fix: none of 10 000 new threads read a wrong CPU number.',
  checks: report.checks.map((check) => (check.status === 'fail' ? { ...check, status: 'pass' } : check)),
};

export const fix: KernelFix = {
  name: 'new-task-cpu-id',
  title: 'area: Tell new threads their CPU',
  commit: 'c0ffee0123456789c0ffee0123456789c0ffee01',
  check: 'new-task-cpu-id',
  introduced: 'badc0de0123456789badc0de0123456789badc0d',
  landings: series.landings,
  cells: [
    {
      release: '4.14.180',
      expected: 'not-affected',
      expectedWhy: why('release-before-bug', 'The faulty code came with a later release.', 0.97),
      measured: [],
    },
    {
      release: '5.4.0-42-generic',
      expected: 'fixed',
      expectedWhy: why('release-has-fix', 'This release is the first with the fix.', 0.8, [
        'area: Tell new threads their CPU',
      ]),
      measured: [{ reportId: 'r2', machine: 'quiet-otter', verdict: 'broken', agrees: false }],
    },
    {
      release: '5.7.9',
      expected: 'fixed',
      expectedWhy: why('release-has-fix', 'This release is the first with the fix.', 1),
      measured: [],
    },
    {
      release: '5.8.1',
      expected: 'fixed',
      expectedWhy: why('release-has-fix', 'A release before it has the fix.', 1),
      measured: [{ reportId: 'r1', machine: 'slow-heron', verdict: 'fixed', agrees: true }],
    },
    { release: '5.6.0', expected: 'unknown', expectedWhy: null, measured: [] },
  ],
};

/** Events of a local check from its start to its end. */
export const checkEvents = [
  { kind: 'building', text: 'cc -O2 …', line: null, report: null },
  {
    kind: 'line',
    text: '',
    line: { type: 'start', checks: ['new-task-cpu-id', 'membarrier-rseq'] },
    report: null,
  },
  {
    kind: 'line',
    text: '',
    line: { type: 'progress', check: 'new-task-cpu-id', effective: 700, target: 2000 },
    report: null,
  },
  {
    kind: 'line',
    text: '',
    line: { type: 'result', check: 'new-task-cpu-id', status: 'pass' },
    report: null,
  },
  {
    kind: 'line',
    text: '',
    line: { type: 'result', check: 'membarrier-rseq', status: 'pass' },
    report: null,
  },
  { kind: 'done', text: '', line: null, report: fixedReport },
];
