/** The archive's addresses, as public-inbox answers them. */
import assert from 'node:assert/strict';
import { after, before, describe, it, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { type ArchivePlace, readArchiveUrl } from '../../server/archive-url.ts';
import { mboxrdEntry, subjectFileName } from '../../server/present/archive/mboxrd.ts';
import { atomFeed } from '../../server/present/atom.ts';
import { escapeId } from '../../server/urls.ts';
import { idOf } from '../support/mail-text.ts';
import { hostileId, seriesId } from './corpus.ts';
import { type ServerUnderTest, startServer } from './server-under-test.ts';

const isList = (name: string) => name === 'pump' || name === 'all' || name === 'series';
const read = (path: string) => readArchiveUrl(path, isList);
const mail = (id: string, form = ''): ArchivePlace => ({ kind: 'mail', list: 'pump', id, form });

describe('addresses of the archive', () => {
  it('take an id in any encoding, with a plus sign as a plus sign', () => {
    assert.deepEqual(read('/pump/a+b@c/raw'), mail('a+b@c', 'raw'));
    assert.deepEqual(read('/pump/a%2Bb%40c/raw'), mail('a+b@c', 'raw'));
    assert.deepEqual(read('/pump/a%2Fb@c/'), mail('a/b@c'));
    assert.deepEqual(read('/pump/a/b@c/raw'), mail('a/b@c', 'raw'));
    assert.deepEqual(read('/pump/a/b@c/T/'), mail('a/b@c', 'T/'));
    assert.deepEqual(read('/pump/<a@b>/t.mbox'), mail('a@b', 't.mbox.gz'));
  });

  it('send on what lacks its slash or is written the old way', () => {
    const moved = (to: string): ArchivePlace => ({ kind: 'moved', to });
    assert.deepEqual(read('/pump'), moved('/pump/'));
    assert.deepEqual(read('/pump/a%40b'), moved('/pump/a@b/'));
    assert.deepEqual(read('/pump/a/b@c'), moved('/pump/a%2Fb@c/'));
    assert.deepEqual(read('/pump/a@b/T'), moved('/pump/a@b/T/#u'));
    assert.deepEqual(read('/pump/a@b/f/'), moved('/pump/a@b/'));
    assert.deepEqual(read('/pump/m/a@b/'), moved('/pump/a@b/'));
    assert.deepEqual(read('/pump/t/a@b/mbox.gz'), moved('/pump/a@b/t.mbox.gz'));
    assert.deepEqual(read('/pump/f/a@b.html'), moved('/pump/a@b/'));
  });

  it('leave pages of our own and lists that are not held to others', () => {
    for (const path of ['/', '/queue', '/series/a@b', '/other/', '/api/v1/lists', '/%E0%A4%A']) {
      assert.equal(read(path), undefined, path);
    }
    assert.deepEqual(read('/lists/series/'), { kind: 'list', list: 'series', page: '' });
    assert.deepEqual(read('/a@b/'), { kind: 'anywhere', id: 'a@b', form: '' });
    assert.deepEqual(read('/r/a@b/raw'), { kind: 'anywhere', id: 'a@b', form: 'raw' });
    assert.deepEqual(read('/pump/git/0.git/info/refs'), { kind: 'none' });
  });

  it('give every id back that can be one', () => {
    const id = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(id, (local) => {
        const whole = `x${local.replace(/[\r\n\t<>]/g, '')}@y`;
        assert.deepEqual(read(new URL(`http://h/pump/${escapeId(whole)}/raw`).pathname), mail(whole, 'raw'));
      }),
    );
  });
});

describe('an entry of an mbox', () => {
  const entry = (text: string) => mboxrdEntry(Buffer.from(text, 'latin1')).toString('latin1');

  it('marks lines that begin like an entry, at every depth', () => {
    assert.equal(
      entry('Subject: x\n\nFrom a\n>From b\n>>From c\n From d\nFromage\n'),
      'From mboxrd@z Thu Jan  1 00:00:00 1970\nSubject: x\n\n>From a\n>>From b\n>>>From c\n From d\nFromage\n\n',
    );
  });

  it('leaves out headers that mbox readers would believe, with their folds', () => {
    assert.equal(
      entry('From someone today\nStatus: RO\nX-Status: kept\nContent-Length: 3\n\t4\nLines: 1\nTo: a\n\nhi'),
      'From mboxrd@z Thu Jan  1 00:00:00 1970\nX-Status: kept\nTo: a\n\nhi\n',
    );
  });

  it('keeps all other bytes', () => {
    const bytes = fc.uint8Array({ maxLength: 300 });
    fc.assert(
      fc.property(bytes, (body) => {
        const raw = Buffer.concat([Buffer.from('To: a\n\n'), body]);
        const text = mboxrdEntry(raw).toString('latin1');
        const back = text.slice(text.indexOf('\n') + 1, -1).replace(/^>(>*From )/gm, '$1');
        assert.deepEqual(Buffer.from(back, 'latin1'), raw);
      }),
    );
  });

  it('ends lines of its own as the mail does', () => {
    assert.match(entry('To: a\r\n\r\nhi\r\n'), /^From mboxrd@z .* 1970\r\nTo: a\r\n\r\nhi\r\n\n$/);
  });

  it('is named for the subject', () => {
    assert.equal(subjectFileName('Re: [PATCH 1/2] pump: x'), 'PATCH-1-2-pump-x');
    assert.equal(subjectFileName('...'), 'no-subject');
  });
});

