/** Paths: one address for every page, with a word that its full state shows. */
import { oldTitle, patchId, postingId } from './story/names.ts';

export interface PathRow {
  readonly name: string;
  readonly path: string;
  readonly title: string;
  /** Words that are seen when its data is there. */
  readonly shows: string;
  /** Another view of a page that has a row of its own: it differs only while there is data. */
  readonly isView?: true;
}

const series = `/series/${patchId}`;

export const paths: readonly PathRow[] = [
  { name: 'queue', path: '/', title: 'Queue', shows: 'doc: Say which locks are held' },
  {
    name: 'queue of a person',
    path: '/queue?me=ada@moss.example',
    title: 'Queue',
    shows: 'Your turn',
    isView: true,
  },
  { name: 'series', path: series, title: 'alpha: Use the thread area', shows: 'Who says what' },
  {
    name: 'revision',
    path: `${series}/v8?points=open`,
    title: 'alpha: Use the thread area',
    shows: 'Take v8',
    isView: true,
  },
  { name: 'range-diff', path: `${series}/v8..v9`, title: 'What changed from v8 to v9', shows: 'Asked on v8' },
  {
    name: 'range-diff, split',
    path: `${series}/v8..v9?view=split&words=0&quiet=1`,
    title: 'What changed',
    shows: 'Show all lines',
    isView: true,
  },
  { name: 'patch', path: `/patches/${postingId('v8')}`, title: oldTitle, shows: 'area_cpu_id' },
  {
    name: 'patch, split',
    path: `/patches/${postingId('v8')}?view=split`,
    title: oldTitle,
    shows: 'area_cpu_id',
    isView: true,
  },
  { name: 'thread', path: `/thread/${postingId('v8')}`, title: '[PATCH v8 6/9]', shows: 'go there' },
  {
    name: 'thread, flat',
    path: `/thread/${postingId('v8')}?view=flat&quotes=all`,
    title: '[PATCH v8 6/9]',
    shows: 'As a tree',
    isView: true,
  },
  { name: 'search', path: '/search?q=s:"thread area"', title: 'Search: s:"thread area"', shows: 'about 1' },
  { name: 'search help', path: '/search', title: 'Search', shows: 'words in the subject', isView: true },
  { name: 'people', path: '/people', title: 'People', shows: 'Bo Lindqvist' },
  { name: 'person', path: '/people/ada@moss.example', title: 'Ada Moss', shows: 'Waits for an answer' },
  { name: 'bundles', path: '/bundles', title: 'Bundles', shows: 'for the next release' },
  { name: 'bundle', path: '/bundles/2', title: 'to be tested', shows: 'Take apart', isView: true },
  { name: 'kernels', path: '/kernels', title: 'Kernels', shows: 'disagrees with mail' },
  { name: 'fix', path: '/kernels/new-task-cpu-id', title: 'area: Tell new threads', shows: 'badc0de01234' },
  { name: 'check', path: '/check', title: 'Local check', shows: 'Run the check' },
  { name: 'report', path: '/check/r2?with=r1', title: 'Report', shows: 'The other report' },
  {
    name: 'statistics',
    path: '/statistics?list=lib-alpha',
    title: 'Statistics',
    shows: 'Age of open points',
  },
  { name: 'sources', path: '/sources', title: 'Sources', shows: 'refused the password' },
  { name: 'lists', path: '/lists', title: 'Lists', shows: 'kernel-beta' },
  { name: 'keys', path: '/help/keys', title: 'Keys', shows: 'next open point' },
  { name: 'search language', path: '/help/search', title: 'Search language', shows: 'words in the subject' },
  { name: 'missing', path: '/nowhere/x@y.example', title: 'No such page', shows: 'no address of ours' },
];

/** One address for each page. */
export const pages: readonly PathRow[] = paths.filter(({ isView }) => isView !== true);
