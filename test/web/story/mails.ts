/** Mails: the thread of v8, with quotes, a ghost, an attachment and trailers. */
import type { MessageDetail, MessageSummary, PersonName, ThreadDetail } from '../../../server/wire.ts';
import { ada, bo, chidi, dayMs, oldTitle, patchId, postingId, startMs } from './names.ts';
import { donePoint, openPoint } from './points.ts';

export const patchBody = [
  'Read the CPU number from the thread area where the kernel keeps one, and',
  'ask the kernel only where there is none. See https://example.org/areas.',
  '',
  'Signed-off-by: Ada Moss <ada@moss.example>',
  '---',
  'Changes since v7:',
  '- name the fallback',
  '',
  ' src/cpu.c | 9 +++++++--',
  ' 1 file changed, 7 insertions(+), 2 deletions(-)',
  '',
  'diff --git a/src/cpu.c b/src/cpu.c',
  'index 1111111..2222222 100644',
  '--- a/src/cpu.c',
  '+++ b/src/cpu.c',
  '@@ -20,7 +20,12 @@ cpu_setup (void)',
  ' int',
  ' get_cpu (void)',
  '+/* Ask get_cpu_old for the number.  */',
  ' {',
  '+  int cpu = area_cpu_id ();',
  '+  if (__glibc_likely (cpu >= 0))',
  '+    return cpu;',
  '-  return INLINE_SYSCALL (getcpu, 0);',
  '+  const char *way = "syscall";',
  '+  return get_cpu_by (way);',
  ' }',
  '-- ',
  '2.40.1',
];

export function messageSummary(
  messageId: string,
  from: PersonName,
  day: number,
  subject: string,
): MessageSummary {
  return {
    messageId,
    subject,
    from,
    sortMs: startMs + day * dayMs,
    lists: ['lib-alpha'],
    thread: postingId('v8'),
    parent: null,
    parentIsGuess: false,
    isPosting: false,
    sizeBytes: 4200,
  };
}

export function detail(
  base: MessageSummary,
  body: string[],
  more: Partial<MessageDetail> = {},
): MessageDetail {
  return {
    ...base,
    to: [ada],
    cc: [{ name: '', address: 'lib-alpha@lists.example' }],
    dateText: 'Fri, 17 Apr 2026 09:30:00 +0000',
    body,
    quotes: [],
    diff: null,
    attachments: [],
    troubles: [],
    appearances: [{ list: 'lib-alpha', source: 'alpha.mbox', arrivedMs: null }],
    copies: 0,
    series: patchId,
    revision: 'v8',
    trailersGiven: [],
    points: [],
    headers: [],
    ...more,
  };
}

export const subject = `[PATCH v8 6/9] ${oldTitle}`;

export const posting = detail(
  { ...messageSummary(postingId('v8'), ada, 70, subject), isPosting: true },
  patchBody,
  { diff: { start: 11, end: 27 } },
);

const reply = detail(
  { ...messageSummary('reply-1@harbour.example', bo, 72, `Re: ${subject}`), parent: posting.messageId },
  [
    '* Ada Moss wrote:',
    ...patchBody.slice(12, 16).map((line) => `> ${line}`),
    '> +  int cpu = area_cpu_id ();',
    'What happens when the kernel has not written the number yet?',
    'A new thread could see the CPU of its parent.',
    '',
    '> +  if (__glibc_likely (cpu >= 0))',
    '> +    return cpu;',
    '> -  return INLINE_SYSCALL (getcpu, 0);',
    '> +  const char *way = "syscall";',
    '',
    'Please return the fallback here, not the raw number.',
    '',
    'Bo',
    '-- ',
    'Harbour Systems, https://harbour.example/',
  ],
  {
    quotes: [
      {
        start: 1,
        end: 6,
        depth: 1,
        source: posting.messageId,
        sourceStart: 12,
        sourceEnd: 21,
        author: ada,
        confidence: 1,
      },
      {
        start: 9,
        end: 13,
        depth: 1,
        source: posting.messageId,
        sourceStart: 21,
        sourceEnd: 25,
        author: ada,
        confidence: 1,
      },
    ],
    points: [openPoint, donePoint],
  },
);

