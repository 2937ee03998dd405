/**
 * Remove: takes a list out of the store, with everything that only it had.
 *
 * It cannot be taken back, so a person types the name again, and a script says --yes. Done in steps: a run that is
 * stopped leaves a store that opens, and the same command goes on.
 */
import { Option } from 'commander';
import { NotFoundError, UsageError } from '../../../ingest/model/errors.ts';
import type { ListRow, Store } from '../../../ingest/store/store.ts';
import { exitStatus } from '../exit-status.ts';
import type { Session } from '../session.ts';
import type { CommandSpec, Typed } from './command-spec.ts';

export const removeCommands: readonly CommandSpec[] = [
  {
    name: 'remove',
    arguments: [['<list>', 'name of the list, as the lists page shows it']],
    options: [new Option('--yes', 'do not ask')],
    help: 'Remove a list with all mails and findings that only it had',
    more: 'Mails that another list has, too, stay. What people corrected stays as well.',
    run: runRemove,
  },
];

/** Mails taken away in one transaction. */
const stepMails = 500;

async function runRemove(session: Session, typed: Typed): Promise<number> {
  const [name = ''] = typed.words;
  return session.withStore('write', async (store) => {
    const list = await findList(store, name);
    if (typed.options.yes !== true && !(await isConfirmed(session, list))) {
      session.note('nothing was removed');
      return exitStatus.failed;
    }
    const { terminal, parts } = session;
    let removed = 0;
    for (let left = 1; left > 0 && !terminal.signal.aborted; ) {
      const step = await store.removeList(name, stepMails);
      removed += step.removed;
      left = step.left;
    }
    await parts.derive(store, { nowMs: terminal.nowMs, signal: terminal.signal });
    if (terminal.signal.aborted) {
      session.note('stopped; the same command goes on from here');
      return exitStatus.failed;
    }
    if (session.isJson) await session.writeJson({ list: name, mails: removed });
    else session.note(`${name} is removed: ${count(removed)} mails are on it no more`);
    for (const { location, list: given } of session.config.sources) {
      if (given === name) session.note(`the configuration still names its source: ${location}`);
    }
    return exitStatus.done;
  });
}

async function findList(store: Store, name: string): Promise<ListRow> {
  const lists = await store.getLists();
  const found = lists.find((list) => list.name === name);
  if (found) return found;
  throw new NotFoundError('There is no such list', {
    subject: name,
    remedy: `Held are ${lists.map((list) => list.name).join(', ') || 'none'}.`,
  });
}

async function isConfirmed({ terminal }: Session, { name, messages, series }: ListRow): Promise<boolean> {
  if (!terminal.ask) {
    throw new UsageError('Nobody can be asked whether to remove the list', {
      subject: name,
      remedy: 'Say --yes to remove it.',
    });
  }
  const held = `${count(messages)} mails and ${count(series)} series`;
  const answer = await terminal.ask(`${name} has ${held}. Type its name to remove it: `);
  return answer.trim() === name;
}

function count(value: number): string {
  return value.toLocaleString('en');
}
