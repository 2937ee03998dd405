/** Routes: what the own API says of the corpus. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type {
  MessageDetail,
  Problem,
  SearchAnswer,
  SeriesDetail,
  SeriesSummary,
  ThreadDetail,
  WirePage,
} from '../../server/wire.ts';
import { idOf } from '../support/mail-text.ts';
import { hostileId, hourMs, seriesId } from './corpus.ts';
import { type ServerUnderTest, startServer } from './server-under-test.ts';

describe('the own API', () => {
  let server: ServerUnderTest;
  before(async () => {
    server = await startServer();
  });
  after(() => server.close());

  it('gives a series the same by any message of it', async () => {
    const whole = await server.json<SeriesDetail>(`/api/v1/series/${seriesId}`);
    for (const id of ['report', 'question', 'count2', 'print2', 'approval', 'applied']) {
      assert.deepEqual(await server.json(`/api/v1/series/${idOf(id)}`), whole, id);
    }
    assert.equal((await server.ask(`/api/v1/series/${idOf('which')}`)).status, 404);
  });

  it('shows patches by revisions, with what changed and who approved', async () => {
    const { grid, revisions } = await server.json<SeriesDetail>(`/api/v1/series/${seriesId}`);
    assert.deepEqual(
      revisions.map(({ label, held, previous }) => [label, held, previous]),
      [
        ['v1', 2, null],
        ['v2', 2, seriesId],
      ],
    );
    assert.deepEqual(
      grid.map((row) => [
        row.title,
        row.formerTitles,
        row.cells.map((cell) => [cell.revision, cell.changes, cell.reviewed, cell.openPoints]),
      ]),
      [
        [
          'pump: count strokes',
          [],
          [
            ['v1', ['new'], 0, 1],
            ['v2', ['changed'], 1, 0],
          ],
        ],
        [
          'pump: print strokes',
          [{ title: 'pump: report strokes', until: 'v2' }],
          [
            ['v1', ['new'], 0, 0],
            ['v2', ['renamed'], 0, 0],
          ],
        ],
      ],
    );
  });

  it('proves what it infers with words of mails', async () => {
    const { summary, points, trailers, landings, revisions } = await server.json<SeriesDetail>(
      `/api/v1/series/${seriesId}`,
    );
    assert.deepEqual(summary.waiting.evidence, [
      { messageId: idOf('question'), part: 'body', start: 3, end: 4, words: ['Why not zero?'] },
    ]);
    assert.deepEqual(summary.stateWhy.evidence[0]?.words, ['Bo Example <bo@example.org>']);
    assert.deepEqual(revisions[1]?.why?.evidence[0]?.words, ['[PATCH v2 1/2] pump: count strokes']);
    assert.equal(revisions[1]?.why?.says, 'Its version is the next one; one person sent both.');
    assert.deepEqual(
      points.map(({ author, words, anchorWords, on, status }) => [
        author.name,
        words,
        anchorWords,
        on,
        status,
      ]),
      [['Bo Example', ['Why not zero?'], ['+strokes = 1;'], 'v1', 'open']],
    );
    assert.deepEqual(
      trailers.map(({ name, person, on, standing }) => [name, person.address, on, standing]),
      [['Reviewed-by', 'bo@example.org', 'v2', 'current']],
    );
    assert.deepEqual(landings[0]?.why.evidence[0]?.words, ['Applied as 0123456789ab, thanks.']);
  });

  it('compares revisions by any name that they have', async () => {
    const whole = await server.json(`/api/v1/series/${seriesId}/diff?from=v1&to=v2`);
    const byId = `/api/v1/series/${idOf('approval')}/diff?from=${seriesId}&to=${idOf('count2')}`;
    assert.deepEqual(await server.json(byId), whole);
    const problem = await server.json<Problem>(`/api/v1/series/${seriesId}/diff?from=v1&to=v7`);
    assert.equal(problem.remedy, 'It has v1, v2.');
  });

  it('gives one message with its quotes, comments and raw headers', async () => {
    const detail = await server.json<MessageDetail>(`/api/v1/messages/${idOf('question')}`);
    assert.deepEqual(
      detail.quotes.map(({ source, author }) => [source, author?.name]),
      [[seriesId, 'Ada Example']],
    );
    assert.deepEqual(
      detail.points.map(({ on }) => on),
      ['v1'],
    );
    assert.equal(
      detail.headers.find(({ name }) => name === 'Message-ID')?.value.trim(),
      `<${idOf('question')}>`,
    );
    const posting = await server.json<MessageDetail>(`/api/v1/messages/${idOf('count2')}`);
    assert.deepEqual(
      [posting.series, posting.revision, posting.diff],
      [seriesId, 'v2', { start: 8, end: 17 }],
    );
  });

  it('takes a Message-ID with signs that mean something in an address', async () => {
    const escaped = encodeURIComponent(hostileId);
    const detail = await server.json<MessageDetail>(`/api/v1/messages/${escaped}`);
    assert.equal(detail.messageId, hostileId);
    assert.equal(
      (await server.json<MessageDetail>(`/api/v1/messages/%3C${escaped}%3E`)).messageId,
      hostileId,
    );
  });

  it('draws a thread as a tree with ghosts, bodies apart', async () => {
    const thread = await server.json<ThreadDetail>(`/api/v1/threads/${idOf('that-one')}`);
    assert.deepEqual(
      thread.nodes.map(({ messageId, message, depth, parent }) => [
        messageId,
        message !== null,
        depth,
        parent,
      ]),
      [
        [idOf('which'), true, 0, null],
        [idOf('missing'), false, 1, idOf('which')],
        [idOf('that-one'), true, 2, idOf('missing')],
      ],
    );
    assert.deepEqual(
      thread.messages.map(({ messageId }) => messageId),
      [idOf('which'), idOf('that-one')],
    );
    const rest = await server.json<ThreadDetail>(`/api/v1/threads/${idOf('that-one')}?offset=1`);
    assert.deepEqual(
      rest.messages.map(({ messageId }) => messageId),
      [idOf('that-one')],
    );
    assert.equal(rest.nextOffset, null);
  });

  it('pages without loss or repetition', async () => {
    for (const path of ['/api/v1/messages', '/api/v1/series', '/api/v1/people', '/api/v1/search?q=pump']) {
      const mark = path.includes('?') ? '&' : '?';
      const whole = await server.json<WirePage<unknown>>(path);
      const items: unknown[] = [];
      let cursor = '';
      do {
        const page: WirePage<unknown> = await server.json(
          `${path}${mark}limit=1${cursor && `&cursor=${cursor}`}`,
        );
        assert.ok(page.items.length <= 1);
        items.push(...page.items);
        cursor = page.next === null ? '' : encodeURIComponent(page.next);
      } while (cursor !== '');
      // Mails of the same seconds may change places from page to page, but none is lost or comes twice.
      const inOneOrder = (list: readonly unknown[]) => list.map((item) => JSON.stringify(item)).sort();
      assert.deepEqual(inOneOrder(items), inOneOrder(whole.items), path);
    }
  });

  it('filters the queue', async () => {
    const ids = async (query: string) =>
      (await server.json<WirePage<SeriesSummary>>(`/api/v1/series?${query}`)).items.map(({ id }) => id);
    assert.deepEqual(await ids('turn=reviewer'), [idOf('other')]);
    assert.deepEqual(await ids('state=new,landed'), [idOf('other')]);
    assert.deepEqual(await ids('title=VALVE'), [idOf('other')]);
    assert.deepEqual(await ids('list=nothing'), []);
    assert.equal((await server.ask('/api/v1/series?state=new,splendid')).status, 400);
    assert.equal((await server.ask('/api/v1/series?limit=0')).status, 400);
    assert.equal((await server.ask('/api/v1/series?limit=100000')).status, 400);
    assert.equal((await server.ask('/api/v1/series?cursor=nonsense')).status, 400);
  });

  it('finds messages with the lines that answer, and says where a query is wrong', async () => {
    const answer = await server.json<SearchAnswer>('/api/v1/search?q=zero');
    assert.deepEqual(
      answer.items.map(({ message, lines }) => [message.messageId, lines]),
      [[idOf('question'), [{ line: 3, text: 'Why not zero?', marks: [[8, 12]] }]]],
    );
    assert.deepEqual([answer.count, answer.countIsExact, answer.next], [1, true, null]);
    const problem = await server.json<Problem>('/api/v1/search?q=strokes%20d:nonsense');
    assert.equal(problem.code, 'query-invalid');
    assert.equal(problem.status, 400);
    assert.ok(problem.span && problem.span[0] >= 8);
  });

  it('answers 304 where nothing has changed, and HEAD without a body', async () => {
    for (const path of [
      '/api/v1/series',
      `/api/v1/series/${seriesId}`,
      '/openapi.json',
      `/series/${seriesId}?as=json`,
    ]) {
      const first = await server.ask(path);
      const tag = first.headers.get('etag') ?? '';
      assert.match(tag, /^W\/"/, path);
      const again = await server.ask(path, { headers: { 'if-none-match': tag } });
      assert.equal(again.status, 304, path);
      assert.equal(await again.text(), '');
      assert.equal(again.headers.get('etag'), tag);
      const head = await server.ask(path, { method: 'HEAD' });
      assert.equal(head.status, 200, path);
      assert.equal(await head.text(), '');
      assert.equal((await server.ask(path, { headers: { 'if-none-match': '"other"' } })).status, 200);
    }
  });

  it('packs what is worth it, and leaves what is small', async () => {
    const packed = await server.ask('/openapi.json', { headers: { 'accept-encoding': 'gzip' } });
    assert.equal(packed.headers.get('content-encoding'), 'gzip');
    assert.equal(packed.headers.get('vary'), 'Accept-Encoding');
  });

  it('tells how far sources are', async () => {
    const progress = { done: 3, total: 9, unit: 'mails', mailsPerSecond: 2, etaMs: 3000 };
    const watch = { state: 'lost', sinceMs: hourMs(90), nextMs: hourMs(97) } as const;
    const pulling = await startServer({
      pulls: () => new Map([['pump.mbox', progress]]),
      watches: () => new Map([['pump.mbox', watch]]),
    });
    const status = await pulling.json<{ isRunning: boolean; sources: unknown[] }>('/api/v1/status');
    assert.equal(status.isRunning, true);
    assert.deepEqual(status.sources, [
      {
        location: 'pump.mbox',
        kind: 'mbox',
        list: 'pump',
        mails: 10,
        lastPulledMs: hourMs(96),
        lastTriedMs: hourMs(96),
        failures: 0,
        lastError: '',
        newestMs: null,
        lagMs: null,
        watch,
        progress,
      },
    ]);
    await pulling.close();
  });
});
