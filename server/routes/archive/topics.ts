/**
 * Topics: a list's front pages: recent threads, and the newest mails in full.
 */
import type { Context } from 'hono';
import type { MessageEntry } from '../../../ingest/store/store.ts';
import { escapeHtml } from '../../present/archive/html.ts';
import { topicsHtml } from '../../present/archive/lists.ts';
import { threadMailHtml } from '../../present/archive/mail.ts';
import { htmlAnswer, sentenceAnswer } from './answers.ts';
import { readMails } from './mail.ts';
import { newestOnShelf, type Shelf } from './shelf.ts';

const recentMails = 200;
const fullMails = 25;

/** `t`: only mails sent before that time. */
export async function answerTopics(c: Context, shelf: Shelf, asked: URLSearchParams): Promise<Response> {
  const beforeMs = readTime(asked.get('t'));
  const entries = await newestOnShelf(shelf, recentMails, beforeMs);
  const frame = { title: shelf.name, feed: 'new.atom', listHref: './' };
  if (entries.length === 0) return sentenceAnswer(c, frame, 'No mail here.', 404);
  return htmlAnswer(
    c,
    frame,
    `<h1>${escapeHtml(shelf.name)}: recent topics</h1>
<p><a href="new.html">newest mails in full</a> / <a href="new.atom">Atom</a> / <a href="_/text/mirror/">mirror</a>${olderLink(entries)}</p>
${topicsHtml(topicsOf(entries))}`,
  );
}

export async function answerNewest(c: Context, shelf: Shelf, asked: URLSearchParams): Promise<Response> {
  const entries = await newestOnShelf(shelf, fullMails, readTime(asked.get('t')));
  const mails = await readMails(shelf, entries);
  return htmlAnswer(
    c,
    { title: shelf.name, feed: 'new.atom', listHref: './' },
    `<h1>${escapeHtml(shelf.name)}: newest mails</h1>
<p><a href="./">topics</a>${olderLink(entries)}</p>
${mails.map((mail) => threadMailHtml(mail, '', false)).join('')}`,
  );
}

/** One row a thread, where its newest mail stands. */
export function topicsOf(entries: readonly MessageEntry[]): { entry: MessageEntry; mails: number }[] {
  const topics = new Map<string, { entry: MessageEntry; mails: number }>();
  for (const entry of entries) {
    const topic = topics.get(entry.thread);
    if (topic) topic.mails++;
    else topics.set(entry.thread, { entry, mails: 1 });
  }
  return [...topics.values()];
}

/** `20200706120000`, as in addresses; null for anything else. */
export function readTime(text: string | null): number | null {
  const parts = /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d))?$/.exec(text ?? '');
  if (!parts) return null;
  const [year = 0, month = 1, day = 1, hours = 0, minutes = 0, seconds = 0] = parts
    .slice(1)
    .map((part) => Number(part ?? 0));
  return Date.UTC(year, month - 1, day, hours, minutes, seconds);
}

function olderLink(entries: readonly MessageEntry[]): string {
  const oldestMs = entries.at(-1)?.sortMs;
  if (oldestMs === undefined) return '';
  const time = new Date(oldestMs).toISOString().replace(/\D/g, '').slice(0, 14);
  return ` / <a href="?t=${time}">older</a>`;
}