test('a feed holds only what XML and ASCII know', () => {
  const entry = {
    key: 'a@b',
    title: 'x\u0000y & ü\u{1f600}\ud800',
    author: { name: 'Ada', address: '' },
    updatedMs: 0,
    href: 'http://h/a@b/',
    text: '<b>\u0008"</b>',
    inReplyTo: null,
  };
  const feed = atomFeed({ title: 't', href: 'http://h/', selfHref: 'http://h/new.atom' }, [entry]);
  assert.match(feed, /<title>xy &amp; &#252;&#128512;<\/title>/);
  assert.match(feed, />&lt;b&gt;&quot;&lt;\/b&gt;<\/pre>/);
  assert.doesNotMatch(feed, /[^\u0020-\u007e\n]/);
});

describe('a list of the archive', () => {
  let server: ServerUnderTest;
  before(async () => {
    server = await startServer();
  });
  after(() => server.close());

  const ask = async (path: string, init: RequestInit = {}) => {
    const answer = await server.ask(path, init);
    const bytes = Buffer.from(await answer.arrayBuffer());
    const header = (name: string) => answer.headers.get(name);
    return { status: answer.status, header, bytes, text: bytes.toString('latin1') };
  };
  const subjects = (mbox: string) => [...mbox.matchAll(/^Subject: (.*)$/gm)].map(([, subject]) => subject);

  it('sends HEAD for a bare id on to its page', async () => {
    const { status, header } = await ask(`/pump/${seriesId}`, { method: 'HEAD' });
    assert.deepEqual([status, header('location')], [301, `http://localhost/pump/${seriesId}/`]);
    assert.equal((await ask(`/pump/${seriesId}/`, { method: 'HEAD' })).status, 200);
    const anywhere = await ask(`/${seriesId}/`, { method: 'HEAD' });
    assert.deepEqual(
      [anywhere.status, anywhere.header('location')],
      [302, `http://localhost/pump/${seriesId}/`],
    );
  });

  it('gives a message for people and for tools', async () => {
    const { status, header, text } = await ask(`/pump/${seriesId}/`);
    assert.deepEqual([status, header('content-type')], [200, 'text/html; charset=UTF-8']);
    assert.match(text, /Message-ID: &lt;count@test\.example&gt; \(<a href="[^"]*raw">raw<\/a>\)/);
    const options = /git-send-email\(1\):(.*)\/path\/to\/YOUR_REPLY/s.exec(text)?.[1] ?? '';
    assert.deepEqual(options.match(/--\S+/g), [
      '--in-reply-to=count@test.example',
      '--to=ada@example.org',
      '--cc=pump@lists.example.org',
    ]);
  });

  it('shows text of strangers as text', async () => {
    const { text } = await ask(`/pump/${escapeId(hostileId)}/`);
    assert.doesNotMatch(text, /<script/);
    assert.match(text, /&lt;\/script&gt;&lt;script&gt;alert\(1\)/);
  });

  it('gives the bytes of a mail, whatever way its id is written', async () => {
    const raw = (await server.store.getRaw([hostileId])).get(hostileId) ?? Buffer.of();
    for (const path of [encodeURIComponent(hostileId), escapeId(hostileId)]) {
      const { text } = await ask(`/pump/${path}/raw`);
      assert.equal(text.slice(text.indexOf('\n') + 1, -1), Buffer.from(raw).toString('latin1'));
    }
  });

  it('gives a thread as a file, never as a compressed answer', async () => {
    const { header, bytes } = await ask(`/pump/${seriesId}/t.mbox.gz`, {
      headers: { 'accept-encoding': 'gzip' },
    });
    assert.deepEqual([header('content-type'), header('content-encoding')], ['application/gzip', null]);
    assert.deepEqual(subjects(gunzipSync(bytes).toString()), [
      '[PATCH 1/2] pump: count strokes',
      '[PATCH 2/2] pump: report strokes',
      'Re: [PATCH 1/2] pump: count strokes',
    ]);
  });

  it('gives hits as an mbox to POST alone, with whole threads where the body asks for them', async () => {
    const path = '/pump/?q=s:report+f:ada&x=m';
    assert.equal((await ask(path)).header('content-type'), 'text/html; charset=UTF-8');
    const found = async (body: string, more = '') =>
      subjects(gunzipSync((await ask(`${path}${more}`, { method: 'POST', body })).bytes).toString()).length;
    assert.deepEqual(
      [await found(''), await found('x=m'), await found('', '&t=1'), await found('x=0')],
      [1, 3, 3, 1],
    );
    const none = await ask('/pump/?q=s:nothing&x=m', { method: 'POST' });
    assert.deepEqual([none.status, none.text], [404, 'No results found\n']);
    const within = await ask(`/pump/${seriesId}/?q=pump&x=m`, { method: 'POST' });
    assert.equal(subjects(gunzipSync(within.bytes).toString()).length, 3);
    assert.equal((await ask('/pump/no@such/?q=pump&x=m', { method: 'POST' })).status, 404);
  });

  it('takes a query that was escaped twice', async () => {
    assert.match((await ask('/pump/?q=s%253Areport')).text, /Results 1-1 of 1/);
  });

  it('says where a query goes wrong', async () => {
    const { status, text } = await ask('/pump/?q=pump+AND');
    assert.equal(status, 400);
    assert.match(text, /\npump AND\n {5}\^\^\^/);
  });

  it('ends a feed behind its last hit as patch-hub expects, and takes its query', async () => {
    const query = encodeURIComponent('((s:patch OR s:rfc) AND NOT s:re:)');
    const feed = await ask(`/pump/?x=A&q=${query}&o=0`);
    assert.equal(feed.header('content-type'), 'application/atom+xml');
    assert.equal(feed.text.match(/<entry>/g)?.length, 4);
    assert.equal((await ask(`/pump/?x=A&q=${query}&o=200`)).text, '</feed>');
    assert.equal((await ask('/pump/?x=A&q=nothing')).status, 404);
  });

  it('offers what a part of an id, or an id of elsewhere, may mean', async () => {
    const part = await ask('/pump/count@test.examp/');
    assert.deepEqual([part.status, part.header('location')], [300, null]);
    assert.match(part.text, /1 partial match found:/);
    assert.equal((await ask('/pump/no@such/')).status, 300);
    assert.equal((await ask('/pump/nothing-like-that/')).status, 404);
    for (const form of ['raw', 't.mbox.gz', 't.atom', 't/']) {
      assert.equal((await ask(`/pump/no@such/${form}`)).status, 404, form);
    }
  });

  it('answers what clients probe for', async () => {
    assert.equal((await ask('/pump/_/text/help/', { method: 'HEAD' })).status, 200);
    assert.match((await ask('/pump/_/text/config/raw')).text, /^\turl = http:\/\/localhost\/pump\/$/m);
    assert.equal(gunzipSync((await ask('/manifest.js.gz')).bytes).toString(), '{}');
    assert.equal((await ask('/pump/git/0.git/info/refs')).status, 404);
    assert.equal((await ask('/pump/description')).text, 'pump\n');
    const root = (await ask('/?o=0')).text.split('<pre>')[3] ?? '';
    assert.match(
      root,
      /^\* \d{4}-\d\d-\d\d \d\d:\d\d - <a\nhref="pump\/">pump<\/a>\n {2}.*\n\* .*\nhref="all\/"/,
    );
    const all = gunzipSync((await ask('/all/all.mbox.gz')).bytes).toString();
    assert.equal(subjects(all).length, (await server.store.info()).messages);
  });

  it('shows threads flat and nested, and what is new', async () => {
    const anchor = /<span id="u">/;
    assert.match((await ask(`/pump/${idOf('question')}/T/`)).text, anchor);
    assert.match((await ask(`/pump/${idOf('question')}/t/`)).text, anchor);
    assert.match((await ask('/pump/')).text, /Which pump\?/);
    assert.equal((await ask('/pump/?t=20200101000000')).status, 404);
    assert.match((await ask('/pump/new.atom')).text, /<id>urn:uuid:[0-9a-f]{8}-/);
  });
});
