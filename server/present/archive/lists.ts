/**
 * Lists of the archive: outlines of threads, results of a search, and the front page of all lists, as HTML.
 */
import type { ListRow, MessageEntry, SearchHit } from '../../../ingest/store/store.ts';
import { escapeId } from '../../urls.ts';
import type { ThreadNode } from '../../wire.ts';
import { personName, shortName } from '../person-name.ts';
import { timeText } from '../text.ts';
import { escapeHtml } from './html.ts';

/** Beyond this a tree is drawn no deeper: it would leave the page. */
const deepest = 20;

/** The outline of a thread; `hrefOf` says where a message is. The one `asked` for is no link. */
export function outlineHtml(
  nodes: readonly ThreadNode[],
  hrefOf: (messageId: string) => string,
  asked: string,
): string {
  const lines = nodes.map(({ messageId, message, depth }) => {
    const indent = '  '.repeat(Math.min(depth, deepest));
    if (message === null) return `${indent}[not held] &lt;${escapeHtml(messageId)}&gt;`;
    const subject = escapeHtml(message.subject || '(no subject)');
    const who = escapeHtml(message.from.name || message.from.address);
    const link =
      messageId === asked
        ? `<strong>${subject}</strong>`
        : `<a href="${escapeHtml(hrefOf(messageId))}">${subject}</a>`;
    return `${timeText(message.sortMs)} ${indent}${depth > 0 ? '` ' : ''}${link} ${who}`;
  });
  return `<pre>${lines.join('\n')}\n</pre>\n`;
}

/** One message of each thread with how many mails of it are among the newest. */
export function topicsHtml(
  topics: readonly { readonly entry: MessageEntry; readonly mails: number }[],
): string {
  const lines = topics.map(({ entry, mails }) => {
    const href = escapeHtml(escapeId(entry.messageId));
    return `${timeText(entry.sortMs)}  <a href="${href}/T/#t">${escapeHtml(entry.subject || '(no subject)')}</a>
                  ${escapeHtml(shortName(personName(entry.fromName, entry.fromAddress)))}${mails > 1 ? `, ${mails} recent mails` : ''} (<a href="${href}/t.mbox.gz">mbox.gz</a> / <a href="${href}/t.atom">Atom</a>)`;
  });
  return `<pre>${lines.join('\n')}\n</pre>\n`;
}

export function resultsHtml(hits: readonly SearchHit[], first: number): string {
  const lines = hits.map(
    (hit, at) =>
      `${first + at + 1}. <a href="${escapeHtml(escapeId(hit.messageId))}/">${escapeHtml(hit.subject || '(no subject)')}</a>
   - by ${escapeHtml(shortName(personName(hit.fromName, hit.fromAddress)))} @ ${timeText(hit.sortMs)} UTC`,
  );
  return `<pre>${lines.join('\n')}\n</pre>\n`;
}

/**
 * The front page. Clients take the third `pre` for the list of lists and lose its last row, which is therefore the one
 * that they leave out anyway.
 */
export function rootHtml(lists: readonly ListRow[], everyList: string, isFirstPage: boolean): string {
  const row = (name: string, ms: number, says: string) =>
    `* ${timeText(ms)} - <a\nhref="${escapeHtml(escapeId(name))}/">${escapeHtml(name)}</a>\n  ${escapeHtml(says.replaceAll('*', ' '))}`;
  const rows = lists.map(({ name, lastMs, messages }) => row(name, lastMs, `${messages} mails`));
  if (isFirstPage) rows.push(row(everyList, lists[0]?.lastMs ?? 0, 'mail of every list'));
  return `<h1>Mailing lists</h1>
<pre>All that is held here, newest first.</pre>
<pre>Each list answers as public-inbox does: message, raw, thread, mbox.gz, Atom, search.</pre>
<pre>${rows.join('\n')}</pre>
`;
}
