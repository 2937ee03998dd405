/** What monitoring is told at /metrics, and who is told it. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { makeMeters } from '../../server/meters.ts';
import { source } from '../store/letters.ts';
import { engines, type RunningEngine } from '../support/engines.ts';
import { openCorpus } from './corpus.ts';
import { type ServerUnderTest, sessionToken, startServer } from './server-under-test.ts';

const access = { sessionToken, isLoopback: true, hostNames: null, tokens: [], person: 'local' };

for (const engine of engines) {
  describe(`the numbers of a server whose store is kept by ${engine.name}`, engine.options, () => {
    let running: RunningEngine;
    let server: ServerUnderTest;
    before(async () => {
      running = await engine.start();
      server = await startServer({ meters: makeMeters(), access }, async (path) =>
        openCorpus(await running.locate(path)),
      );
      await server.store.putSource(
        source({ location: 'a "quoted"\nplace', list: 'pump', failures: 3, lagMs: 1500, newestMs: 7000 }),
      );
      await server.store.markWaiting('series', ['<count@example.org>', '<which@example.org>']);
    });
    after(async () => {
      await server.close();
      running.stop();
    });

    async function lines(): Promise<readonly string[]> {
      const answer = await server.ask('/metrics');
      assert.equal(answer.headers.get('content-type'), 'text/plain; version=0.0.4; charset=utf-8');
      assert.equal(answer.headers.get('cache-control'), 'no-store');
      return (await answer.text()).split('\n');
    }

    it('tell of sources, of what waits, and of the engine', async () => {
      const told = await lines();
      const labels = String.raw`{source="a \"quoted\"\nplace",list="pump"}`;
      for (const line of [
        `patchtrail_source_lag_seconds${labels} 1.5`,
        `patchtrail_source_failures${labels} 3`,
        `patchtrail_source_newest_timestamp_seconds${labels} 7`,
        `patchtrail_waiting{stage="series"} 2`,
      ]) {
        assert.ok(
          told.includes(line),
          `${line}\n${told.filter((one) => one.startsWith('patchtrail')).join('\n')}`,
        );
      }
      const { engine: name, schema, sizeBytes } = await server.store.load();
      assert.ok(told.includes(`patchtrail_store_info{engine="${name}",schema="${schema}"} 1`));
      assert.ok(sizeBytes > 0 && told.some((line) => line.startsWith('patchtrail_store_bytes ')));
    });

    it('count answers by route and status, however many addresses there are, and errors by code', async () => {
      for (const path of ['/api/v1/messages/a', '/api/v1/messages/b', '/api/v1/lists', '/api/v1/lists?x=1'])
        await server.ask(path);
      await server.ask('/api/v1/lists', { method: 'PROPFIND' });
      const told = await lines();
      const counts = (start: string) => told.filter((line) => line.startsWith(start));
      assert.deepEqual(counts('patchtrail_answer_seconds_count{route="/api/v1/messages'), [
        'patchtrail_answer_seconds_count{route="/api/v1/messages/:id",method="GET",status="404"} 2',
      ]);
      assert.deepEqual(counts('patchtrail_answer_seconds_count{route="/api/v1/lists",method="GET"').sort(), [
        'patchtrail_answer_seconds_count{route="/api/v1/lists",method="GET",status="200"} 1',
        'patchtrail_answer_seconds_count{route="/api/v1/lists",method="GET",status="400"} 1',
      ]);
      assert.deepEqual(counts('patchtrail_errors_total{code="not-found"').length, 1);
      assert.ok(told.some((line) => line.includes('method="other"')));
    });

    it('are not told to who does not rule the site', async () => {
      const answer = await server.ask('/metrics', { headers: { 'x-forwarded-for': '192.0.2.1' } });
      assert.equal(answer.status, 403);
      assert.doesNotMatch(await answer.text(), /patchtrail_/);
    });
  });
}

describe('a server that nobody counts', () => {
  it('has no such address', async () => {
    const server = await startServer();
    const answer = await server.ask('/metrics');
    assert.doesNotMatch(await answer.text(), /patchtrail_/);
    await server.close();
  });
});
