/**
 * Cells of the proof: which kernel, with how many CPUs and which method, must give which verdict.
 *
 * In: the wished CPUs and methods. Out: the cells, and for one boot of a cell what was wrong with it (empty: nothing).
 * `family` is the whole table of checks: only the two that the missing fix concerns may fail, and only without it.
 */
import { variants } from './kernel-build.mjs';

export const methods = ['placement', 'marker', 'family'];

/** What the missing fix breaks: the field itself, and what libc makes of it. */
const concerned = ['new-task-cpu-id', 'sched-getcpu'];

function demandedVerdict(variant, cpus, method) {
  if (method === 'placement' && cpus === 1) return 'inconclusive one-cpu';
  return variant === 'stock' ? 'fixed' : 'broken';
}

export function listCells(cpuCounts, wishedMethods) {
  return variants.flatMap((variant) =>
    wishedMethods.flatMap((method) =>
      cpuCounts.map((cpus) => ({ variant, method, cpus, demanded: demandedVerdict(variant, cpus, method) })),
    ),
  );
}

export function checkerArguments(method) {
  if (method === 'family') return ['--time', '20', '--effective', '600'];
  return ['--check', 'new-task-cpu-id', '--method', method, '--time', '20', '--effective', '600'];
}

export function findFaults(cell, boot) {
  const end = boot.lines.find((line) => line.type === 'end');
  const result = boot.lines.find((line) => line.type === 'result' && line.check === 'new-task-cpu-id');
  if (boot.exit === undefined || end === undefined || result === undefined) return ['no result'];
  const verdict = [end.verdict, end.reason].filter((word) => word !== undefined).join(' ');
  const faults = verdict === cell.demanded ? [] : [`${verdict} instead of ${cell.demanded}`];
  if (end.exit !== boot.exit) faults.push(`exit ${boot.exit}, but the end line says ${end.exit}`);
  for (const other of boot.lines) {
    if (other.type !== 'result' || !['fail', 'error'].includes(other.status)) continue;
    if (cell.variant === 'reverted' && concerned.includes(other.check)) continue;
    faults.push(`${other.check} ${other.status}: ${other.detail ?? other.reason ?? ''}`);
  }
  return faults;
}
