/**
 * Mails as text: one message, a thread with its outline, search answers.
 */
import { type KeyRow, keyLabel } from '../key-table.ts';
import type { Completion, MessageDetail, MessageSummary, SearchAnswer, ThreadDetail } from '../wire.ts';
import { shortName } from './person-name.ts';
import { countText, indent, joinText, personText, section, timeText } from './text.ts';
import { pointLines } from './text-series.ts';

export function renderMessage(message: MessageDetail): string {
  return joinText(messageLines(message));
}

function messageLines(message: MessageDetail): string[] {
  const field = (name: string, value: string) => (value === '' ? [] : [`${name}: ${value}`]);
  return [
    ...field('Subject', message.subject),
    ...field('From', personText(message.from)),
    ...field('To', message.to.map(personText).join(', ')),
    ...field('Cc', message.cc.map(personText).join(', ')),
    ...field('Date', message.dateText),
    ...field('Message-ID', `<${message.messageId}>`),
    ...field('Series', [message.series ?? '', message.revision ?? ''].filter(Boolean).join(' ')),
    '',
    ...message.body,
    ...section(
      'Attachments',
      message.attachments.map(
        (one) => `${one.filename || 'unnamed'}  ${one.contentType}  ${one.sizeBytes} bytes`,
      ),
    ),
    ...section('Comments', message.points.flatMap(pointLines)),
  ];
}

export function renderThread(thread: ThreadDetail): string {
  const outline = thread.nodes.map(({ messageId, message, depth }) => {
    const by = message ? `${shortName(message.from)}, ${timeText(message.sortMs)}` : 'not held';
    const guess = message?.parentIsGuess ? ' (place guessed)' : '';
    return `${'  '.repeat(Math.min(depth, 20))}${by}${guess}  ${messageId}`;
  });
  const rule = '-'.repeat(72);
  const more = thread.nextOffset === null ? [] : ['', `More: offset=${thread.nextOffset}`];
  return joinText([
    thread.subject,
    ...section(countText(thread.nodes.length, 'message'), outline),
    ...thread.messages.flatMap((message) => ['', rule, ...messageLines(message)]),
    ...more,
  ]);
}

export function renderSearch(answer: SearchAnswer): string {
  const { count, countIsExact, items, next, understood } = answer;
  return joinText([
    `${countIsExact ? '' : 'More than '}${countText(count, 'message')}: ${understood}`,
    ...items.flatMap(({ message, lines }) => [
      '',
      ...summaryLines(message),
      ...indent(lines.map(({ text }) => `| ${text.trim()}`)),
    ]),
    ...(next === null ? [] : ['', `More: after=${next}`]),
  ]);
}

/** The words of the search language, from the table that parses them. */
export function renderSearchHelp(completions: readonly Completion[]): string {
  return joinText(
    completions.flatMap(({ insert, help, example }) => [`${insert}  ${help}`, `  for example ${example}`]),
  );
}

function summaryLines(message: MessageSummary): string[] {
  return [
    message.subject,
    `  ${personText(message.from)}  ${timeText(message.sortMs)}  ${message.messageId}`,
  ];
}

export function renderMessages(messages: readonly MessageSummary[]): string[] {
  return messages.flatMap(summaryLines);
}

/** The keys of the pages, by where they do something. */
export function renderKeys(rows: readonly KeyRow[]): string {
  const places = [...new Set(rows.map(({ where }) => where))];
  return joinText(
    places.flatMap((place) =>
      section(
        `Keys: ${place}`,
        rows
          .filter(({ where }) => where === place)
          .map(({ keys, does }) => `${keys.map(keyLabel).join(', ').padEnd(12)}  ${does}`),
      ),
    ),
  );
}
