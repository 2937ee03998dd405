/**
 * A terminal for tests of commands: keeps what was written, with a clock that stands where it is put.
 */
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Parts } from '../../server/cli/parts.ts';
import { runProgram } from '../../server/cli/program.ts';
import type { Terminal } from '../../server/cli/terminal.ts';

export const checkout = fileURLToPath(new URL('../..', import.meta.url));

export interface Outcome {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** Any part that a test does not hand in: calling it is the test's mistake. */
function missing(name: string): never {
  throw new Error(`the test gave no ${name}`);
}

const noParts: Parts = {
  openStore: () => missing('openStore'),
  openSources: () => missing('openSources'),
  ingest: () => missing('ingest'),
  followMaintainers: () => missing('followMaintainers'),
  rebuild: () => missing('rebuild'),
  derive: () => missing('derive'),
  backupStore: () => missing('backupStore'),
  restoreStore: () => missing('restoreStore'),
  move: () => missing('move'),
  request: () => missing('request'),
  check: () => missing('check'),
  serve: () => missing('serve'),
  sendMail: () => missing('sendMail'),
  serveMcp: () => missing('serveMcp'),
};

/** Runs one command line as the shell would and gives what came of it. */
export async function runCommand(
  words: readonly string[],
  parts: Partial<Parts> = {},
  surroundings: Partial<Terminal> = {},
): Promise<Outcome> {
  let out = '';
  let err = '';
  const terminal: Terminal = {
    env: {},
    cwd: tmpdir(),
    root: checkout,
    nowMs: () => Date.UTC(2024, 6, 20),
    isInteractive: false,
    hasColor: false,
    columns: 100,
    write: async (text) => {
      out += text;
    },
    tell: (sentence) => {
      err += `${sentence}\n`;
    },
    ask: null,
    signal: new AbortController().signal,
    ...surroundings,
  };
  const status = await runProgram(words, terminal, { ...noParts, ...parts });
  return { status, out, err };
}
