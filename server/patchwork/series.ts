/**
 * Series: in Patchwork's sense, one sending.
 */
import type { SendingRow } from '../../ingest/store/tracker.ts';
import type { PatchworkRoute, Reply } from './answer.ts';
import { type Asked, searchWords } from './asked.ts';
import { listFilter, orderAsked, submitterFilter, timeFilter } from './filters.ts';
import { answerList } from './list-answer.ts';
import { loadPostings, loadSendings, loadSite, numberIn } from './loader.ts';
import { notFound } from './refusal.ts';
import { patchShape, personShape, projectShape, seriesShape } from './shapes.ts';

const orders = ['id', 'name', 'date', 'submitter', 'received_all'] as const;

export const seriesRoutes: readonly PatchworkRoute[] = [
  { path: '/series', methods: { GET: list } },
  {
    path: '/series/:id',
    methods: {
      GET: async (asked) => ({
        body: (await shapeSendings(asked, [await requireSending(asked, asked.ids[0] ?? '')]))[0],
      }),
    },
  },
];

async function list(asked: Asked): Promise<Reply> {
  const filter = {
    ...listFilter(asked, await loadSite(asked)),
    ...submitterFilter(asked),
    ...timeFilter(asked),
    words: searchWords(asked),
  };
  const order = orderAsked(asked, orders, { by: 'id', isDescending: false });
  return answerList(
    asked,
    (page) => asked.parts.store.tracker.listSendings(filter, order, page),
    (rows) => shapeSendings(asked, rows),
  );
}

/** By the number of any of its mails. @throws Refusal */
export async function requireSending(asked: Asked, id: string): Promise<SendingRow> {
  const [row] = (await loadSendings(asked, [numberIn(id)])).values();
  if (!row) throw notFound();
  return row;
}

async function shapeSendings(asked: Asked, rows: readonly SendingRow[]): Promise<object[]> {
  const { links } = asked;
  const [site, postings] = await Promise.all([loadSite(asked), loadPostings(asked, rows)]);
  return rows.map((row) => {
    const { cover = null, patches = [] } = postings.get(row.revision) ?? {};
    const { id, url, web_url, date, name, version, mbox } = seriesShape(links, row);
    return {
      id,
      url,
      ...(web_url === undefined ? {} : { web_url }),
      project: projectShape(links, site, row.lists[0] ?? ''),
      name,
      date,
      submitter: personShape(links, row.submitter),
      version,
      total: row.total,
      received_total: row.held,
      received_all: row.held >= row.total,
      mbox,
      cover_letter: cover && patchShape(links, cover),
      patches: patches.map((patch) => patchShape(links, patch)),
    };
  });
}
