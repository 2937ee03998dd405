/** The server on a port: what only a socket shows. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readConfig } from '../../ingest/config.ts';
import { UsageError } from '../../ingest/model/errors.ts';
import type { Store } from '../../ingest/store/store.ts';
import { type RunningServer, serve } from '../../server/main.ts';
import { openCorpus, seriesId } from './corpus.ts';

describe('a server on a port', () => {
  let folder: string;
  let store: Store;
  let server: RunningServer;
  const options = () => ({ store, config: readConfig(null, {}), host: '127.0.0.1', port: 0 });
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'patchtrail-main-'));
    store = await openCorpus(join(folder, 'store.db'));
    server = await serve(options());
  });
  after(async () => {
    await server.close();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('says where it is and answers there', async () => {
    assert.match(server.url, /^http:\/\/127\.0\.0\.1:\d+$/);
    const answer = await fetch(`${server.url}/api/v1/series/${seriesId}`);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('content-encoding'), 'gzip');
    assert.equal(((await answer.json()) as { summary: { id: string } }).summary.id, seriesId);
  });

  it('refuses a name that was pointed at it', async () => {
    const { hostname, port } = new URL(server.url);
    const status = await new Promise((resolve, reject) => {
      request(
        { hostname, port, path: '/api/v1/status', headers: { host: `evil.example:${port}` } },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        },
      )
        .on('error', reject)
        .end();
    });
    assert.equal(status, 403);
  });

  it('cannot take a port that is taken, and says so', async () => {
    const port = Number(new URL(server.url).port);
    await assert.rejects(serve({ ...options(), port }), UsageError);
  });

  it('ends its event streams when it is closed', async () => {
    const other = await serve(options());
    const stream = await fetch(`${other.url}/api/v1/events`);
    const reader = stream.body?.getReader();
    assert.ok(reader);
    await reader.read();
    await other.close();
    while (!(await reader.read()).done);
    await assert.rejects(fetch(`${other.url}/`));
  });
});
