/**
 * Move: `move`. A store made into one of the other engine, or elsewhere, with all its numbers.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Option } from 'commander';
import { NotFoundError } from '../../../ingest/model/errors.ts';
import { exitStatus } from '../exit-status.ts';
import type { Session } from '../session.ts';
import type { CommandSpec, Typed } from './command-spec.ts';

export const moveCommand: CommandSpec = {
  name: 'move',
  options: [
    new Option('--from <store>', 'the store to move: a path or postgres://...').makeOptionMandatory(),
    new Option(
      '--to <store>',
      'where it goes: a path or database that holds nothing yet',
    ).makeOptionMandatory(),
  ],
  help: 'Move a store between SQLite and PostgreSQL; stopped, it goes on where it was',
  more: 'The store it comes from stays as it is and may be read meanwhile. At the end both must give the same export.',
  run: runMove,
};

async function runMove(session: Session, typed: Typed): Promise<number> {
  const { from, to } = typed.options as { from: string; to: string };
  const [source, target] = [placeOf(session, from), placeOf(session, to)];
  if (!source.includes('://') && !existsSync(source)) {
    throw new NotFoundError('There is no store', { subject: source, remedy: 'Name another with --from.' });
  }
  const moved = await session.parts.move(source, target, { signal: session.terminal.signal });
  if (session.isJson) await session.writeJson(moved);
  else session.note(`${moved.rows} rows moved; both stores give the export ${moved.exportHash}`);
  return exitStatus.done;
}

function placeOf(session: Session, location: string): string {
  return location.includes('://') ? location : resolve(session.terminal.cwd, location);
}
