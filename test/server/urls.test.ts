/** URLs: each address means one place, and each place has one address. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  anchorOf,
  archiveUrl,
  compareUrl,
  type Place,
  pageWords,
  patchUrl,
  readUrl,
  searchUrl,
  seriesUrl,
  threadUrl,
  twinUrl,
  urlOf,
  wholeQueue,
} from '../../server/urls.ts';

const id = '20200527.1-ada@example.org';

const rows: readonly [string, Place][] = [
  ['/', wholeQueue],
  [
    '/queue?me=ada@example.org&turn=mine&list=lib-alpha&sort=newest',
    { ...wholeQueue, me: 'ada@example.org', turn: 'mine', list: 'lib-alpha', sort: 'newest' },
  ],
  [`/series/${id}`, { page: 'series', id, revision: '', points: '' }],
  [`/series/${id}/v9`, { page: 'series', id, revision: 'v9', points: '' }],
  [`/series/${id}/RFC%20v1?points=open`, { page: 'series', id, revision: 'RFC v1', points: 'open' }],
  ['/series/a%2Fb@example.org/v7.2', { page: 'series', id: 'a/b@example.org', revision: 'v7.2', points: '' }],
  [
    `/series/${id}/v8..v9?patch=2&view=split&words=0&quiet=1`,
    {
      page: 'compare',
      id,
      from: 'v8',
      to: 'v9',
      patch: '2',
      view: 'split',
      hasWords: false,
      isQuiet: true,
    },
  ],
  [
    `/series/${id}/RFC%20v1..v7.2?patch=-3`,
    {
      page: 'compare',
      id,
      from: 'RFC v1',
      to: 'v7.2',
      patch: '-3',
      view: 'unified',
      hasWords: true,
      isQuiet: false,
    },
  ],
  [`/patches/${id}?view=split`, { page: 'patch', id, view: 'split' }],
  [
    `/thread/${id}?view=flat&quotes=all#m0123`,
    { page: 'thread', id, view: 'flat', hasAllQuotes: true, anchor: 'm0123' },
  ],
  [
    '/search?q=s:rseq+f:ada@example.org&sort=relevance&group=0&after=abc',
    {
      page: 'search',
      query: 's:rseq f:ada@example.org',
      sort: 'relevance',
      isFlat: true,
      after: 'abc',
    },
  ],
  ['/people?q=ada', { page: 'people', text: 'ada' }],
  ['/people/ada@example.org', { page: 'person', address: 'ada@example.org' }],
  ['/kernels', { page: 'kernels', fix: '' }],
  ['/kernels/new-task-cpu-id', { page: 'kernels', fix: 'new-task-cpu-id' }],
  ['/check', { page: 'check', report: '', other: '' }],
  ['/check/r2?with=r1', { page: 'check', report: 'r2', other: 'r1' }],
  ['/sources', { page: 'sources' }],
  ['/lists', { page: 'lists' }],
  ['/help/keys', { page: 'help', topic: 'keys' }],
  ['/help/search', { page: 'help', topic: 'search' }],
];

for (const [url, place] of rows) {
  test(`${url} is read as its place and written back as it was`, () => {
    assert.deepEqual(readUrl(url), place);
    assert.equal(urlOf(place), url);
  });
}

test('other spellings of one place are read as that place', () => {
  const same: readonly [string, string][] = [
    ['/queue', '/'],
    ['/queue?turn=all&sort=waiting', '/'],
    ['/queue?turn=nonsense', '/'],
    ['/series/a/b@example.org/v2', '/series/a%2Fb@example.org/v2'],
    ['/series/a%40example.org', '/series/a@example.org'],
    ['/help', '/help/keys'],
    ['/series/x@example.org/v1..v2?patch=evil', '/series/x@example.org/v1..v2'],
    ['/patches/x+y@example.org', '/patches/x+y@example.org'],
  ];
  for (const [given, canonical] of same) assert.equal(urlOf(readUrl(given)), canonical, given);
});

test('addresses of other tongues and broken escapes are no places', () => {
  for (const path of [
    '/lib-alpha/x@example.org/',
    '/project/one/',
    '/help/me',
    '/sources/x',
    '/thread/%zz',
  ]) {
    assert.deepEqual(readUrl(path), { page: 'missing', path });
  }
});

test('whatever an id holds, it comes back whole', () => {
  const text = fc.string({ minLength: 1, unit: 'grapheme' }).filter((value) => value.trim() !== '');
  const endsPlain = (value: string) => !/^(?:RFC )?v\d/.test(value.split('/').at(-1) ?? '');
  fc.assert(
    fc.property(text.filter(endsPlain), text, (messageId, query) => {
      // Empty path segments cannot be told from none.
      const own = messageId.replaceAll('/', '') === '' ? 'x' : messageId;
      for (const url of [seriesUrl(own), patchUrl(own), threadUrl(own), compareUrl(own, 'v1', 'v2.3')]) {
        assert.equal((readUrl(url) as { id: string }).id, own);
      }
      assert.equal((readUrl(searchUrl(query)) as { query: string }).query, query);
    }),
  );
});

test('a list named like a page keeps its archive under /lists/', () => {
  assert.equal(archiveUrl('lib-alpha', id, 'raw'), `/lib-alpha/${id}/raw`);
  assert.ok(pageWords.includes('check'));
  assert.equal(archiveUrl('check', 'a/b@example.org'), '/lists/check/a%2Fb@example.org/');
});

test('a twin keeps the query and drops the fragment', () => {
  assert.equal(twinUrl('/search?q=a%26b#x', 'text'), '/search?q=a%26b&as=text');
  assert.equal(twinUrl(`/series/${id}/v9`, 'mbox'), `/series/${id}/v9?as=mbox`);
});

test('anchors are short, stable and differ between near ids', () => {
  assert.equal(anchorOf('a@example.org'), anchorOf('a@example.org'));
  assert.match(anchorOf(id), /^m[0-9a-f]{16}$/);
  const ids = Array.from({ length: 5000 }, (_, at) => `mail-${at}@example.org`);
  assert.equal(new Set(ids.map(anchorOf)).size, ids.length);
});
