/**
 * Tools: what a language model may ask here, each one question to our own API. All of them only read.
 *
 * A tool's answer is text as people read it in a terminal, with links to the mails that prove it: whoever repeats it can
 * show where it stands.
 */
import { z } from 'zod';
import { renderDigest } from '../present/text-digest.ts';
import { renderMessage, renderSearch, renderThread } from '../present/text-mail.ts';
import { renderQueue, renderSeries } from '../present/text-series.ts';
import { seriesUrl, threadUrl } from '../urls.ts';
import type {
  MessageDetail,
  SearchAnswer,
  SeriesDetail,
  SeriesSummary,
  ThreadDetail,
  ThreadDigest,
  WirePage,
} from '../wire.ts';

export interface Tool {
  readonly name: string;
  readonly title: string;
  readonly says: string;
  readonly input: z.ZodObject;
  /** The question to our API. */
  path(input: Readonly<Record<string, unknown>>): string;
  text(answer: unknown, nowMs: number): string;
  /** Pages of its subject beside the evidence. */
  pages(answer: unknown): readonly string[];
}

interface ToolRow<Input extends z.ZodObject, Answer> {
  readonly name: string;
  readonly title: string;
  readonly says: string;
  readonly input: Input;
  readonly path: (input: z.infer<Input>) => string;
  readonly text: (answer: Answer, nowMs: number) => string;
  readonly pages: (answer: Answer) => readonly string[];
}

/** A row with its types checked and then forgotten, so that all fit in one table. */
function tool<Input extends z.ZodObject, Answer>(row: ToolRow<Input, Answer>): Tool {
  return {
    ...row,
    path: (input) => row.path(row.input.parse(input)),
    text: (answer, nowMs) => row.text(answer as Answer, nowMs),
    pages: (answer) => row.pages(answer as Answer),
  };
}

const id = z.string().min(1).max(998).describe('Message-ID, without angle brackets');
const byId = z.object({ id });
const limit = z.int().min(1).max(50).default(20);

export const tools: readonly Tool[] = [
  tool({
    name: 'search_mail',
    title: 'Search mail',
    says: 'Finds mails by words and prefixes such as s: (subject), f: (from), d: (date), l: (list), dfn: (file), state:, is:.',
    input: z.object({ query: z.string().min(1).max(2000), limit }),
    path: ({ query, limit: most }) =>
      `/api/v1/search?${new URLSearchParams({ q: query, limit: String(most) })}`,
    text: (answer: SearchAnswer) => renderSearch(answer),
    pages: ({ items }) => items.map(({ message }) => threadUrl(message.messageId)),
  }),
  tool({
    name: 'list_series',
    title: 'List series',
    says: 'Patch series with their state, who has the next move, since when and why; those that wait longest first.',
    input: z.object({
      list: z.string().optional(),
      person: z.string().optional().describe('mail address of somebody who takes part'),
      turn: z.enum(['author', 'reviewer', 'maintainer', 'nobody']).optional(),
      state: z
        .string()
        .optional()
        .describe('states joined by commas: new, under-review, reviewed, applied, landed ...'),
      title: z.string().optional().describe('words of the titles of its patches'),
      limit,
    }),
    path: (input) => {
      const given = Object.entries(input).filter(([, value]) => value !== undefined);
      return `/api/v1/series?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
    },
    text: (answer: WirePage<SeriesSummary>, nowMs) => renderQueue(answer, nowMs),
    pages: ({ items }) => items.map((series) => seriesUrl(series.id)),
  }),
  tool({
    name: 'show_series',
    title: 'Show a series',
    says: 'One patch series with all versions, who reviewed what, open comments and what landed. Any mail of it serves as id.',
    input: byId,
    path: (input) => `/api/v1/series/${encodeURIComponent(input.id)}`,
    text: (answer: SeriesDetail, nowMs) => renderSeries(answer, nowMs),
    pages: ({ summary }) => [seriesUrl(summary.id)],
  }),
  tool({
    name: 'open_points',
    title: 'Open review comments',
    says: 'Review comments of a series that still stand: what was asked, by whom, on which lines, and why it is held open.',
    input: byId,
    path: (input) => `/api/v1/series/${encodeURIComponent(input.id)}`,
    text: (answer: SeriesDetail) => renderPoints(answer),
    pages: ({ summary, points }) => [
      seriesUrl(summary.id),
      ...points.filter(isOpen).map(({ messageId }) => threadUrl(messageId)),
    ],
  }),
  tool({
    name: 'landings',
    title: 'Where it landed',
    says: 'What became of the patches of a series: commits, trees and releases, by the mails that say so.',
    input: byId,
    path: (input) => `/api/v1/series/${encodeURIComponent(input.id)}`,
    text: (answer: SeriesDetail) => renderLandings(answer),
    pages: ({ summary, landings }) => [
      seriesUrl(summary.id),
      ...landings.map(({ notice }) => threadUrl(notice)),
    ],
  }),
  tool({
    name: 'thread_digest',
    title: 'Digest of a thread',
    says: 'The outline of a discussion in its own words: turning points, disagreements, decisions, and what it points to.',
    input: byId,
    path: (input) => `/api/v1/threads/${encodeURIComponent(input.id)}/digest`,
    text: (answer: ThreadDigest) => renderDigest(answer),
    pages: (answer) => [threadUrl(answer.id)],
  }),
  tool({
    name: 'read_thread',
    title: 'Read a thread',
    says: 'All mails of a thread with their words, fifty at most.',
    input: byId,
    path: (input) => `/api/v1/threads/${encodeURIComponent(input.id)}`,
    text: (answer: ThreadDetail) => renderThread(answer),
    pages: (answer) => [threadUrl(answer.id)],
  }),
  tool({
    name: 'read_mail',
    title: 'Read a mail',
    says: 'One mail with its headers and words.',
    input: byId,
    path: (input) => `/api/v1/messages/${encodeURIComponent(input.id)}`,
    text: (answer: MessageDetail) => renderMessage(answer),
    pages: ({ messageId }) => [threadUrl(messageId)],
  }),
];

const openStatuses = new Set(['open', 'contested']);

function isOpen({ status }: SeriesDetail['points'][number]): boolean {
  return openStatuses.has(status);
}

function renderPoints({ summary, points }: SeriesDetail): string {
  const open = points.filter(isOpen);
  const lines = open.flatMap((point) => [
    '',
    `${point.kind} by ${point.author.name || point.author.address}, ${point.status} (${point.statusWhy.says})`,
    ...point.anchorWords.map((line) => `  > ${line}`),
    ...point.words.map((line) => `  ${line}`),
  ]);
  const count = open.length === 1 ? '1 open comment' : `${open.length} open comments`;
  return [`${summary.title}: ${count}`, ...lines, ''].join('\n');
}

function renderLandings({ summary, landings }: SeriesDetail): string {
  const lines = landings.map(({ title, sha, tree, release, atMs, kind, why }) => {
    const what = [sha, tree, release].filter(Boolean).join(' ');
    return `${new Date(atMs).toISOString().slice(0, 10)} ${title}: ${what} (${kind}, ${why.confidenceWord})`;
  });
  const none = 'No mail says that any of it was applied.';
  return [`${summary.title} (${summary.state})`, '', ...(lines.length > 0 ? lines : [none]), ''].join('\n');
}
