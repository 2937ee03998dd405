/** Sources from a page: only one of our own on this machine may make the server read a place. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SourceError } from '../../ingest/model/errors.ts';
import type { AddSource } from '../../server/routes/parts.ts';
import type { Problem } from '../../server/wire.ts';
import { ownPage, startServer } from './server-under-test.ts';

function post(body: object, headers: Record<string, string> = ownPage): RequestInit {
  return {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
}

async function withServer(
  addSource: AddSource | null,
  work: (ask: (init: RequestInit) => Promise<Response>) => Promise<void>,
): Promise<void> {
  const server = await startServer({ addSource });
  try {
    await work((init) => server.ask('/api/v1/sources', init));
  } finally {
    await server.close();
  }
}

test('a page adds a source and is told what it was opened as', () =>
  withServer(
    async ({ location, list }) => [`${location}:${list}`],
    async (ask) => {
      const answer = await ask(post({ location: ' /srv/mail ', list: 'pets' }));
      assert.deepEqual(await answer.json(), { locations: ['/srv/mail:pets'] });
    },
  ));

test('a place without mail is refused in words', () =>
  withServer(
    async () => {
      throw new SourceError('source-unknown', 'No mail was found', {
        subject: '/srv',
        remedy: 'Name another.',
      });
    },
    async (ask) => {
      const answer = await ask(post({ location: '/srv', list: '' }));
      const { detail, remedy }: Problem = await answer.json();
      assert.ok(answer.status >= 400);
      assert.match(detail, /No mail was found/);
      assert.equal(remedy, 'Name another.');
    },
  ));

test('pages of others, tokens and a server that looks after nothing add no source', async () => {
  const added: string[] = [];
  const note: AddSource = async ({ location }) => {
    added.push(location);
    return [];
  };
  const body = { location: '/etc', list: '' };
  await withServer(note, async (ask) => {
    assert.equal((await ask(post(body, {}))).status, 403);
    assert.equal((await ask(post(body, { authorization: 'Bearer abc' }))).status >= 401, true);
    assert.equal((await ask(post(body, { ...ownPage, origin: 'http://elsewhere.example' }))).status, 403);
    assert.equal((await ask(post({ location: '', list: '' }))).status, 400);
  });
  await withServer(null, async (ask) => assert.equal((await ask(post(body))).status, 400));
  assert.deepEqual(added, []);
});
