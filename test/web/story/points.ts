/** Points: what reviewers said of the patch, and what became of it. */
import type { WirePoint } from '../../../server/wire.ts';
import { bo, chidi, dayMs, postingId, startMs, why } from './names.ts';

export const openPoint: WirePoint = {
  id: 'reply-1@harbour.example#6',
  messageId: 'reply-1@harbour.example',
  author: bo,
  atMs: startMs + 72 * dayMs,
  kind: 'question',
  status: 'open',
  statusWhy: why('no-answer-after', 'No later mail of the author answers these lines.', 0.8, [
    'What happens when the kernel has not',
    'written the number yet?',
  ]),
  words: [
    'What happens when the kernel has not written the number yet?',
    'A new thread could see the CPU of its parent.',
  ],
  anchorMessage: postingId('v8'),
  anchorStart: 20,
  anchorEnd: 21,
  moreLines: 0,
  anchorWords: ['+  int cpu = area_cpu_id ();'],
  posting: postingId('v8'),
  on: 'v8',
};

export const donePoint: WirePoint = {
  ...openPoint,
  id: 'reply-1@harbour.example#14',
  kind: 'change-requested',
  status: 'addressed',
  statusWhy: why('line-changed-later', 'The quoted line is another one in v9.', 0.9, ['-  return cpu;']),
  words: ['Please return the fallback here, not the raw number.'],
  anchorStart: 22,
  anchorEnd: 23,
  moreLines: 0,
  anchorWords: ['+  return cpu;'],
};

export const points: WirePoint[] = [
  openPoint,
  donePoint,
  {
    ...openPoint,
    id: 'reply-3@okoro.example#2',
    messageId: 'reply-3@okoro.example',
    author: chidi,
    kind: 'nit',
    status: 'answered',
    words: ['The comment still names the old function.'],
    anchorWords: ['+/* Ask get_cpu_old for the number.  */'],
    anchorStart: 18,
    anchorEnd: 19,
  },
];
