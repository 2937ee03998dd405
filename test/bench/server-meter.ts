/**
 * Server meter: processor time of a program with all that it started, those that ended among them. Linux only.
 */
import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second on every machine that Node runs on. */
const tickMs = 10;

/** What a process and its children used since they began. */
export function usedByTree(pid: number): number {
  const [own, ended] = [ticks(pid, 13), ticks(pid, 15)];
  const children = childrenOf(pid).map((child) => ticks(child, 13) * tickMs);
  return children.reduce((sum, ms) => sum + ms, (own + ended) * tickMs);
}

function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((other) => fields(other)[3] === String(pid));
}

/** User and system time, which stand side by side. */
function ticks(pid: number, at: number): number {
  const all = fields(pid);
  return Number(all[at] ?? 0) + Number(all[at + 1] ?? 0);
}

/** Fields of /proc/PID/stat, counted from 0; the name of the program, which may hold blanks, is taken out. */
function fields(pid: number): string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return [String(pid), '', ...text.slice(text.lastIndexOf(')') + 2).split(' ')];
  } catch {
    // It ended meanwhile: its time is with its parent's.
    return [];
  }
}
