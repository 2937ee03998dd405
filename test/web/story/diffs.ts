/** Diffs: the patch by files, and the diff of two versions. */
import type { DiffFile, PatchDetail, RangeDiff } from '../../../server/wire.ts';
import { patchBody, posting } from './mails.ts';
import { dayMs, newTitle, oldTitle, postingId, startMs } from './names.ts';
import { series } from './series.ts';

export const files: DiffFile[] = [
  {
    path: 'src/cpu.c',
    oldPath: 'src/cpu.c',
    status: 'changed',
    added: 6,
    removed: 1,
    hunks: [
      {
        header: patchBody[15] ?? '',
        lines: patchBody.slice(16, 27).map((line, at) => ({
          kind: line.startsWith('+') ? '+' : line.startsWith('-') ? '-' : ' ',
          text: line.slice(1),
          words: [],
          oldLine: line.startsWith('+') ? null : 20 + at,
          newLine: line.startsWith('-') ? null : 20 + at,
          bodyLine: 16 + at,
        })),
      },
    ],
  },
];

export const rangeDiff: RangeDiff = {
  from: 'v8',
  to: 'v9',
  pairs: [
    {
      lineage: 'area',
      old: {
        messageId: 'v8-5-ada@moss.example',
        position: 5,
        title: 'alpha: Register a thread area for each thread',
      },
      new: {
        messageId: 'v9-1-ada@moss.example',
        position: 1,
        title: 'alpha: Register a thread area for each thread',
      },
      mark: '=',
      lines: [],
      isCut: false,
    },
    {
      lineage: 'main',
      old: { messageId: postingId('v8'), position: 6, title: oldTitle },
      new: { messageId: postingId('v9'), position: 2, title: newTitle },
      mark: '!',
      lines: [
        { kind: ' ', text: 'Author: Ada Moss <ada@moss.example>', words: [] },
        { kind: '-', text: `    ${oldTitle}`, words: [[11, 20]] },
        { kind: '+', text: `    ${newTitle}`, words: [[11, 14]] },
        { kind: ' ', text: '@@ src/cpu.c: get_cpu (void)', words: [] },
        { kind: ' ', text: ' {', words: [] },
        { kind: '-', text: '+  int cpu = area_cpu_id ();', words: [[13, 24]] },
        { kind: '+', text: '+  int cpu = area_cpu ();', words: [[13, 21]] },
        { kind: ' ', text: '+  if (__glibc_likely (cpu >= 0))', words: [] },
        { kind: ' ', text: '+    return cpu;', words: [] },
        { kind: '+', text: '+  /* An old kernel: ask it.  */', words: [] },
        { kind: '-', text: '-  return INLINE_SYSCALL (getcpu, 0);', words: [] },
      ],
      isCut: false,
    },
    {
      lineage: 'dropped',
      old: { messageId: 'v8-8-ada@moss.example', position: 8, title: 'alpha: Try the area in a loop' },
      new: null,
      mark: '<',
      lines: [],
      isCut: false,
    },
    {
      lineage: 'bench',
      old: null,
      new: {
        messageId: 'v9-3-ada@moss.example',
        position: 3,
        title: 'alpha: Measure get_cpu() in the benchmarks',
      },
      mark: '>',
      lines: [],
      isCut: false,
    },
  ],
};

export const patch: PatchDetail = {
  message: posting,
  cell:
    series.grid[1]?.cells.find(({ revision }) => revision === 'v8') ?? series.grid[0]?.cells[0] ?? missing(),
  checks: [
    {
      context: 'build-all',
      state: 'success',
      description: 'Built for 12 machines.',
      url: 'https://ci.example/41',
      by: 'ci',
      atMs: startMs + 71 * dayMs,
    },
    {
      context: 'style',
      state: 'warning',
      description: 'A line has 83 letters.',
      url: '',
      by: 'ci',
      atMs: startMs + 71 * dayMs,
    },
  ],
  delegate: 'bo',
  files,
  isCorrupt: false,
};

function missing(): never {
  throw new Error('the story has no cell');
}
