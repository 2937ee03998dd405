/** Search: an answer with hits, completions, and a person. */

import type { PersonDetail, SearchAnswer } from '../../../server/wire.ts';
import { messageSummary, posting, thread } from './mails.ts';
import { ada, dayMs, startMs } from './names.ts';
import { others, series, summary } from './series.ts';

export const found: SearchAnswer = {
  understood: 'subject has "thread area", sent from 2026-01-01 on',
  count: 1234,
  countIsExact: false,
  next: 'page-2',
  items: [
    {
      message: posting,
      series: series.summary.id,
      lines: [
        {
          line: 0,
          text: 'Read the CPU number from the thread area where the kernel keeps one, and',
          marks: [
            [29, 35],
            [36, 40],
          ],
        },
      ],
    },
    ...thread.messages.slice(1, 3).map((message) => ({
      message,
      series: series.summary.id,
      lines: [
        {
          line: 7,
          text: 'A new thread could see the CPU of its parent.',
          marks: [[6, 12]] as [number, number][],
        },
      ],
    })),
    {
      message: {
        ...messageSummary('bug-1@moss.example', ada, 100, '[RFC] area: new threads are told a stale CPU'),
        thread: 'bug-1@moss.example',
      },
      series: null,
      lines: [],
    },
  ],
};

export const person: PersonDetail = {
  ...ada,
  messages: 1204,
  postings: 310,
  series: 41,
  trailersGiven: 77,
  firstMs: startMs - 2000 * dayMs,
  lastMs: startMs + 190 * dayMs,
  openTurns: [summary],
  recentSeries: [summary, ...others.slice(0, 1)],
  recentMessages: thread.messages.slice(0, 3),
};

export const completions = [
  { insert: 's:', help: 'words in the subject', example: 's:"thread area"' },
  { insert: 'f:', help: 'who sent it', example: 'f:ada@moss.example' },
  { insert: 'd:', help: 'when it was sent', example: 'd:2026-01-01..' },
  { insert: 'is:', help: 'what became of the series', example: 'is:open' },
];
