/** Mail that lies: about its id, its ancestors, its date, its sender. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addMails, withMails } from '../support/derived-store.ts';
import { idOf, type MailShort } from '../support/mail-text.ts';

test('two mails with one Message-ID and different words are both kept and told apart', async () => {
  const mails: MailShort[] = [
    { id: 'a', subject: 'true words', body: 'The words that Ada wrote.\n' },
    { id: 'a', subject: 'other words', from: 'Mallory <mallory@example.net>', body: 'Not hers.\n' },
  ];
  await withMails(mails, async (store) => {
    const copies = await store.getRawCopies(idOf('a'));
    assert.equal(copies.length, 2);
    assert.equal(new Set(copies.map((copy) => copy.sha256)).size, 2);
    const words = copies.map(({ raw }) => /\n\n(.*)/.exec(Buffer.from(raw).toString())?.[1]);
    assert.deepEqual(words.sort(), ['Not hers.', 'The words that Ada wrote.']);
    assert.deepEqual(await store.verify(), []);
  });
});

test('References forged to name every thread join none of them', async () => {
  const threads = Array.from({ length: 30 }, (_, at): MailShort[] => [
    { id: `t${at}`, subject: `topic ${at}`, hour: at },
    { id: `t${at}r`, subject: `Re: topic ${at}`, inReplyTo: `t${at}`, hour: at + 0.5 },
  ]);
  await withMails(threads.flat(), async (store) => {
    const forged = { id: 'forged', hour: 99, references: threads.map((_, at) => `t${at}`) };
    await addMails(store, [forged, { ...forged, id: 'again', references: [...forged.references].reverse() }]);
    const entries = await store.getEntries(threads.flat().map(({ id }) => idOf(id)));
    assert.equal(new Set([...entries.values()].map((entry) => entry.thread)).size, 30);
  });
});

test('a mail dated 2099 does not stay on top of the newest', async () => {
  const received = 'Received: from a by b; Wed, 1 Jan 2020 05:00:00 +0000';
  const mails: MailShort[] = [
    { id: 'early', hour: 1 },
    { id: 'future', hour: 24 * 365 * 79, headers: [received] },
    { id: 'late', hour: 9 },
  ];
  await withMails(mails, async (store) => {
    const { items } = await store.listMessages({}, { limit: 9 });
    assert.deepEqual(
      items.map((entry) => entry.messageId),
      ['late', 'future', 'early'].map(idOf),
    );
  });
});
