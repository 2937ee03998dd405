/**
 * Program: the commands put together, run, and their outcome made an exit status and words.
 *
 * commander parses and explains; it never ends the process, so that tests can run commands and output is flushed.
 */
import { Command, CommanderError, Option } from 'commander';
import { PatchtrailError } from '../../ingest/model/errors.ts';
import description from '../../package.json' with { type: 'json' };
import { backupCommands } from './commands/backup.ts';
import { checkCommands } from './commands/check.ts';
import type { CommandSpec, Typed } from './commands/command-spec.ts';
import { compareCommands } from './commands/compare.ts';
import { correctCommands } from './commands/correct.ts';
import { digestCommands } from './commands/digest.ts';
import { keepCommands } from './commands/keep.ts';
import { lookCommands } from './commands/look.ts';
import { mcpCommands } from './commands/mcp.ts';
import { moveCommand } from './commands/move.ts';
import { pullCommands } from './commands/pull.ts';
import { removeCommands } from './commands/remove.ts';
import { rightsCommands } from './commands/rights.ts';
import { statisticsCommands } from './commands/statistics.ts';
import { webhookCommands } from './commands/webhook.ts';
import { exitStatus, exitStatusOf } from './exit-status.ts';
import type { Parts } from './parts.ts';
import { Session, type SharedOptions } from './session.ts';
import type { Terminal } from './terminal.ts';

/** All commands, in the order in which help lists them. */
export const commandSpecs: readonly CommandSpec[] = [
  ...pullCommands,
  ...lookCommands,
  ...statisticsCommands,
  ...digestCommands,
  ...compareCommands,
  ...checkCommands,
  ...correctCommands,
  ...rightsCommands,
  ...webhookCommands,
  ...mcpCommands,
  ...keepCommands,
  ...backupCommands,
  moveCommand,
  ...removeCommands,
];

/** Runs one command line and gives its exit status. Never throws. */
export async function runProgram(argv: readonly string[], terminal: Terminal, parts: Parts): Promise<number> {
  let status: number = exitStatus.done;
  const program = createProgram(terminal, async (spec, typed, shared) => {
    status = await spec.run(new Session(terminal, parts, shared), typed);
  });
  // Not commander's own: it would also take `mbox ID --version 3`, which asks for a revision.
  if (argv[0] === '--version') {
    await terminal.write(`${description.version}\n`);
    return exitStatus.done;
  }
  try {
    await program.parseAsync(argv, { from: 'user' });
    return status;
  } catch (error) {
    if (!(error instanceof CommanderError)) tellError(error, terminal, argv.includes('--json'));
    return exitStatusOf(error);
  }
}

/** The command tree; `run` is called with what was typed. */
export function createProgram(
  terminal: Pick<Terminal, 'write' | 'tell' | 'columns' | 'hasColor'>,
  run: (spec: CommandSpec, typed: Typed, shared: SharedOptions) => Promise<void>,
): Command {
  const program = new Command('patchtrail')
    .description('Reads mailing lists and tells what became of every patch, with the mail that proves it.')
    // Before any subcommand: they inherit it.
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void terminal.write(text),
      writeErr: (text) => terminal.tell(text.trimEnd()),
      getOutHelpWidth: () => terminal.columns,
      getErrHelpWidth: () => terminal.columns,
      getOutHasColors: () => terminal.hasColor,
      getErrHasColors: () => terminal.hasColor,
    })
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(--help tells more)')
    .helpCommand('help [command]', 'explain a command')
    .addOption(
      new Option('--store <where>', 'path of the store, or postgres://... (default: ./patchtrail.db)'),
    )
    .addOption(
      new Option('--config <file>', 'configuration (default: ./patchtrail.toml, where there is one)'),
    )
    .addOption(new Option('--json', 'print JSON, for programs'))
    .addOption(new Option('--quiet', 'no progress and no remarks on stderr; errors stay'));
  for (const spec of commandSpecs) {
    const command = program.command(spec.name).description(spec.help);
    for (const [name, help] of spec.arguments ?? []) command.argument(name, help);
    for (const option of spec.options ?? []) command.addOption(option);
    if (spec.more) command.addHelpText('after', `\n${spec.more}`);
    command.action(() =>
      run(spec, { words: command.args, options: command.opts() }, command.optsWithGlobals()),
    );
  }
  return program;
}

function tellError(error: unknown, terminal: Terminal, isJson: boolean): void {
  if (isJson && error instanceof PatchtrailError) {
    const { code, what, subject, remedy } = error;
    terminal.tell(JSON.stringify({ code, what, subject, remedy }));
    return;
  }
  const message = error instanceof Error ? error.message : String(error);
  terminal.tell(`patchtrail: ${message}`);
  if (error instanceof Error && !(error instanceof PatchtrailError)) {
    terminal.tell('This is a fault of Patchtrail itself. PATCHTRAIL_DEBUG=1 shows where it happened.');
  }
  if (terminal.env.PATCHTRAIL_DEBUG && error instanceof Error) terminal.tell(error.stack ?? '');
}
