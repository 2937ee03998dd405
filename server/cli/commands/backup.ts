/**
 * Backup: `backup` and `restore`. A copy of the whole store in one file, and the store made from it again.
 */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Option } from 'commander';
import { exitStatus } from '../exit-status.ts';
import type { Session } from '../session.ts';
import type { CommandSpec, Typed } from './command-spec.ts';

export const backupCommands: readonly CommandSpec[] = [
  {
    name: 'backup',
    arguments: [
      ['<file>', 'where the copy goes; an older backup there is replaced, once the new one is whole'],
    ],
    help: 'Copy the store as it is now; it may be in use meanwhile',
    run: runBackup,
  },
  {
    name: 'restore',
    arguments: [['<file>', 'a copy that backup wrote']],
    options: [new Option('--replace', 'write over the store that is there: what it holds is lost')],
    help: 'Make the store what a backup holds',
    more: 'patchtrail ingest then goes on from where the sources were read when the backup was made.',
    run: runRestore,
  },
];

async function runBackup(session: Session, typed: Typed): Promise<number> {
  const file = resolve(session.terminal.cwd, typed.words[0] ?? '');
  session.checkStore();
  await session.parts.backupStore(session.storeLocation, file);
  const { size } = statSync(file);
  if (session.isJson) await session.writeJson({ file, sizeBytes: size });
  else session.note(`${file} holds the store, ${(size / 1e6).toFixed(1)} MB`);
  return exitStatus.done;
}

async function runRestore(session: Session, typed: Typed): Promise<number> {
  const file = resolve(session.terminal.cwd, typed.words[0] ?? '');
  const { replace = false } = typed.options as { replace?: boolean };
  await session.parts.restoreStore(file, session.storeLocation, { replace });
  return session.withStore('write', async (store) => {
    const { messages, series } = await store.info();
    if (session.isJson) await session.writeJson({ store: session.storeLocation, messages, series });
    else session.note(`${session.storeLocation} holds ${messages} mails and ${series} series again`);
    return exitStatus.done;
  });
}
