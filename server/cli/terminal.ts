/**
 * Terminal: what a command may know of the outside. Results go to stdout, everything else to stderr.
 *
 * Handed in as one value, so that a test reads what a command wrote and sets the clock.
 */

import { createInterface } from 'node:readline/promises';

export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** The checkout: where the sample, the pages and the native checker are. */
  readonly root: string;
  readonly nowMs: () => number;
  /** True where stderr is a terminal: progress bars are drawn there only. */
  readonly isInteractive: boolean;
  /** True where stdout takes colours: a terminal, and no NO_COLOR. */
  readonly hasColor: boolean;
  readonly columns: number;
  /** Result text as it is; resolves when the reader can take more. */
  readonly write: (text: string) => Promise<void>;
  /** A sentence for people. */
  readonly tell: (sentence: string) => void;
  /** A question to the person; null where nobody is there to answer. */
  readonly ask: ((question: string) => Promise<string>) | null;
  /** Aborted when the person asks to stop. */
  readonly signal: AbortSignal;
}

/** The terminal of this process. The first SIGINT or SIGTERM asks to stop, the second one stops. */
export function processTerminal(root: string): Terminal {
  const { env, stdin, stdout, stderr } = process;
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stop.signal.aborted) process.exit(130);
      stop.abort();
    });
  }
  // A reader that went away (`| head`) is no failure of ours.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  return {
    env,
    cwd: process.cwd(),
    root,
    nowMs: () => Date.now(),
    isInteractive: stderr.isTTY === true,
    hasColor: stdout.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb',
    columns: stdout.columns ?? 100,
    write: (text) =>
      new Promise((resolve) => {
        if (stdout.write(text)) resolve();
        else stdout.once('drain', resolve);
      }),
    tell: (sentence) => stderr.write(`${sentence}\n`),
    ask: stdin.isTTY === true ? askPerson : null,
    signal: stop.signal,
  };
}

/** On stderr, as all that is not a result; an end of input is no answer. */
async function askPerson(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await new Promise<string>((resolve) => {
      lines.once('close', () => resolve(''));
      lines.question(question).then(resolve, () => resolve(''));
    });
  } finally {
    lines.close();
  }
}
