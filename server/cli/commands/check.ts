/**
 * Check: does the kernel of this machine, or one in a file, keep its promises to new tasks?
 *
 * Prints what the native checker finds as it finds it; with --json its own lines. The exit status is the checker's.
 */
import { InvalidArgumentError, Option } from 'commander';
import { PatchtrailError } from '../../../ingest/model/errors.ts';
import { buildChecker, runChecker } from '../checker.ts';
import { describeCheckerLine } from '../checker-words.ts';
import { sendReport } from '../report-sender.ts';
import type { Session } from '../session.ts';
import type { CommandSpec, Typed } from './command-spec.ts';

export const checkCommands: readonly CommandSpec[] = [
  {
    name: 'check',
    options: [
      new Option('--report <url>', 'send the report to the Patchtrail at this address'),
      new Option('--kernel <file>', 'boot this kernel image in a virtual machine and check it'),
      new Option('--check <name...>', 'only these checks'),
      new Option('--seconds <number>', 'time for the main check').argParser(parseSeconds),
    ],
    help: 'Check whether the kernel here has the fix, by trying it',
    more: [
      'Exit status: 0 fixed, 1 broken, 2 inconclusive (or wrong usage, with nothing on stdout), 3 unsupported,',
      '4 not affected, 70 fault. --report takes its token from PATCHTRAIL_TOKEN and sends what is printed: the CPU',
      "model and the boot's id, never a host or user name.",
    ].join('\n'),
    run: runCheck,
  },
];

/** Internal fault, as PROTOCOL.md has it. */
const fault = 70;

async function runCheck(session: Session, typed: Typed): Promise<number> {
  const { terminal } = session;
  const { report, kernel, check, seconds } = typed.options as {
    report?: string;
    kernel?: string;
    check?: readonly string[];
    seconds?: number;
  };
  const args = [
    ...(check ?? []).flatMap((name) => ['--check', name]),
    ...(seconds === undefined ? [] : ['--time', String(seconds)]),
  ];
  let pending = Promise.resolve();
  const show = (line: string) => {
    const words = session.isJson ? line : describeCheckerLine(line);
    if (words !== undefined) pending = pending.then(() => terminal.write(`${words}\n`));
  };
  try {
    if (kernel === undefined) buildChecker(terminal.root);
    else session.note(`booting ${kernel}`);
    const outcome = await runChecker({
      root: terminal.root,
      args,
      signal: terminal.signal,
      onLine: show,
      ...(kernel === undefined ? {} : { kernel }),
    });
    await pending;
    if (report !== undefined)
      session.note(await sendReport(report, outcome.lines, terminal.env.PATCHTRAIL_TOKEN));
    return outcome.exit;
  } catch (error) {
    if (!(error instanceof PatchtrailError) || error.code !== 'check-unavailable') throw error;
    // No answer about the kernel is not the answer "broken", which is 1.
    terminal.tell(`patchtrail: ${error.message}`);
    return error.subject.startsWith('unsupported') || process.platform !== 'linux' ? 3 : fault;
  }
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (!/^\d{1,4}$/.test(text) || seconds < 1 || seconds > 3600) {
    throw new InvalidArgumentError('It must be 1 to 3600.');
  }
  return seconds;
}
