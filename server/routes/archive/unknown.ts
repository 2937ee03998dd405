/**
 * Unknown ids: what else a Message-ID that this list does not hold may mean.
 *
 * A part of an id, or an id of another list, is answered with links and 300, which has no Location: a person chooses,
 * and a program that wants 200 knows that it has not got what it asked for.
 */
import type { Context } from 'hono';
import { everyList } from '../../archive-url.ts';
import { escapeHtml } from '../../present/archive/html.ts';
import { archiveUrl, escapeId } from '../../urls.ts';
import { htmlAnswer, notFoundAnswer, sentenceAnswer } from './answers.ts';
import { type Shelf, searchShelf } from './shelf.ts';

/** Fewer characters fit too many ids. */
const partLeast = 16;
const partsMost = 100;

export async function answerUnknown(c: Context, shelf: Shelf, id: string, form: string): Promise<Response> {
  if (form !== '') return notFoundAnswer(c);
  const elsewhere = (await shelf.parts.store.getEntries([id])).get(id);
  if (elsewhere) {
    const href = archiveUrl(elsewhere.lists[0] ?? everyList, id);
    return choice(c, 'It is on another list:', [{ href, text: id }]);
  }
  if (id.length >= partLeast && !id.includes('*')) {
    const query = { op: 'value', field: 'message-id', value: `${id}*` } as const;
    const { hits } = await searchShelf(shelf, query, 0, partsMost);
    if (hits.length > 0) {
      const links = hits.map(({ messageId }) => ({ href: `../${escapeId(messageId)}/`, text: messageId }));
      return choice(c, `${hits.length} partial match${hits.length === 1 ? '' : 'es'} found:`, links);
    }
  }
  const frame = { title: 'Message not found', feed: '', listHref: '../' };
  if (!id.includes('@')) return sentenceAnswer(c, frame, 'No message has this id.', 404);
  return choice(c, 'It is not held here. Perhaps elsewhere:', [
    { href: `https://lore.kernel.org/all/${escapeId(id)}/`, text: `https://lore.kernel.org/all/${id}/` },
  ]);
}

function choice(
  c: Context,
  sentence: string,
  links: readonly { readonly href: string; readonly text: string }[],
): Response {
  const rows = links.map(
    ({ href, text }) => `<a rel="noopener" href="${escapeHtml(href)}">${escapeHtml(text)}</a>`,
  );
  const frame = { title: 'Message not found', feed: '', listHref: '../' };
  return htmlAnswer(
    c,
    frame,
    `<h1>Message not found</h1>\n<pre>${escapeHtml(sentence)}\n\n${rows.join('\n')}\n</pre>\n`,
    300,
  );
}
