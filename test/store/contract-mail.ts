/** Contract of the store: mail, copies, appearances, sources. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { MailToStore, Store } from '../../ingest/store/store.ts';
import type { Tell } from './contract.ts';
import { dayMs, letter, source } from './letters.ts';

const hash = (text: string) => createHash('sha256').update(text).digest('hex');
const text = (raw: Uint8Array | undefined) => (raw === undefined ? undefined : Buffer.from(raw).toString());

async function put(store: Store, ...batch: MailToStore[]) {
  return store.putMails(batch, source(), 1);
}

export function mailSentences(tell: Tell): void {
  tell('a mail that is held is known the second time and changes nothing', async ({ store }) => {
    const mail = letter({ id: 'one@example.org', list: 'pets', body: 'hello', arrivedDay: 1 });
    assert.deepEqual(await put(store, mail, mail), { added: 1, known: 1, joined: 0 });
    const entries = await store.getEntries(['one@example.org']);
    assert.deepEqual(await put(store, mail), { added: 0, known: 1, joined: 0 });
    assert.deepEqual(await store.getEntries(['one@example.org']), entries);
    assert.deepEqual(await store.getEvents(0, 10), [
      { sequence: 1, atMs: 1, kind: 'message', subject: 'one@example.org' },
    ]);
  });

  tell('ids are found by their beginning, held ones only', async ({ store }) => {
    await put(
      store,
      letter({ id: '7-ada@one.example', replyTo: ['7-ada@ghost.example'] }),
      letter({ id: '7-ada@two.example' }),
      letter({ id: '7-ad@one.example' }),
      letter({ id: '7-adb@one.example' }),
    );
    assert.deepEqual(await store.findMessageIds('7-ada@', 10), ['7-ada@one.example', '7-ada@two.example']);
    assert.deepEqual(await store.findMessageIds('7-ada@', 1), ['7-ada@one.example']);
    assert.deepEqual(await store.findMessageIds('7-ada_', 10), []);
  });

  tell('an entry tells what lists and threads need', async ({ store }) => {
    await put(
      store,
      letter({
        id: 'reply@example.org',
        subject: 'Re: cats',
        day: 2,
        replyTo: ['cats@example.org'],
        references: ['root@example.org', 'cats@example.org'],
        list: 'pets',
        raw: 'twelve bytes',
      }),
    );
    assert.deepEqual(
      await store.getEntries(['reply@example.org', 'nobody@example.org']),
      new Map([
        [
          'reply@example.org',
          {
            messageId: 'reply@example.org',
            subject: 'Re: cats',
            fromName: 'Ada Example',
            fromAddress: 'ada@example.org',
            sortMs: dayMs(2),
            dateMs: dayMs(2),
            sizeBytes: 12,
            isPosting: false,
            inReplyTo: ['cats@example.org'],
            references: ['root@example.org', 'cats@example.org'],
            parent: null,
            parentIsGuess: false,
            thread: 'reply@example.org',
            lists: ['pets'],
          },
        ],
      ]),
    );
  });

  tell('bytes come back as they were, whatever they are', async ({ store }) => {
    const odd = Buffer.from(Array.from({ length: 3000 }, (_, at) => (at * 7919) % 256));
    const mail = letter({ id: 'odd@example.org' });
    const empty = letter({ id: 'empty@example.org', raw: '' });
    await put(store, { ...mail, mail: { ...mail.mail, raw: odd } }, empty);
    const raw = await store.getRaw(['odd@example.org', 'empty@example.org', 'nobody@example.org']);
    assert.deepEqual([...raw.keys()].sort(), ['empty@example.org', 'odd@example.org']);
    assert.ok(odd.equals(raw.get('odd@example.org') ?? Buffer.of()));
    assert.equal(text(raw.get('empty@example.org')), '');
  });

  tell('a mail on three lists is one message with three appearances', async ({ store }) => {
    const on = (list: string) => letter({ id: 'x@example.org', list, arrivedDay: 3 });
    assert.deepEqual(await put(store, on('pets'), on('cats'), on('dogs')), { added: 1, known: 0, joined: 2 });
    const [entry] = (await store.getEntries(['x@example.org'])).values();
    assert.deepEqual(entry?.lists, ['cats', 'dogs', 'pets']);
    const rawSha256 = hash('Message-ID: <x@example.org>\n\n\n');
    assert.deepEqual(
      await store.getAppearances('x@example.org'),
      ['cats', 'dogs', 'pets'].map((list) => ({
        list,
        source: 'letters.mbox',
        arrivedMs: dayMs(3),
        rawSha256,
      })),
    );
  });

  tell('a mail without a named list appears on those of its List-Id headers', async ({ store }) => {
    await put(store, letter({ id: 'x@example.org', listIds: ['pets.example.org', 'cats.example.org'] }));
    const [entry] = (await store.getEntries(['x@example.org'])).values();
    assert.deepEqual(entry?.lists, ['cats.example.org', 'pets.example.org']);
  });

  tell('of two copies the older arrival is shown, whichever came first', async ({ store, reopen }) => {
    const copies = [
      letter({ id: 'x@example.org', subject: 'young', raw: 'young', arrivedDay: 5, list: 'pets' }),
      letter({ id: 'x@example.org', subject: 'old', raw: 'old', receivedDay: 4, day: 1, list: 'pets' }),
      letter({ id: 'x@example.org', subject: 'undated', raw: 'undated', list: 'pets' }),
    ];
    for (const copy of copies) await put(store, copy);
    const [entry] = (await store.getEntries(['x@example.org'])).values();
    assert.deepEqual([entry?.subject, entry?.sortMs], ['old', dayMs(1)]);
    assert.equal(text((await store.getRaw(['x@example.org'])).get('x@example.org')), 'old');
    assert.deepEqual(
      (await store.getRawCopies('x@example.org')).map((copy) => [text(copy.raw), copy.sha256]),
      [
        ['old', hash('old')],
        ['young', hash('young')],
        ['undated', hash('undated')],
      ],
    );
    assert.deepEqual(await (await reopen()).verify(), [
      '1 messages and series still wait to be derived; run `patchtrail ingest` or `patchtrail rebuild`.',
    ]);
  });

  tell('copies that arrived at one time are told apart by their hash', async ({ store }) => {
    const raws = ['a', 'b', 'c'].sort((a, b) => (hash(a) < hash(b) ? 1 : -1));
    for (const raw of raws)
      await put(store, letter({ id: 'x@example.org', raw, subject: raw, arrivedDay: 1 }));
    const [entry] = (await store.getEntries(['x@example.org'])).values();
    assert.equal(entry?.subject, raws.at(-1));
  });

  tell('a copy known to be older by a later source becomes the shown one', async ({ store }) => {
    await put(store, letter({ id: 'x@example.org', raw: 'first', subject: 'first', arrivedDay: 3 }));
    await put(store, letter({ id: 'x@example.org', raw: 'second', subject: 'second', arrivedDay: 4 }));
    await put(store, letter({ id: 'x@example.org', raw: 'second', subject: 'second', arrivedDay: 2 }));
    const [entry] = (await store.getEntries(['x@example.org'])).values();
    assert.equal(entry?.subject, 'second');
  });

  tell('a newly shown copy takes posting, link keys and search with it', async ({ store }) => {
    const young = letter({
      id: 'x@example.org',
      raw: 'young',
      body: 'apples',
      arrivedDay: 9,
      patch: { title: 'add the very young apples' },
    });
    const old = letter({ id: 'x@example.org', raw: 'old', body: 'pears', arrivedDay: 1 });
    await put(store, young);
    await put(store, old);
    assert.deepEqual(await store.getPostings(['x@example.org']), new Map());
    const key = young.linkKeys[0] ?? '';
    const query = { key, direction: 'older', atMs: dayMs(99), limit: 5 } as const;
    assert.deepEqual(await store.findPostings([query]), [[]]);
    const find = (word: string) =>
      store.countSearch({ op: 'words', field: 'own', tokens: [word], isPrefix: false }, 9);
    assert.deepEqual([await find('apples'), await find('pears')], [0, 1]);
    assert.equal((await store.info()).postings, 0);
  });

  tell('the cursor is kept with its mails or not at all', async ({ store, reopen }) => {
    const row = source({ cursor: '7', mails: 1, list: 'pets' });
    await store.putMails([letter({ id: 'a@example.org' })], row, 1);
    const broken = { ...letter({ id: 'c@example.org' }), search: null } as unknown as MailToStore;
    await assert.rejects(
      store.putMails([letter({ id: 'b@example.org' }), broken], { ...row, cursor: '9' }, 1),
    );
    const again = await reopen();
    assert.deepEqual(await again.getSources(), [row]);
    assert.deepEqual(
      [...(await again.getEntries(['a@example.org', 'b@example.org'])).keys()],
      ['a@example.org'],
    );
  });

  tell('a mail goes whole when its last list takes it back', async ({ store }) => {
    const pets = source({ location: 'pets.git', list: 'pets' });
    const cats = source({ location: 'cats.git', list: 'cats' });
    const mail = (list: string) =>
      letter({ id: 'x@example.org', list, body: 'secret', patch: { title: 'a secret patch with words' } });
    await store.putMails([mail('pets')], pets, 1);
    await store.putMails([mail('cats')], cats, 1);
    assert.equal(await store.removeMails(['x@example.org', 'nobody@example.org'], pets, 2), 1);
    const [entry] = (await store.getEntries(['x@example.org'])).values();
    assert.deepEqual(entry?.lists, ['cats']);
    assert.equal(await store.removeMails(['x@example.org'], pets, 2), 0);
    assert.equal(await store.removeMails(['x@example.org'], cats, 2), 1);
    assert.deepEqual(await store.getEntries(['x@example.org']), new Map());
    assert.deepEqual(await store.getRawCopies('x@example.org'), []);
    assert.deepEqual(await store.getPostings(['x@example.org']), new Map());
    assert.equal(await store.countSearch({ op: 'all' }, 9), 0);
    assert.equal(await store.getPerson('ada@example.org'), undefined);
    assert.deepEqual(await store.getLists(), []);
    assert.deepEqual(await store.verify(), []);
  });

  tell('taking mails back leaves the bytes of all others as they were', async ({ store, reopen }) => {
    const ids = Array.from({ length: 40 }, (_, at) => `m${at}@example.org`);
    const mail = (id: string) => letter({ id, body: `${id} purrs\n`.repeat(600) });
    await put(store, ...ids.slice(0, 25).map(mail));
    await put(store, ...ids.slice(25).map(mail));
    const gone = ids.filter((_, at) => at % 3 === 0);
    assert.equal(await store.removeMails(gone, source(), 2), gone.length);
    const kept = ids.filter((id) => !gone.includes(id));
    const raw = await (await reopen()).getRaw(ids);
    assert.deepEqual([...raw.keys()].sort(), [...kept].sort());
    for (const id of kept) assert.equal(text(raw.get(id)), Buffer.from(mail(id).mail.raw).toString());
  });

  tell('bytes that were read in work that failed are forgotten with it', async ({ store }) => {
    const mail = (id: string) => letter({ id, body: id.repeat(50) });
    await put(store, mail('a'));
    await store.getRaw(['a']);
    const work = store.together(async () => {
      await put(store, mail('b'));
      assert.equal((await store.getRaw(['a', 'b'])).size, 2);
      throw new Error('power cut');
    });
    await assert.rejects(work, /power cut/);
    await put(store, mail('c'));
    assert.equal(text((await store.getRaw(['c'])).get('c')), Buffer.from(mail('c').mail.raw).toString());
  });

  tell('mails are found whatever signs their ids are made of', async ({ store }) => {
    const odd = ['"quoted"@example.org', 'back\\slash', 'naïve@example.org', 'nul\0l', '\u001f', '😺', ''];
    await put(store, ...odd.map((id) => letter({ id })));
    const found = await store.getEntries([...odd, 'nobody', '"']);
    assert.deepEqual([...found.keys()].sort(), [...odd].sort());
  });

  tell('the other copy is parsed again where the shown one was taken back', async ({ store }) => {
    const pets = source({ location: 'pets.git', list: 'pets' });
    const cats = source({ location: 'cats.git', list: 'cats' });
    const first = letter({
      id: 'x@example.org',
      raw: 'first',
      subject: 'first',
      list: 'pets',
      arrivedDay: 1,
    });
    const second = letter({
      id: 'x@example.org',
      raw: 'second',
      subject: 'second',
      list: 'cats',
      arrivedDay: 2,
    });
    await store.putMails([first], pets, 1);
    await store.putMails([second], cats, 1);
    await store.clearWaiting('thread', ['x@example.org']);
    await store.removeMails(['x@example.org'], pets, 2);
    assert.deepEqual(await store.takeWaiting('parse', 9), ['x@example.org']);
    assert.equal(text((await store.getRaw(['x@example.org'])).get('x@example.org')), 'second');
    await store.rewriteMails([first]);
    assert.equal((await store.getEntries(['x@example.org'])).get('x@example.org')?.subject, 'first');
    await store.rewriteMails([second]);
    assert.equal((await store.getEntries(['x@example.org'])).get('x@example.org')?.subject, 'second');
    assert.deepEqual(await store.takeWaiting('thread', 9), ['x@example.org']);
  });
}
