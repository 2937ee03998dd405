/** Digest: the thread of v8 in few lines. */
import type { ThreadDigest, WireEvidence } from '../../../server/wire.ts';
import { ada, bo, dayMs, oldTitle, patchId, postingId, startMs, why } from './names.ts';

const span = (messageId: string, start: number, words: string[]): WireEvidence => ({
  messageId,
  part: 'body',
  start,
  end: start + words.length,
  words,
});

const reply = span('reply-1@harbour.example', 6, ['I object: a new thread could see the CPU of its parent.']);
const answer = span('reply-2@moss.example', 16, [
  'I will look at the kernel side first and send that as its own series.',
]);

export const digest: ThreadDigest = {
  id: postingId('v8'),
  subject: `[PATCH v8 6/9] ${oldTitle}`,
  mails: 4,
  people: 3,
  firstMs: startMs + 70 * dayMs,
  lastMs: startMs + 74 * dayMs,
  items: [
    {
      group: 'disagreement',
      kind: 'objection',
      person: bo,
      atMs: startMs + 72 * dayMs,
      span: reply,
      answers: span(postingId('v8'), 20, ['+  int cpu = area_cpu_id ();']),
      outcome: {
        status: 'agreed',
        why: { ...why('author-promised', 'The author promises it.', 0.85, answer.words), evidence: [answer] },
      },
      addressed: 0,
      why: why('objection-of-mine', 'The reviewer objects in words.', 0.93, reply.words),
    },
    {
      group: 'turning-point',
      kind: 'next-revision',
      person: ada,
      atMs: startMs + 90 * dayMs,
      span: { ...span(postingId('v9'), 0, [`[PATCH v9 2/3] ${oldTitle}`]), part: 'subject' },
      answers: null,
      outcome: null,
      addressed: 2,
      why: why('revision-after-thread', 'It is the next revision after this thread.', 0.95, []),
    },
  ],
  links: [
    {
      kind: 'commit',
      messageId: null,
      masked: '',
      sha: '0123456789abcdef',
      title: 'area: Tell the CPU',
      isHeld: false,
      isFixes: true,
      series: null,
      places: [reply],
    },
    {
      kind: 'mail',
      messageId: postingId('v9'),
      masked: 'v9@xxxxxxxx',
      sha: '',
      title: `[PATCH v9 2/3] ${oldTitle}`,
      isHeld: true,
      isFixes: false,
      series: patchId,
      places: [reply, answer],
    },
  ],
};
