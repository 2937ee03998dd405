/**
 * Check: does the kernel of this machine, or one in a file, keep its promises to new tasks?
 *
 * Prints what the native checker finds as it finds it, then the answer in one sentence and what the store's mails made
 * expect; with --json the checker's own lines. The exit status is the checker's.
 */

import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import { CheckError, UsageError } from '../../../ingest/model/errors.ts';
import type { Verdict } from '../../../ingest/model/kernel.ts';
import { bootUnit } from '../../check/boot-unit.ts';
import { presentReport } from '../../present/report.ts';
import { describeCheckerLine } from '../checker-words.ts';
import { exitStatus } from '../exit-status.ts';
import { compareWithMail } from '../mail-expectation.ts';
import { readReportUrl, sendReport } from '../report-sender.ts';
import type { Session } from '../session.ts';
import type { CommandSpec, Typed } from './command-spec.ts';

export const checkCommands: readonly CommandSpec[] = [
  {
    name: 'check',
    options: [
      new Option('--report <url>', 'send the report to the Patchtrail at this address'),
      new Option(
        '--kernel <file>',
        'boot this kernel in a virtual machine and check it: bzImage, Image, or a Debian linux-image .deb',
      ),
      new Option('--on-boot', 'print a systemd unit that does the same after each boot').conflicts('kernel'),
      new Option('--seconds <number>', 'time for the main check').argParser(parseSeconds),
    ],
    help: 'Check whether the kernel here has the fix, by trying it',
    more: [
      'Exit status: 0 fixed, 1 broken, 2 inconclusive (or wrong usage, with nothing on stdout), 3 unsupported,',
      '4 not affected, 70 fault. --report takes its token from PATCHTRAIL_TOKEN (on the server: patchtrail token add',
      "NAME --scope check) and sends what is printed: the CPU model and the boot's id, never a host or user name.",
    ].join('\n'),
    run: runCheck,
  },
];

/** The checker's own exit statuses (native-check/PROTOCOL.md). */
const statusOf: Readonly<Record<Verdict, number>> = {
  fixed: 0,
  broken: 1,
  inconclusive: 2,
  unsupported: 3,
  'not-affected': 4,
};
const faultStatus = 70;
/** Enough for a verdict even beside other work. */
const usualSeconds = 10;

async function runCheck(session: Session, typed: Typed): Promise<number> {
  const { terminal, parts } = session;
  const {
    report: address,
    kernel,
    onBoot = false,
    seconds = usualSeconds,
  } = typed.options as {
    report?: string;
    kernel?: string;
    onBoot?: boolean;
    seconds?: number;
  };
  // Both are looked at first: nobody should wait for a verdict to learn of a slip of the finger.
  const url = address === undefined ? undefined : readReportUrl(address);
  if (onBoot) {
    const program = join(terminal.root, 'server/cli/patchtrail.mjs');
    await terminal.write(bootUnit({ node: process.execPath, program, reportUrl: address, seconds }));
    return exitStatus.done;
  }
  const image = kernel === undefined ? undefined : resolve(terminal.cwd, kernel);
  if (image !== undefined && !existsSync(image)) {
    throw new UsageError('There is no such kernel image', { subject: image });
  }
  let written = Promise.resolve();
  const onLine = (line: Readonly<Record<string, unknown>>) => {
    const words = session.isJson ? JSON.stringify(line) : describeCheckerLine(line);
    if (words !== undefined) written = written.then(() => terminal.write(`${words}\n`));
  };
  try {
    if (image !== undefined) session.note(`booting ${image}`);
    const { root, nowMs, signal } = terminal;
    const report = await parts.check({
      ...(image === undefined ? {} : { kernel: image }),
      seconds,
      onLine,
      root,
      nowMs,
      signal,
    });
    await written;
    if (!session.isJson) {
      await session.writeLines([presentReport(report).sentence, ...(await compareWithMail(session, report))]);
    }
    if (url !== undefined)
      session.note(await sendReport(url, report.lines, terminal.env.PATCHTRAIL_TOKEN, nowMs()));
    return statusOf[report.verdict];
  } catch (error) {
    await written;
    if (!(error instanceof CheckError)) throw error;
    terminal.tell(`patchtrail: ${error.message}`);
    // That there is no answer must not look like the answer "broken", which is 1.
    return process.platform === 'linux' ? faultStatus : statusOf.unsupported;
  }
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (!/^\d{1,4}$/.test(text) || seconds < 1 || seconds > 3600) {
    throw new InvalidArgumentError('It must be 1 to 3600.');
  }
  return seconds;
}
