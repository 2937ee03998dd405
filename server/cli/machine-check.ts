/**
 * Machine check: the native checker on the kernel that runs here, or on one that is booted for it.
 *
 * Booting is done by native-check/prove/boot-one.mjs, which gives the checker's own lines; so both ways are one run of
 * ../check/run-checker.ts.
 */
import { join } from 'node:path';
import type { Report } from '../../ingest/model/kernel.ts';
import { buildChecker } from '../check/build-checker.ts';
import { runChecker } from '../check/run-checker.ts';
import type { CheckOptions } from './parts.ts';

/** Builds what is needed, runs it and gives its report. @throws CheckError */
export async function checkMachine(options: CheckOptions): Promise<Report> {
  const { root, kernel, seconds, nowMs, signal, onLine } = options;
  const folder = join(root, 'native-check');
  const checker =
    kernel === undefined
      ? await buildChecker(folder, signal)
      : { path: process.execPath, first: [join(folder, 'prove/boot-one.mjs'), kernel, '--'] };
  return runChecker({ checker, seconds, nowMs, signal, onLine });
}
