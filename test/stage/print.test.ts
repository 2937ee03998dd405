/** A mail that came as a web archive printed it lands on the real one, whichever comes first; others stay apart. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { neverPulled } from '../../ingest/pipeline.ts';
import { makeArchiveMail } from '../../ingest/source/archive-text.ts';
import { derive } from '../../ingest/stage/derive.ts';
import { prepareMail } from '../../ingest/stage/prepare-mail.ts';
import type { Store } from '../../ingest/store/store.ts';
import { addMails, withMails } from '../support/derived-store.ts';
import { idOf, type MailShort } from '../support/mail-text.ts';

const real: MailShort = {
  id: 'real',
  subject: 'Re: [PATCH] pump: count strokes',
  hour: 12,
  body: `----- On Jan 1, 2020, at 11:00 AM, Bo Reviewer bo@example.net wrote:

> * Ada Example:
>
>> It counts every stroke.

I doubt that it does.  See the other thread:

https://lists.example.org/pump/20200101.1@example.net/

-- 
Ada
`,
};

/** Delivered four seconds later; domains masked, blanks lost. */
const page = (
  from = 'Ada Example',
  line = 'I doubt that it does. See the other thread:',
) => `Re: [PATCH] pump: count strokes

From: ${from}
Date: Wed Jan 01 2020 - 07:00:04 EST


----- On Jan 1, 2020, at 11:00 AM, Bo Reviewer bo@xxxxxxxxxxx wrote:

> * Ada Example:
>
>> It counts every stroke.

${line}

https://lists.example.org/pump/20200101.1@xxxxxxxxxxx/

--
Ada`;

async function addPage(store: Store, text: string): Promise<void> {
  const raw = makeArchiveMail(text);
  assert.ok(raw);
  const source = {
    location: 'page',
    kind: 'archive-text',
    list: '',
    ...neverPulled,
  } as const;
  await store.putMails([await prepareMail({ raw, list: '', place: 'page' })], source, 0);
  await derive(store, { nowMs: () => 0 });
}

async function held(store: Store): Promise<string[]> {
  return (await store.listMessageIds(null, 10)).map(({ messageId }) =>
    messageId === idOf('real') ? 'real' : 'print',
  );
}

test('a print that comes after its mail becomes one more copy of it, and is not the one shown', () =>
  withMails([real], async (store) => {
    await addPage(store, page());
    assert.deepEqual(await held(store), ['real']);
    assert.equal((await store.getRawCopies(idOf('real'))).length, 2);
    const entry = (await store.getEntries([idOf('real')])).get(idOf('real'));
    assert.deepEqual(
      [entry?.fromAddress, (await store.getAppearances(idOf('real'))).map((one) => one.source)],
      ['ada@example.org', ['page', 'pump']],
    );
  }));

test('a print that comes first joins its mail when that comes', () =>
  withMails([], async (store) => {
    await addPage(store, page());
    assert.deepEqual(await held(store), ['print']);
    await addMails(store, [real]);
    assert.deepEqual(await held(store), ['real']);
    assert.deepEqual(await store.verify(), []);
  }));

test('the same page twice is one copy', () =>
  withMails([real], async (store) => {
    await addPage(store, page());
    await addPage(store, page());
    assert.deepEqual([await held(store), (await store.getRawCopies(idOf('real'))).length], [['real'], 2]);
  }));

test('a print that stays alone names the known people whom its masks fit', () =>
  withMails([{ id: 'bo', from: 'Bo Reviewer <bo@example.net>' }], async (store) => {
    await addPage(store, page());
    const facts = await store.getFacts({ kinds: ['unmasked'] });
    assert.deepEqual(
      facts.map((fact) => fact.value),
      [{ masked: 'bo@xxxxxxxxxxx', address: 'bo@example.net', name: 'Bo Reviewer' }],
    );
  }));

test('another author or other words are another mail', () =>
  withMails([real], async (store) => {
    await addPage(store, page('Bo Reviewer'));
    await addPage(store, page('Ada Example', 'Fine with me.\nAll of it.\nEvery word.\nReally.'));
    assert.deepEqual((await held(store)).sort(), ['print', 'print', 'real']);
  }));
