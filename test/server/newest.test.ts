/** A mail of the year 2099 without a header that says when it came: everywhere, but not on top of the newest. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addMails } from '../support/derived-store.ts';
import { idOf } from '../support/mail-text.ts';
import { type ServerUnderTest, startServer } from './server-under-test.ts';

let server: ServerUnderTest;
const future = idOf('future');

before(async () => {
  server = await startServer();
  const hour = 24 * 365 * 79;
  const body =
    'Words.\n\n---\n a.c | 2 +-\n\ndiff --git a/a.c b/a.c\n--- a/a.c\n+++ b/a.c\n@@ -1 +1 @@\n-one\n+two\n';
  await addMails(server.store, [{ id: 'future', subject: '[PATCH] pump: futuristic', hour, body }]);
});
after(() => server.close());

interface Items {
  items: { messageId?: string; title?: string; subject?: string }[];
}

const subjects = async (path: string) =>
  (await server.json<Items>(path)).items.map((item) => item.subject ?? item.title ?? item.messageId ?? '');

test('it is on no list of the newest', async () => {
  for (const path of ['/api/v1/messages', '/api/v1/series?sort=newest', '/api/v1/search?q=s%3Apump']) {
    const shown = await subjects(path);
    assert.ok(shown.length > 0, path);
    assert.ok(!shown.some((subject) => subject.includes('futuristic')), path);
  }
  const feed = await (await server.ask('/all/new.atom')).text();
  assert.ok(feed.includes('<entry>') && !feed.includes('futuristic'));
});

test('it is found by its date, by relevance, as itself, and as a series', async () => {
  for (const path of [
    '/api/v1/search?q=s%3Afuturistic+d%3A2098..',
    '/api/v1/search?q=s%3Afuturistic&sort=relevance',
    '/api/v1/series?sort=oldest',
  ]) {
    const shown = JSON.stringify(await server.json(path));
    assert.ok(shown.includes('futuristic'), path);
  }
  assert.equal((await server.ask(`/api/v1/messages/${future}`)).status, 200);
});
