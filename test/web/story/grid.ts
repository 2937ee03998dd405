/** Grid: the sendings of the series and where each patch stood in them. */
import type { GridCell, LineageRow, RevisionSummary } from '../../../server/wire.ts';
import { dayMs, newTitle, oldTitle, patchId, postingId, startMs, why } from './names.ts';

const sendings: readonly [label: string, day: number, position: number, total: number][] = [
  ['v4', 0, 2, 5],
  ['v5', 9, 10, 13],
  ['v6', 30, 5, 8],
  ['v7', 44, 5, 8],
  ['v7.2', 45, 5, 8],
  ['v8', 70, 6, 9],
  ['v9', 86, 2, 3],
];
export const revisions: RevisionSummary[] = sendings.map(([label, day, , total], at) => ({
  id: label === 'v4' ? '20260203.0-ada@moss.example' : `${label}-0-ada@moss.example`,
  label,
  version: Number.parseInt(label.slice(1), 10),
  isRfc: false,
  isResend: label === 'v7.2',
  total,
  held: label === 'v5' ? 12 : total,
  hasCover: true,
  title: 'Thread areas for alpha',
  sentMs: startMs + day * dayMs,
  added: 210 + 9 * total,
  removed: 3 * total,
  thread: label === 'v4' ? '20260203.0-ada@moss.example' : `${label}-0-ada@moss.example`,
  previous: at === 0 ? null : (sendings[at - 1]?.[0] ?? null),
  why:
    at === 0
      ? null
      : why('same-author-and-title', 'The author sent a cover letter with the same title before.', 0.97, [
          'Changes since v4:',
          '- rebased',
        ]),
}));

const mainCells: GridCell[] = sendings.map(([label, , position, total], at) => ({
  revision: label,
  messageId: postingId(label),
  position,
  total,
  patchVersion: null,
  origins: [],
  title: label === 'v9' ? newTitle : oldTitle,
  changes:
    at === 0
      ? ['new']
      : label === 'v7.2'
        ? ['same']
        : label === 'v9'
          ? ['moved', 'renamed', 'changed']
          : ['moved', 'changed'],
  why:
    at === 0
      ? null
      : why(
          'same-files-and-function',
          'Both change the same function of the same file.',
          label === 'v9' ? 0.62 : 0.98,
          ['+  int cpu = area_cpu_id ();'],
        ),
  acked: 0,
  reviewed: label === 'v9' ? 1 : 0,
  tested: 0,
  openPoints: label === 'v8' ? 1 : 0,
}));

export function otherRow(
  id: string,
  title: string,
  cells: [string, number, number, number | null][],
): LineageRow {
  const labels = cells.map(([label]) => label);
  const last = sendings.findIndex(([label]) => label === labels.at(-1));
  return {
    id,
    title,
    formerTitles: [],
    droppedIn: sendings[last + 1]?.[0] ?? null,
    cells: cells.map(([label, position, total, patchVersion], at) => ({
      revision: label,
      messageId: `${label}-${position}-ada@moss.example`,
      position,
      total,
      patchVersion,
      origins: [],
      title,
      changes: at === 0 ? ['new'] : at % 2 === 1 ? ['same'] : ['changed'],
      why: at === 0 ? null : why('same-diff', 'The diffs are the same line by line.', 0.99),
      acked: at === 1 ? 1 : 0,
      reviewed: 0,
      tested: 0,
      openPoints: 0,
    })),
  };
}

export const mainRow: LineageRow = {
  id: patchId,
  title: newTitle,
  formerTitles: [{ title: oldTitle, until: 'v9' }],
  cells: mainCells,
  droppedIn: null,
};
