/**
 * Archives on the web, served by public-inbox itself on loopback.
 */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { openSources } from '../../ingest/source/open.ts';
import type { Source } from '../../ingest/source/source.ts';
import { readEntries } from '../../ingest/source/web-atom.ts';
import { isPrivateAddress } from '../../ingest/source/web-guard.ts';
import { makeFolder, pull } from '../support/folders.ts';
import { inboxTools, makeInbox } from '../support/growing-inbox.ts';
import { toolOptions } from '../support/tools.ts';

const options = toolOptions(...inboxTools, 'public-inbox-httpd');

async function openOne(spec: string, mirrors = '/nowhere'): Promise<Source> {
  const [source, ...others] = await openSources(spec, { mirrors });
  assert.ok(source && others.length === 0);
  return source;
}

for (const version of [1, 2] as const) {
  test(`a whole list on the web is mirrored and followed (version ${version})`, options, async (t) => {
    const inbox = await makeInbox(t, version);
    for (const id of ['a', 'b']) inbox.deliver(id);
    await inbox.serve('public-inbox-httpd');
    const source = await openOne(inbox.url, makeFolder(t));
    assert.deepEqual([source.kind, source.list, source.location], ['web', 'sample', inbox.url]);
    const first = await pull(source);
    assert.deepEqual(first.mails, ['a', 'b']);
    assert.deepEqual((await pull(source, first.cursor)).mails, []);
    inbox.deliver('c');
    assert.deepEqual((await pull(source, first.cursor)).mails, ['c']);
    const cursors = first.events.flatMap((event) => (event.type === 'mail' ? [event.cursor] : []));
    assert.deepEqual((await pull(source, cursors[0] ?? null)).mails, ['b', 'c']);
  });
}

test('the feed alone gives the newest mails, and later those since', options, async (t) => {
  const inbox = await makeInbox(t);
  // More than a page of the feed between two looks.
  const ids = Array.from({ length: 33 }, (_, at) => `m${at + 10}`);
  const hour = (at: number) =>
    `Received: from a by b; Tue, 7 Jul 2020 ${String(at % 24).padStart(2, '0')}:00:00 +0000\n`;
  for (const [at, id] of ids.slice(0, 3).entries()) inbox.deliver(id, hour(at));
  await inbox.serve('public-inbox-httpd');
  const source = await openOne(`${inbox.url}new.atom`);
  assert.deepEqual([source.kind, source.list], ['web', 'sample']);
  const first = await pull(source);
  assert.deepEqual(first.mails.sort(), ids.slice(0, 3));
  for (const [at, id] of ids.slice(3).entries()) inbox.deliver(id, hour(at));
  const second = await pull(source, first.cursor);
  assert.ok(second.mails.length >= 25, `${second.mails.length} mails`);
  assert.ok(second.mails.every((id) => ids.indexOf(id) >= 3));
  assert.deepEqual((await pull(source, second.cursor)).mails, []);
});

test('one thread comes by the address of any of its mails', options, async (t) => {
  const inbox = await makeInbox(t);
  inbox.deliver('a');
  inbox.deliver('b', 'In-Reply-To: <a@example.org>\n');
  inbox.deliver('other');
  await inbox.serve('public-inbox-httpd');
  for (const form of ['b@example.org/', 'a%40example.org/t.mbox.gz', 'a@example.org/T/']) {
    const source = await openOne(`${inbox.url}${form}`);
    const { mails, cursor } = await pull(source);
    assert.deepEqual([source.list, mails, cursor], ['sample', ['a', 'b'], null], form);
  }
  const { troubles } = await pull(await openOne(`${inbox.url}nobody@example.org/`));
  assert.deepEqual(troubles, [`${inbox.url}nobody@example.org/t.mbox.gz not-there`]);
});

test('a redirect to this machine, to another kind of address or in a circle is not followed', async (t) => {
  const other = await listen(t, () => '');
  let target = '';
  const server = await listen(t, () => target);
  for (const [to, message] of [
    [`http://127.0.0.1:${other.port}/secret`, /address that is not public/],
    ['http://[::1]:1/secret', /address that is not public/],
    [`http://localhost:${other.port}/secret`, /address that is not public/],
    ['file:///etc/passwd', /no safe web address/],
    ['http://ada:pw@example.org/', /no safe web address/],
    [`http://127.0.0.1:${server.port}/again`, /redirects too often/],
  ] as const) {
    target = to;
    const source = await openOne(`http://127.0.0.1:${server.port}/list/a@example.org/`);
    await assert.rejects(pull(source), { code: 'source-unreadable', message }, to);
  }
  assert.equal(other.asked(), 0);
});

test('addresses of networks, machines and protocols that are not public are told', () => {
  const hidden =
    '10.1.2.3 127.0.0.1 169.254.169.254 172.31.0.1 192.168.0.1 100.64.0.1 0.0.0.0 255.255.255.255 224.0.0.1 :: ::1 ::ffff:8.8.8.8 fe80::1 fd00::1 ff02::1 localhost';
  assert.deepEqual(
    hidden.split(' ').filter((address) => !isPrivateAddress(address)),
    [],
  );
  const open = '8.8.8.8 172.32.0.1 193.0.0.1 2606:4700::1111';
  assert.deepEqual(open.split(' ').filter(isPrivateAddress), []);
});

test('of a feed only ids below its own list are taken', () => {
  const base = new URL('https://example.org/list/new.atom');
  const entry = (href: string) =>
    `<entry><updated>2020-07-06T17:08:32Z</updated><link\nhref="${href}"/></entry>`;
  const feed = [
    'https://example.org/list/a%2Fb@x/',
    'https://example.org/other/c@x/',
    'https://evil.example/list/d&amp;e@x/',
    'javascript:x',
    '%',
  ]
    .map(entry)
    .join('');
  assert.deepEqual(
    readEntries(feed, base).map(({ messageId }) => messageId),
    ['a/b@x', 'd&e@x'],
  );
});

test('a web source with a password, or that names no list, is refused', async () => {
  for (const url of ['https://ada:pw@example.org/list/', 'https://example.org/'])
    await assert.rejects(openSources(url, { mirrors: '/nowhere' }), { code: 'usage' });
});

/** A server that redirects to what `target` says; empty: it answers. */
async function listen(t: TestContext, target: () => string) {
  let asked = 0;
  const server = createServer((_, answer) => {
    asked++;
    if (target() === '') answer.end('secret');
    else answer.writeHead(302, { location: target() }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  return { port: (server.address() as AddressInfo).port, asked: () => asked };
}
