/**
 * Timed run: one command as a process of its own, with what it cost.
 *
 * bash's `time` counts the processor time of children, too; the calibration says how fast the machine was just then, so
 * that runs on a shared machine can be compared as ratios.
 */
import { spawnSync } from 'node:child_process';

export interface Cost {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly calibrationMs: number;
}

/** Runs it; @throws Error with its words where it fails. */
export function runTimed(command: readonly string[], env: Readonly<Record<string, string>> = {}): Cost {
  const calibrationMs = calibrate();
  const timed = ['-c', 'TIMEFORMAT="@ %R %U %S"; time "$@"', 'bash', ...command];
  const ran = spawnSync('bash', timed, { encoding: 'utf8', env: { ...process.env, ...env, LC_ALL: 'C' } });
  const numbers = /^@ ([\d.]+) ([\d.]+) ([\d.]+)$/m.exec(ran.stderr);
  if (ran.status !== 0 || numbers === null) {
    throw new Error(`${command.join(' ')} failed:\n${ran.stdout}${ran.stderr}`);
  }
  const [wall = 0, user = 0, system = 0] = numbers.slice(1).map(Number);
  return { wallMs: 1000 * wall, cpuMs: 1000 * (user + system), calibrationMs };
}

/** A fixed loop of integers; about 45 ms on a quiet machine of 2024. */
function calibrate(): number {
  const startMs = performance.now();
  let state = 1;
  for (let index = 0; index < 40_000_000; index++) state = (Math.imul(state, 1_103_515_245) + index) | 0;
  // Used, so that no optimiser may leave the loop out.
  return performance.now() - startMs + (state === 0.5 ? 1 : 0);
}
