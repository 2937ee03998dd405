/**
 * Reply: how to answer a mail by the program that one has: a `mailto:` address, and a line for `git send-email`.
 *
 * Mail stays the only place to write. Both keep the thread (In-Reply-To) and all who were asked; nothing of a stranger
 * gets out of its quotes. Pure.
 */
import type { MessageDetail } from '../server/wire.ts';

type Answered = Pick<
  MessageDetail,
  'messageId' | 'from' | 'to' | 'cc' | 'subject' | 'headers' | 'body' | 'dateText'
>;

/** Longer addresses are cut by mail programs. */
const mostLetters = 6000;
const mostQuoted = 60;

/** As lore's pages write it (RFC 6068): recipients, subject, In-Reply-To and the quoted text. */
export function replyUrl(message: Answered): string {
  const { to, cc } = recipients(message);
  const { messageId, body, from, dateText } = message;
  const fields = [
    ...(cc.length === 0 ? [] : [['cc', cc.join(', ')]]),
    ['in-reply-to', `<${messageId}>`],
    ['subject', answerSubject(message.subject)],
    [
      'body',
      [
        `On ${dateText}, ${from.name || from.address} wrote:`,
        ...body.slice(0, mostQuoted).map((line) => `> ${line}`),
        '',
      ]
        .join('\r\n')
        .slice(0, mostLetters),
    ],
  ];
  const query = fields.map(([name, value]) => `${name}=${escaped(value ?? '')}`).join('&');
  return `mailto:${escaped(to).replaceAll('%40', '@')}?${query}`;
}

/** The command that sends a file as the answer. */
export function replyCommand(message: Answered): string {
  const { to, cc } = recipients(message);
  const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  return [
    `git send-email --in-reply-to=${quote(`<${message.messageId}>`)}`,
    `--to=${quote(to)}`,
    ...cc.map((address) => `--cc=${quote(address)}`),
    `--subject=${quote(answerSubject(message.subject))} REPLY_FILE`,
  ].join(' ');
}

/** To whom it answers; everybody else who had the mail in copy. */
function recipients({ from, to, cc, headers }: Answered): { to: string; cc: string[] } {
  const wanted = headers.find(({ name }) => name.toLowerCase() === 'reply-to')?.value ?? '';
  const [, named = ''] = /([^\s<>"',;]{1,200}@[^\s<>"',;]{1,200})/.exec(wanted) ?? [];
  const first = named || from.address;
  const others = [...to, ...cc, ...(named === '' ? [] : [from])].map(({ address }) => address);
  return { to: first, cc: [...new Set(others)].filter((address) => address !== '' && address !== first) };
}

function answerSubject(subject: string): string {
  return /^re:/i.test(subject) ? subject : `Re: ${subject}`;
}

/** Half a letter of two codes, which a broken or cut mail may hold, cannot be escaped. */
function escaped(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));
}
