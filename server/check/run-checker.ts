/**
 * Running the checker: one run of check-native, its lines as they come, and its report.
 *
 * In: the built program and limits. Out: lines of the protocol, then a report; or a CheckError. Cancelling asks by
 * SIGTERM, since the checker then still says what it has proven, and kills after three seconds. A death by SIGSYS
 * before the first line is a filter that kills at rseq: an answer, not a failure (PROTOCOL.md).
 */
import { spawn } from 'node:child_process';
import { arch, release, version } from 'node:os';
import { createInterface } from 'node:readline';
import { CheckError } from '../../ingest/model/errors.ts';
import type { Report } from '../../ingest/model/kernel.ts';
import { limits } from '../../ingest/model/limits.ts';
import type { BuiltChecker } from './build-checker.ts';
import { parseCheckerLine } from './checker-line.ts';
import { makeFilteredReport, makeReport } from './report.ts';

export interface RunOptions {
  readonly checker: BuiltChecker;
  /** Time for the main check; each further one has five seconds more. */
  readonly seconds: number;
  readonly nowMs: () => number;
  readonly onLine: (line: Record<string, unknown>) => void;
  readonly signal?: AbortSignal;
  /** How long the checker may take to end by itself after SIGTERM. */
  readonly killMs?: number;
}

/** More checks than the table of PROTOCOL.md will ever have; bounds the time of one run. */
const checksMost = 30;
const secondsPerCheck = 5;

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly lines: readonly string[];
  readonly words: string;
  readonly isTooLong: boolean;
}

/** @throws CheckError `check-failed` where the run ended without a report */
export async function runChecker(options: RunOptions): Promise<Report> {
  const ended = await run(options);
  const { code, signal, lines, words, isTooLong } = ended;
  if (signal === 'SIGSYS' && lines.length === 0) {
    return makeFilteredReport({ release: release(), version: version(), arch: arch() }, options.nowMs());
  }
  if (isTooLong)
    throw failed('The checker did not end in time', 'Run it alone: native-check/build/check-native.');
  if (!lines.some((line) => line.includes('"end"'))) {
    const how = signal ? `by ${signal}` : `with status ${code}`;
    throw failed(
      `The checker ended ${how} without a verdict`,
      words || 'Run native-check/build/check-native by hand.',
    );
  }
  return makeReport(lines, options.nowMs());
}

function run(options: RunOptions): Promise<Ended> {
  const { checker, seconds, onLine, signal: cancel, killMs = 3000 } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(checker.path, [...(checker.first ?? []), '--json', '--time', String(seconds)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const lines: string[] = [];
    let words = '';
    let isTooLong = false;
    let killTimer: NodeJS.Timeout | undefined;
    const stop = () => {
      child.kill('SIGTERM');
      killTimer ??= setTimeout(() => child.kill('SIGKILL'), killMs);
    };
    const limit = setTimeout(
      () => {
        isTooLong = true;
        stop();
      },
      (seconds + checksMost * secondsPerCheck) * 1000,
    );
    createInterface({ input: child.stdout }).on('line', (text) => {
      const line = parseCheckerLine(text);
      if (!line || lines.length >= limits.checkerLines) return;
      onLine(line);
      if (line.type === 'progress' && lines.length >= limits.checkerProgressLines) return;
      lines.push(text);
    });
    child.stderr.setEncoding('utf8');
    child.stderr.on('data', (text: string) => {
      words = `${words}${text}`.slice(0, 2000);
    });
    cancel?.addEventListener('abort', stop, { once: true });
    if (cancel?.aborted) stop();
    const finish = () => {
      clearTimeout(limit);
      clearTimeout(killTimer);
      cancel?.removeEventListener('abort', stop);
    };
    child.on('error', (cause) => {
      finish();
      reject(failed('The checker could not be started', 'Build it again: make -C native-check.', cause));
    });
    child.on('close', (code, signal) => {
      finish();
      resolve({ code, signal, lines, words: words.trim(), isTooLong });
    });
  });
}

function failed(what: string, remedy: string, cause?: unknown): CheckError {
  return new CheckError('check-failed', what, { remedy, ...(cause === undefined ? {} : { cause }) });
}
