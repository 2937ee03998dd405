/**
 * Page table: which chunk draws a place, and which entry of the top bar it belongs to.
 */
import { html, type TemplateResult } from 'lit';
import type { Place, PlaceOf } from '../server/urls.ts';

type Drawers = {
  readonly [Page in Place['page']]: {
    readonly load: () => Promise<unknown>;
    readonly draw: (place: PlaceOf<Page>) => TemplateResult;
  };
};

const drawers: Drawers = {
  queue: {
    load: () => import('./pages/queue.ts'),
    draw: (place) => html`<pt-queue-page .place=${place}></pt-queue-page>`,
  },
  series: {
    load: () => import('./pages/series.ts'),
    draw: (place) => html`<pt-series-page .place=${place}></pt-series-page>`,
  },
  compare: {
    load: () => import('./pages/compare.ts'),
    draw: (place) => html`<pt-compare-page .place=${place}></pt-compare-page>`,
  },
  patch: {
    load: () => import('./pages/patch.ts'),
    draw: (place) => html`<pt-patch-page .place=${place}></pt-patch-page>`,
  },
  thread: {
    load: () => import('./pages/thread.ts'),
    draw: (place) => html`<pt-thread-page .place=${place}></pt-thread-page>`,
  },
  search: {
    load: () => import('./pages/search.ts'),
    draw: (place) => html`<pt-search-page .place=${place}></pt-search-page>`,
  },
  people: {
    load: () => import('./pages/people.ts'),
    draw: (place) => html`<pt-people-page .place=${place}></pt-people-page>`,
  },
  person: {
    load: () => import('./pages/person.ts'),
    draw: (place) => html`<pt-person-page .place=${place}></pt-person-page>`,
  },
  statistics: {
    load: () => import('./pages/statistics.ts'),
    draw: (place) => html`<pt-statistics-page .place=${place}></pt-statistics-page>`,
  },
  bundles: {
    load: () => import('./pages/bundles.ts'),
    draw: (place) => html`<pt-bundles-page .place=${place}></pt-bundles-page>`,
  },
  kernels: {
    load: () => import('./pages/kernels.ts'),
    draw: (place) => html`<pt-kernels-page .place=${place}></pt-kernels-page>`,
  },
  check: {
    load: () => import('./pages/check.ts'),
    draw: (place) => html`<pt-check-page .place=${place}></pt-check-page>`,
  },
  sources: {
    load: () => import('./pages/sources.ts'),
    draw: (place) => html`<pt-sources-page .place=${place}></pt-sources-page>`,
  },
  lists: {
    load: () => import('./pages/lists.ts'),
    draw: (place) => html`<pt-lists-page .place=${place}></pt-lists-page>`,
  },
  help: {
    load: () => import('./pages/help.ts'),
    draw: (place) => html`<pt-help-page .place=${place}></pt-help-page>`,
  },
  missing: {
    load: () => import('./pages/missing.ts'),
    draw: (place) => html`<pt-missing-page .place=${place}></pt-missing-page>`,
  },
};

/** The element that shows a place, once its chunk is here. */
export async function pageOf<Page extends Place['page']>(place: PlaceOf<Page>): Promise<TemplateResult> {
  const { load, draw } = drawers[place.page as Page];
  await load();
  return draw(place);
}

/** Entries of the top bar: the address, the word, the pages beneath it, the key. */
export const navigation: readonly {
  readonly url: string;
  readonly word: string;
  readonly pages: readonly Place['page'][];
}[] = [
  { url: '/', word: 'Queue', pages: ['queue', 'series', 'compare', 'patch', 'thread', 'bundles'] },
  { url: '/search', word: 'Search', pages: ['search'] },
  { url: '/kernels', word: 'Kernels', pages: ['kernels'] },
  { url: '/check', word: 'Check', pages: ['check'] },
  { url: '/lists', word: 'Lists', pages: ['lists'] },
  { url: '/people', word: 'People', pages: ['people', 'person'] },
  { url: '/statistics', word: 'Statistics', pages: ['statistics'] },
  { url: '/sources', word: 'Sources', pages: ['sources'] },
];
