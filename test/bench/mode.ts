/**
 * Modes of the bench: what each measures, and what all of them share.
 *
 * Every measurement is a JSON line on stdout; what people read is on stderr.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One mode: a file in `modes/`, a row in `main.ts`. */
export interface BenchMode {
  readonly name: string;
  /** What it measures, in one line. */
  readonly says: string;
  /** Beside `--corpus FILE`, which every mode takes. */
  readonly options: Readonly<Record<string, { readonly type: 'string'; readonly default: string }>>;
  /** @throws ModeError for options that make no sense. */
  run(given: BenchOptions): Promise<void>;
}

export interface BenchOptions {
  /** An existing file with mails. */
  readonly corpus: string;
  readonly [option: string]: string | undefined;
}

/** Why nothing was measured; its message is for people. */
export class ModeError extends Error {}

export const root = fileURLToPath(new URL('../..', import.meta.url));

export function tell(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

export function record(row: Readonly<Record<string, unknown>>): void {
  process.stdout.write(`${JSON.stringify(row)}\n`);
}

/** Runs `work` with a folder that is gone afterwards. */
export async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'patchtrail-bench-'));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