const deepReply = detail(
  { ...messageSummary('reply-2@moss.example', ada, 73, `Re: ${subject}`), parent: reply.messageId },
  [
    'Bo Lindqvist <bo@harbour.example> writes:',
    '',
    '> * Ada Moss wrote:',
    ...patchBody.slice(12, 22).map((line) => `>> ${line}`),
    '> What happens when the kernel has not written the number yet?',
    '> A new thread could see the CPU of its parent.',
    '',
    'You are right: on the test machine three of ten thousand threads saw it.',
    'I will look at the kernel side first and send that as its own series.',
    '',
    'Ada',
    '',
    ...patchBody.slice(0, 8).map((line) => `> > ${line}`),
  ],
  {
    quotes: [
      {
        start: 3,
        end: 13,
        depth: 2,
        source: posting.messageId,
        sourceStart: 12,
        sourceEnd: 22,
        author: ada,
        confidence: 1,
      },
      {
        start: 13,
        end: 15,
        depth: 1,
        source: reply.messageId,
        sourceStart: 6,
        sourceEnd: 8,
        author: bo,
        confidence: 1,
      },
    ],
    parentIsGuess: true,
  },
);

export const review = detail(
  { ...messageSummary('reply-3@okoro.example', chidi, 74, `Re: ${subject}`), parent: 'lost-1@weiss.example' },
  [
    'The comment still names the old function. With that mended,',
    '',
    'Reviewed-by: Chidi Okoro <chidi@okoro.example>',
  ],
  {
    trailersGiven: [
      { name: 'Reviewed-by', value: 'Chidi Okoro <chidi@okoro.example>', messageId: posting.messageId },
    ],
    attachments: [
      { filename: 'run.log', contentType: 'text/plain', sizeBytes: 812, text: 'pass: get_cpu\nfail: none' },
    ],
  },
);

const bodies = [posting, reply, deepReply, review];

export const thread: ThreadDetail = {
  id: posting.messageId,
  subject,
  nodes: [
    { messageId: posting.messageId, message: posting, depth: 0, parent: null },
    { messageId: reply.messageId, message: reply, depth: 1, parent: posting.messageId },
    { messageId: deepReply.messageId, message: deepReply, depth: 2, parent: reply.messageId },
    { messageId: 'lost-1@weiss.example', message: null, depth: 1, parent: posting.messageId },
    { messageId: review.messageId, message: review, depth: 2, parent: 'lost-1@weiss.example' },
  ].map((node) => ({ ...node, message: node.message && { ...messageOf(node.message) } })),
  messages: bodies,
  offset: 0,
  nextOffset: null,
};

/** Only what an outline holds. */
function messageOf(full: MessageDetail): MessageSummary {
  const {
    messageId,
    subject: title,
    from,
    sortMs,
    lists,
    parent,
    parentIsGuess,
    isPosting,
    sizeBytes,
  } = full;
  return {
    messageId,
    subject: title,
    from,
    sortMs,
    lists,
    thread: full.thread,
    parent,
    parentIsGuess,
    isPosting,
    sizeBytes,
  };
}

/** Mails of the long thread: more than two blocks of bodies. */
const longThreadMails = 130;

/** One mail after the other, each an answer to the one before; the bodies of one block from `offset` on. */
export function longThread(offset: number): ThreadDetail {
  const mails = Array.from({ length: longThreadMails }, (_, at) =>
    detail(
      {
        ...messageSummary(`long-${at}@okoro.example`, at % 2 === 0 ? chidi : bo, at, 'Long talk'),
        parent: at === 0 ? null : `long-${at - 1}@okoro.example`,
      },
      [`This is mail ${at}.`, ...Array.from({ length: 12 }, () => 'It says little.')],
    ),
  );
  const end = Math.min(offset + 50, mails.length);
  return {
    id: 'long-0@okoro.example',
    subject: 'Long talk',
    nodes: mails.map((mail, at) => ({
      messageId: mail.messageId,
      message: messageOf(mail),
      depth: at,
      parent: mail.parent,
    })),
    messages: mails.slice(offset, end),
    offset,
    nextOffset: end < mails.length ? end : null,
  };
}
