/**
 * Feeds of our own pages: a series, a queue, a search, as entries of Atom. Pure; the form is ./atom.ts.
 *
 * An entry's key holds what makes it news: a series that waits for somebody else now is a new entry, the same one is not.
 */

import { seriesUrl, threadUrl } from '../urls.ts';
import type { SearchAnswer, SeriesDetail, SeriesSummary, WirePage } from '../wire.ts';
import type { FeedEntry } from './atom.ts';
import { joinText } from './text.ts';
import { summaryLines } from './text-series.ts';

/** A feed tells what is new, not all that ever was. */
const entriesMost = 50;

/** What happened to a series, newest first. */
export function seriesEntries(
  { summary, revisions, stances, points, landings }: SeriesDetail,
  origin: string,
): FeedEntry[] {
  const of = (kind: string, id: string) => `${summary.id} ${kind} ${id}`;
  const at = (messageId: string | null) =>
    `${origin}${messageId === null ? seriesUrl(summary.id) : threadUrl(messageId)}`;
  const plain = { inReplyTo: null } as const;
  const entries: FeedEntry[] = [
    ...revisions.map(({ id, label, title, sentMs, held, total }) => ({
      ...plain,
      key: of('revision', id),
      title: `${label} was sent: ${title}`,
      author: summary.author,
      updatedMs: sentMs,
      href: at(id),
      text: `${held} of ${total} mails are held.`,
    })),
    ...stances.map(({ person, kind, atMs, messageId, why }) => ({
      ...plain,
      key: of(kind, messageId),
      title: `${person.name || person.address}: ${kind}`,
      author: person,
      updatedMs: atMs,
      href: at(messageId),
      text: why.says,
    })),
    ...points.map(({ id, author, atMs, messageId, words, status }) => ({
      ...plain,
      key: of('point', id),
      title: `${author.name || author.address} commented (${status})`,
      author,
      updatedMs: atMs,
      href: at(messageId),
      text: words.join('\n'),
    })),
    ...landings.map(({ kind, sha, tree, release, atMs, messageId, title, why }) => ({
      ...plain,
      key: of(kind, sha || title),
      title: [kind, sha.slice(0, 12), tree, release].filter(Boolean).join(' '),
      author: summary.author,
      updatedMs: atMs,
      href: at(messageId),
      text: `${title}\n${why.says}`,
    })),
  ];
  return entries.sort((a, b) => b.updatedMs - a.updatedMs).slice(0, entriesMost);
}

/** Who has the next move in which series. */
export function queueEntries({ items }: WirePage<SeriesSummary>, origin: string, nowMs: number): FeedEntry[] {
  return items.slice(0, entriesMost).map((series) => ({
    key: `${series.id} ${series.state} ${series.turn} ${series.waitingPerson} ${series.waitingSinceMs}`,
    title:
      series.turn === 'nobody'
        ? `${series.title} (${series.state})`
        : `${series.title}: waits for the ${series.turn}`,
    author: series.author,
    updatedMs: series.waitingSinceMs,
    href: `${origin}${seriesUrl(series.id)}`,
    text: joinText(summaryLines(series, nowMs)),
    inReplyTo: null,
  }));
}

export function searchEntries({ items }: SearchAnswer, origin: string): FeedEntry[] {
  return items.slice(0, entriesMost).map(({ message, lines }) => ({
    key: message.messageId,
    title: message.subject || '(no subject)',
    author: message.from,
    updatedMs: message.sortMs,
    href: `${origin}${threadUrl(message.messageId)}`,
    text: lines.map(({ text }) => text).join('\n'),
    inReplyTo:
      message.parent === null ? null : { id: message.parent, href: `${origin}${threadUrl(message.parent)}` },
  }));
}
