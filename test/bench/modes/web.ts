/**
 * Web: how soon pages can be used and how smooth they stay, in Chromium, against the budgets of the interface.
 *
 * The store holds the corpora and two invented threads of 500 and 2 000 mails. Every visit is with an empty browser cache;
 * what counts is the median of the rounds. The series is a large one as maintainers meet them: of those of 10 to 30
 * patches in several sendings, the newest held whole, the middle one by patches in all sendings; the patch is its first.
 */
import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../../../ingest/config.ts';
import { groupBy } from '../../../ingest/model/group-by.ts';
import { limits } from '../../../ingest/model/limits.ts';
import { ingest } from '../../../ingest/pipeline.ts';
import { openSources } from '../../../ingest/source/open.ts';
import { openStore } from '../../../ingest/store/open.ts';
import type { Page, SeriesRow, Store } from '../../../ingest/store/store.ts';
import { serve } from '../../../server/main.ts';
import { patchUrl, seriesUrl, threadUrl } from '../../../server/urls.ts';
import { addRawMails } from '../../support/derived-store.ts';
import { startBrowser } from '../../web/browser.ts';
import { longThread, longThreadRoot } from '../long-thread.ts';
import { type BenchMode, ModeError, record, tell, withFolder } from '../mode.ts';
import { meterPage, meterScroll, type Scrolled, type Visited } from '../page-meter.ts';
import { median } from '../quantile.ts';

const lengths = [500, 2000] as const;

export const webMode: BenchMode = {
  name: 'web',
  says: 'pages in Chromium: script bytes, time until usable, long tasks; --also A,B more corpora, --store a ready one',
  options: {
    also: { type: 'string', default: '' },
    store: { type: 'string', default: '' },
    rounds: { type: 'string', default: '5' },
    slowdown: { type: 'string', default: '1' },
  },
  run: ({ corpus, also = '', store = '', rounds, slowdown }) => {
    const files = [corpus, ...also.split(',').filter((file) => file !== '')];
    for (const file of [...files, ...(store === '' ? [] : [store])])
      if (!existsSync(file)) throw new ModeError(`not there: ${file}`);
    return withFolder(async (folder) => {
      const location = join(folder, 'bench.db');
      if (store !== '') copyFileSync(store, location);
      const opened = await openStore(location);
      try {
        if (store === '') await fill(opened, files);
        for (const mails of lengths) await addRawMails(opened, longThread(`talk${mails}`, mails), 'talk');
        await measure(opened, Number(rounds), Number(slowdown));
      } finally {
        await opened.close();
      }
    });
  },
};

async function fill(store: Store, files: readonly string[]): Promise<void> {
  for (const file of files) {
    tell(`reading ${file}`);
    await ingest({
      store,
      sources: await openSources(file),
      nowMs: Date.now,
      signal: new AbortController().signal,
    });
  }
}

interface Row {
  readonly what: string;
  readonly path: string;
  /** Most ms until it can be used. */
  readonly budgetMs: number;
}

async function measure(store: Store, rounds: number, slowdown: number): Promise<void> {
  const log = { info: () => {}, error: () => {} };
  const server = await serve({ store, config: readConfig(null, {}), host: '127.0.0.1', port: 0, log });
  const browser = await startBrowser();
  try {
    const table = [`${rounds} rounds, processor slowed ${slowdown} times`];
    for (const row of await rowsOf(store)) {
      const visits: Visited[] = [];
      for (let round = 1; round <= rounds; round++) {
        const visited = await meterPage(browser, server.url + row.path, slowdown);
        record({ op: 'web', what: row.what, round, slowdown, ...visited });
        visits.push(visited);
      }
      table.push(wordsOf(row, visits));
    }
    for (const mails of lengths) {
      const path = threadUrl(longThreadRoot(`talk${mails}`));
      let scrolled: Scrolled | undefined;
      await meterPage(browser, server.url + path, slowdown, async (page) => {
        scrolled = await meterScroll(page, 150);
      });
      record({ op: 'web-scroll', mails, slowdown, ...scrolled });
      table.push(
        `scrolling ${mails} mails: longest task ${scrolled?.longestTaskMs} ms, ${scrolled?.tasksAbove100Ms} above 100 ms, ` +
          `key to paint ${scrolled?.keyToPaintMs.toFixed(0)} ms at most`,
      );
    }
    tell(table.join('\n'));
  } finally {
    await browser.close();
    await server.close();
  }
}

/** Of the newest series, so many are looked at. */
const seriesPages = 10;

async function rowsOf(store: Store): Promise<Row[]> {
  const id = await findLargeSeries(store);
  tell(`the series is ${id}`);
  return [
    { what: 'queue', path: '/', budgetMs: 500 },
    { what: 'series', path: seriesUrl(id), budgetMs: 500 },
    { what: 'patch', path: patchUrl(id), budgetMs: 500 },
    { what: 'search', path: '/search?q=fix', budgetMs: 1000 },
    { what: 'statistics', path: '/statistics', budgetMs: 1000 },
    { what: 'thread of 500', path: threadUrl(longThreadRoot('talk500')), budgetMs: 1000 },
    { what: 'thread of 2000', path: threadUrl(longThreadRoot('talk2000')), budgetMs: 1000 },
  ];
}

/** See the head of this file. @throws ModeError where the store has none such */
async function findLargeSeries(store: Store): Promise<string> {
  const fitting: { id: string; patches: number }[] = [];
  let cursor: string | null = '';
  for (let page = 0; page < seriesPages && cursor !== null; page++) {
    const { items, next }: Page<SeriesRow> = await store.listSeries({}, 'newest', {
      limit: limits.pageRows,
      ...(cursor === '' ? {} : { cursor }),
    });
    const revisions = await store.getRevisionsOfSeries(items.map(({ id }) => id));
    const bySeries = groupBy(revisions, ({ series }) => series);
    for (const { id, latestRevision } of items) {
      const sendings = bySeries.get(id) ?? [];
      const newest = sendings.find((sending) => sending.id === latestRevision);
      const isLarge = newest && newest.total >= 10 && newest.total <= 30 && newest.held === newest.total;
      const patches = sendings.reduce((sum, { held }) => sum + held, 0);
      if (isLarge && sendings.length > 1) fitting.push({ id, patches });
    }
    cursor = next;
  }
  fitting.sort((a, b) => a.patches - b.patches);
  const middle = fitting[Math.floor(fitting.length / 2)];
  if (!middle) throw new ModeError('no series of 10 to 30 patches in several sendings is held whole');
  return middle.id;
}

function wordsOf({ what, budgetMs }: Row, visits: readonly Visited[]): string {
  const middle = (name: keyof Visited) => median(visits.map((visit) => visit[name]));
  const ms = middle('interactiveMs');
  return [
    `${what.padEnd(15)} usable ${ms.toFixed(0).padStart(5)} ms (budget ${budgetMs}${ms > budgetMs ? ', MISSED' : ''})`,
    `first paint ${middle('firstPaintMs').toFixed(0)} ms, largest ${middle('largestPaintMs').toFixed(0)} ms`,
    `shift ${middle('layoutShift').toFixed(3)}, longest task ${middle('longestTaskMs').toFixed(0)} ms`,
    `${middle('scripts')} scripts ${(middle('scriptGzipBytes') / 1024).toFixed(1)} kB gzip`,
  ].join(', ');
}
