/** Live events: what changes, as it changes, to as many readers as there are seats. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { limits } from '../../ingest/model/limits.ts';
import type { ChangeEvent } from '../../ingest/store/store.ts';
import { newestSequence } from '../../server/routes/live-feed.ts';
import type { LiveEvent, Problem } from '../../server/wire.ts';
import { nowMs, seriesId } from './corpus.ts';
import { type ServerUnderTest, startServer } from './server-under-test.ts';

/** Reads an event stream until `count` events came, or to its end. */
class StreamReader {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #text = '';

  constructor(answer: Response) {
    assert.equal(answer.headers.get('content-type'), 'text/event-stream');
    assert.ok(answer.body);
    this.#reader = answer.body.getReader();
  }

  async read(count: number): Promise<LiveEvent[]> {
    while (this.#events().length < count) {
      const { value, done } = await this.#reader.read();
      if (done) break;
      this.#text += new TextDecoder().decode(value);
    }
    return this.#events();
  }

  async readUntil(text: string): Promise<string> {
    while (!this.#text.includes(text)) {
      const { value, done } = await this.#reader.read();
      if (done) break;
      this.#text += new TextDecoder().decode(value);
    }
    return this.#text;
  }

  async leave(): Promise<void> {
    await this.#reader.cancel();
  }

  #events(): LiveEvent[] {
    return [...this.#text.matchAll(/^data: (.*)$/gm)].map(([, json]) => JSON.parse(json ?? ''));
  }
}

describe('live events', () => {
  let server: ServerUnderTest;
  before(async () => {
    server = await startServer();
  });
  after(() => server.close());

  const change = (at: number) =>
    server.store.addCorrection({
      atMs: nowMs + at,
      by: 'dee',
      kind: 'state',
      subject: seriesId,
      value: 'new',
      reason: '',
    });

  it('tell a new reader what comes, and nothing of what was', async () => {
    const stream = new StreamReader(await server.ask('/api/v1/events'));
    await stream.readUntil('retry:');
    await stream.readUntil('still here');
    const before = await newestSequence(server.store);
    await change(1);
    const events = await stream.read(1);
    assert.deepEqual(events, [
      { sequence: before + 1, atMs: nowMs + 1, kind: 'correction', subject: events[0]?.subject },
    ]);
    await stream.leave();
  });

  it('go on for a reader that comes back where it was, without loss or repetition', async () => {
    const start = await newestSequence(server.store);
    await change(2);
    await change(3);
    const headers = { 'last-event-id': String(start) };
    const stream = new StreamReader(await server.ask('/api/v1/events', { headers }));
    await stream.read(2);
    await change(4);
    const events = await stream.read(3);
    assert.deepEqual(
      events.map(({ sequence }) => sequence),
      [start + 1, start + 2, start + 3],
    );
    await stream.leave();
    const again = new StreamReader(await server.ask(`/api/v1/events?after=${start + 1}`));
    assert.deepEqual(
      (await again.read(2)).map(({ sequence }) => sequence),
      [start + 2, start + 3],
    );
    await again.leave();
  });

  it('refuse an id that is none', async () => {
    const answer = await server.ask('/api/v1/events', { headers: { 'last-event-id': 'x' } });
    assert.equal(answer.status, 400);
  });

  it('have a seat for so many readers and no more, and give it on', async () => {
    const seats = Array.from({ length: limits.eventReaders }, () => server.parts.feed.takeSeat());
    const answer = await server.ask('/api/v1/events');
    const problem = (await answer.json()) as Problem;
    assert.deepEqual([answer.status, problem.code], [503, 'server-busy']);
    assert.equal(answer.headers.get('retry-after'), '5');
    for (const seat of seats) seat.leave();
    const stream = new StreamReader(await server.ask('/api/v1/events'));
    await stream.readUntil('retry:');
    await stream.leave();
  });

  it('take no seat for a reader who only asks whether they are there', async () => {
    for (let at = 0; at <= limits.eventReaders; at++) {
      for (const path of ['/api/v1/events', '/api/v1/check/events']) {
        assert.equal((await server.ask(path, { method: 'HEAD' })).status, 200);
      }
    }
  });

  it('reach every reader once, whoever came before and whatever comes meanwhile', async () => {
    const readers: { seen: number[]; stop: () => void }[] = [];
    const start = await newestSequence(server.store);
    for (let at = 1; at <= 6; at++) {
      const seen: number[] = [];
      const watching = server.parts.feed.watch(start, (events) => {
        seen.push(...events.map(({ sequence }) => sequence));
      });
      await change(at);
      readers.push({ seen, stop: await watching });
      await new Promise((resolve) => setTimeout(resolve, at));
    }
    while (readers.some(({ seen }) => (seen.at(-1) ?? 0) < start + 6)) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    for (const { seen, stop } of readers) {
      assert.deepEqual(
        seen,
        [1, 2, 3, 4, 5, 6].map((at) => start + at),
      );
      stop();
    }
  });

  it('end when the server closes', async () => {
    const other = await startServer();
    const stream = new StreamReader(await other.ask('/api/v1/events'));
    await stream.readUntil('retry:');
    other.parts.feed.close();
    assert.deepEqual(await stream.read(1), []);
    await other.close();
  });
});

it('the newest event is found by a few short reads, wherever the numbers begin', async () => {
  for (const [first, last] of [
    [1, 0],
    [1, 1],
    [1, 2],
    [5, 1000],
    [900, 1000],
    [1, 123_456],
  ] as const) {
    let reads = 0;
    const store = {
      getEvents: async (after: number, limit: number): Promise<readonly ChangeEvent[]> => {
        reads++;
        const from = Math.max(after + 1, first);
        const count = Math.max(0, Math.min(limit, last - from + 1));
        return Array.from({ length: count }, (_, at) => ({
          sequence: from + at,
          atMs: 0,
          kind: 'x',
          subject: '',
        }));
      },
    };
    assert.equal(await newestSequence(store), last, `${first} to ${last}`);
    assert.ok(reads <= 40, `${reads} reads`);
  }
});
