/**
 * Compare: `diff` and `mbox`. One revision against another, and one revision to be applied.
 */
import { Option } from 'commander';
import { NotFoundError, UsageError } from '../../../ingest/model/errors.ts';
import type { Store } from '../../../ingest/store/store.ts';
import { findLabel } from '../../present/revision-label.ts';
import { renderRangeDiff } from '../../present/text-series.ts';
import type { SeriesDetail } from '../../wire.ts';
import { ask } from '../ask.ts';
import { exitStatus } from '../exit-status.ts';
import { mboxOf, type PatchToApply } from '../mbox-text.ts';
import { bareMessageId } from '../message-id-argument.ts';
import type { Session } from '../session.ts';
import type { CommandSpec, Typed } from './command-spec.ts';

const series = ['<series>', 'Message-ID of any mail of the series'] as const;

export const compareCommands: readonly CommandSpec[] = [
  {
    name: 'diff',
    arguments: [series, ['[range]', 'two revisions, such as v8..v9 (default: the last two)']],
    help: 'Show what changed between two revisions, patch by patch',
    run: runDiff,
  },
  {
    name: 'mbox',
    arguments: [series],
    options: [
      new Option('--version <number>', 'which revision, such as 3 or v7.2 (default: the newest)'),
      new Option('--no-trailers', 'without the trailers that were given in replies'),
    ],
    help: 'Print a series for `git am`, with the trailers it was given',
    more: 'Trailers that were given on an earlier version of a patch that changed since are left out.',
    run: runMbox,
  },
];

async function runDiff(session: Session, typed: Typed): Promise<number> {
  const id = bareMessageId(typed.words[0] ?? '');
  return session.withStore('read', async (store) => {
    const [from, to] = await labelsOf(session, store, id, typed.words[1]);
    const diff = await ask(session, store, { name: 'GET /api/v1/series/{id}/diff', id, query: { from, to } });
    if (session.isJson) await session.writeJson(diff);
    else await session.terminal.write(renderRangeDiff(diff));
    return exitStatus.done;
  });
}

async function labelsOf(
  session: Session,
  store: Store,
  id: string,
  range: string | undefined,
): Promise<readonly [from: string, to: string]> {
  if (range !== undefined) {
    const [from = '', to = '', more] = range.split('..');
    if (from === '' || to === '' || more !== undefined) {
      throw new UsageError('That is no range of revisions', {
        subject: range,
        remedy: 'Write it as v8..v9.',
      });
    }
    return [from, to];
  }
  const { revisions } = await ask(session, store, { name: 'GET /api/v1/series/{id}', id });
  const [from, to] = revisions.slice(-2).map((revision) => revision.label);
  if (from === undefined || to === undefined) {
    throw new NotFoundError('There is nothing to compare: the series was sent once', { subject: id });
  }
  return [from, to];
}

async function runMbox(session: Session, typed: Typed): Promise<number> {
  const id = bareMessageId(typed.words[0] ?? '');
  const { version, trailers } = typed.options as { version?: string; trailers: boolean };
  return session.withStore('read', async (store) => {
    const detail = await ask(session, store, { name: 'GET /api/v1/series/{id}', id });
    const label = labelToApply(detail, version);
    const patches: PatchToApply[] = [];
    // A trailer on no patch was given on a cover letter, so for every patch below it.
    const onPatches = new Set(detail.grid.flatMap((row) => row.cells.map((one) => one.messageId)));
    for (const { cell, row } of cellsOf(detail, label)) {
      const message = await ask(session, store, { name: 'GET /api/v1/messages/{id}', id: cell.messageId });
      const own = new Set(row.cells.map((one) => one.messageId));
      const given = detail.trailers
        .filter((one) => one.isOwn && one.standing !== 'dropped')
        .filter((one) => own.has(one.messageId) || !onPatches.has(one.messageId));
      patches.push({ message, trailers: trailers ? given.map(({ name, value }) => ({ name, value })) : [] });
    }
    const missing = (detail.revisions.find((one) => one.label === label)?.total ?? 0) - patches.length;
    if (missing > 0) session.note(`${label} is not whole: ${missing} of its patches are not held`);
    await session.terminal.write(mboxOf(patches));
    return exitStatus.done;
  });
}

function labelToApply({ revisions }: SeriesDetail, wanted: string | undefined): string {
  const labels = revisions.map(({ id, label, version }) => ({
    revision: id,
    label,
    base: label.replace(/\.\d+$/, ''),
    version,
  }));
  const text = wanted !== undefined && /^\d/.test(wanted) ? `v${wanted}` : wanted;
  const found = text === undefined ? labels.at(-1) : findLabel(labels, text);
  if (found) return found.label;
  throw new NotFoundError('The series has no such revision', {
    subject: text ?? '',
    remedy: `It has ${labels.map(({ label }) => label).join(', ')}.`,
  });
}

function cellsOf(detail: SeriesDetail, label: string) {
  return detail.grid
    .flatMap((row) => row.cells.filter((cell) => cell.revision === label).map((cell) => ({ cell, row })))
    .sort((a, b) => a.cell.position - b.cell.position);
}
