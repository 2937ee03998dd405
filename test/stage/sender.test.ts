/** Who sent a mail: the person, also where a list put itself before him. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseMessage } from '../../ingest/mail/mime.ts';
import { parseQuery } from '../../ingest/search/query.ts';
import { mboxText } from '../../server/patchwork/mbox.ts';
import { withMails } from '../support/derived-store.ts';
import { idOf, type MailShort, mailText, patchBody } from '../support/mail-text.ts';

const rewritten: MailShort = {
  id: 'rewritten',
  subject: '[PATCH] pump: stop',
  from: "'Bo Other' via pump <pump@lists.example.org>",
  headers: ['Reply-To: Bo Other <bo@example.org>'],
  body: patchBody({ file: 'pump.c', now: ['\tstop(pump);'] }),
};

test('a mail that its list sent in its own name is of the person behind it', () =>
  withMails([rewritten], async (store) => {
    const entry = (await store.getEntries([idOf('rewritten')])).get(idOf('rewritten'));
    assert.deepEqual([entry?.fromName, entry?.fromAddress], ['Bo Other', 'bo@example.org']);
    const { items } = await store.search(parseQuery('f:bo@example.org', 0), 'newest', { limit: 2 });
    assert.deepEqual(
      items.map(({ messageId }) => messageId),
      [idOf('rewritten')],
    );
  }));

test('Patchwork’s mbox of it names him as author and keeps what the list wrote', async () => {
  const message = await parseMessage(mailText(rewritten));
  const submitter = { number: 1, name: 'Bo Other', address: 'bo@example.org' };
  const text = mboxText([
    { row: { number: 7, submitter, sentMs: 0 }, message, delegate: null, comments: [] },
  ]);
  assert.match(text, /^From: Bo Other <bo@example\.org>$/m);
  assert.match(text, /^X-Patchwork-Original-From: 'Bo Other' via pump <pump@lists\.example\.org>$/m);
  assert.doesNotMatch(text, /^From: 'Bo/m);
});
