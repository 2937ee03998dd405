/**
 * Correct: `link`, `unlink`, `corrections` and `undo`. What a person says outranks the rules and outlives a rebuild.
 *
 * A correction is kept first and then makes its posting wait for linking, so an interrupted run loses nothing.
 */
import { InvalidArgumentError, Option } from 'commander';
import { NotFoundError } from '../../../ingest/model/errors.ts';
import { isFactCorrection } from '../../../ingest/stage/corrected-facts.ts';
import type { Store } from '../../../ingest/store/store.ts';
import { exitStatus } from '../exit-status.ts';
import { bareMessageId } from '../message-id-argument.ts';
import type { Session } from '../session.ts';
import type { CommandSpec, Typed } from './command-spec.ts';

const newer = ['<newer>', 'Message-ID of the newer posting'] as const;
const older = ['<older>', 'Message-ID of the older posting'] as const;
const by = new Option(
  '--by <address>',
  'who says so (default: `me` of the configuration, else the user name)',
);
const reason = new Option('--reason <text>', 'why, for those who read it later').default('');

export const correctCommands: readonly CommandSpec[] = [
  {
    name: 'link',
    arguments: [newer, older],
    options: [reason, by],
    help: 'Say that a posting is the next version of another',
    run: (session, typed) => correct(session, typed, 'link'),
  },
  {
    name: 'unlink',
    arguments: [newer, older],
    options: [reason, by],
    help: 'Say that a posting is not the next version of another',
    run: (session, typed) => correct(session, typed, 'unlink'),
  },
  { name: 'corrections', help: 'List what people said', run: runCorrections },
  {
    name: 'undo',
    arguments: [['<number>', 'number of the correction, as `corrections` lists it']],
    options: [by],
    help: 'Take a correction back',
    run: runUndo,
  },
];

async function correct(session: Session, typed: Typed, kind: 'link' | 'unlink'): Promise<number> {
  const [subject = '', value = ''] = typed.words.map(bareMessageId);
  return session.withStore('write', async (store) => {
    const held = await store.getPostings([subject, value]);
    for (const id of [subject, value]) {
      if (held.has(id)) continue;
      throw new NotFoundError('No such posting is held', {
        subject: id,
        remedy: 'Both must be patches or cover letters of this store.',
      });
    }
    const correction = await store.addCorrection({
      atMs: session.terminal.nowMs(),
      by: personOf(session, typed),
      kind,
      subject,
      value,
      reason: String(typed.options.reason),
    });
    await linkAgain(session, store, [subject, value]);
    if (session.isJson) await session.writeJson(correction);
    else session.note(`kept as correction ${correction.id}; patchtrail undo ${correction.id} takes it back`);
    return exitStatus.done;
  });
}

async function runCorrections(session: Session): Promise<number> {
  return session.withStore('read', async (store) => {
    const corrections = await store.getCorrections({});
    if (session.isJson) await session.writeJson(corrections);
    else {
      await session.writeLines(
        corrections.map((row) => {
          const day = new Date(row.atMs).toISOString().slice(0, 10);
          const end = row.undoneBy === null ? '' : ` (taken back by ${row.undoneBy})`;
          const why = row.reason === '' ? '' : `: ${row.reason}`;
          return `${row.id} ${day} ${row.by} ${row.kind} ${row.subject} ${JSON.stringify(row.value)}${why}${end}`;
        }),
      );
    }
    return exitStatus.done;
  });
}

async function runUndo(session: Session, typed: Typed): Promise<number> {
  const id = Number(typed.words[0]);
  if (!Number.isSafeInteger(id) || id < 1)
    throw new InvalidArgumentError('The number must be one that `corrections` lists.');
  return session.withStore('write', async (store) => {
    const correction = (await store.getCorrections({})).find((row) => row.id === id);
    if (correction === undefined) {
      throw new NotFoundError('No such correction', {
        subject: String(id),
        remedy: 'See patchtrail corrections.',
      });
    }
    const undone = await store.undoCorrection(id, personOf(session, typed), session.terminal.nowMs());
    if (isFactCorrection(correction.kind)) await store.markWaiting('review', [correction.subject]);
    await linkAgain(session, store, [correction.subject, String(correction.value)]);
    if (session.isJson) await session.writeJson(undone);
    else session.note(`correction ${id} is taken back`);
    return exitStatus.done;
  });
}

/** Both ends wait: the older one may get another follower in its place. */
async function linkAgain(session: Session, store: Store, messageIds: readonly string[]): Promise<void> {
  const { parts, terminal } = session;
  await store.markWaiting('link', [...(await store.getPostings(messageIds)).keys()]);
  await parts.derive(store, { nowMs: terminal.nowMs, signal: terminal.signal });
}

function personOf(session: Session, typed: Typed): string {
  const given = typed.options.by as string | undefined;
  return given ?? (session.config.me || session.terminal.env.USER || 'someone');
}
