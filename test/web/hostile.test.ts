/**
 * Hostile: mails that try to be more than text, read in by the pipeline, shown by the real server in a real browser.
 *
 * Each of 500 payloads is subject, name, file name, commit message, quote and own words of a mail. Nothing of them may
 * run, ask anybody, or become an element; the pages must stay pages.
 */
import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { readConfig } from '../../ingest/config.ts';
import { openStore } from '../../ingest/store/open.ts';
import type { Store } from '../../ingest/store/store.ts';
import { type RunningServer, serve } from '../../server/main.ts';
import { addRawMails } from '../support/derived-store.ts';
import { idOf, mailText, patchBody } from '../support/mail-text.ts';
import { browserOptions, openPage, settled, startBrowser, visit } from './browser.ts';
import { payloads } from './payloads.ts';

const list = 'hostile';
/** Mails of a thread: a patch and its answers; few enough for one block of bodies. */
const threadMails = 25;
const roots: string[] = [];

let browser: Browser;
let store: Store;
let server: RunningServer;
let folder: string;

before(async () => {
  if (browserOptions.skip !== false) return;
  folder = mkdtempSync(join(tmpdir(), 'patchtrail-hostile-'));
  store = await openStore(join(folder, 'store.db'));
  const texts = payloads();
  assert.equal(new Set(texts).size, 500);
  await addRawMails(store, texts.map(hostileMail), list);
  server = await serve({
    store,
    config: readConfig(null, {}),
    host: '127.0.0.1',
    port: 0,
    log: { info: () => {}, error: () => {} },
  });
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  await server?.close();
  await store?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** Every 25th mail is a patch, the others answer the one before them. */
function hostileMail(payload: string, at: number): Uint8Array {
  const encoded = `=?utf-8?B?${Buffer.from(payload).toString('base64')}?=`;
  const place = at % threadMails;
  const common = {
    id: `m${at}`,
    hour: at,
    from: `${encoded} <eve${at % 7}@example.org>`,
    subject: place === 0 ? `[PATCH] ${encoded}` : `Re: [PATCH] ${encoded}`,
  };
  if (place === 0) {
    roots.push(idOf(common.id));
    const body = patchBody({
      message: payload,
      notes: payload,
      file: payload.replace(/[\s/]/g, '_'),
      now: [payload],
    });
    return mailText({ ...common, headers: utf8, body });
  }
  const before = payload.replaceAll('owned', 'quoted');
  const words = `On some day, ${payload} wrote:\n> +${before}\n\nPlease change this: ${payload}\n\nReviewed-by: ${payload} <eve@example.org>\n`;
  const inReplyTo = `m${at - 1}`;
  if (place !== 1) return mailText({ ...common, inReplyTo, headers: utf8, body: words });
  const name = Buffer.from(payload).toString('base64');
  const body = `--cut\nContent-Type: text/html; charset=utf-8\n\n<p>${payload}</p>\n--cut
Content-Type: text/plain; charset=utf-8; name="=?utf-8?B?${name}?="
Content-Disposition: attachment; filename="=?utf-8?B?${name}?="\n\n${payload}\n--cut--\n`;
  return mailText({
    ...common,
    inReplyTo,
    headers: ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=cut'],
    body,
  });
}

const utf8 = [
  'MIME-Version: 1.0',
  'Content-Type: text/plain; charset=utf-8',
  'Content-Transfer-Encoding: 8bit',
];

/** What a page holds that no mail may bring: elements, handlers, addresses of other kinds. */
const intruders = `[
  ...[...document.querySelectorAll('main :is(script, img, iframe, object, embed, link, meta, base, style, use, audio, video)')],
  ...[...document.querySelectorAll('body *')].filter((element) =>
    [...element.attributes].some(({ name }) => name.startsWith('on') || name === 'srcdoc' || name === 'formaction')),
  ...[...document.querySelectorAll('a[href], form[action]')].filter((element) =>
    !/^(?:https?|mailto):/.test(element.href ?? element.action)),
].map((element) => element.outerHTML.slice(0, 200))`;

async function assertHarmless(page: Page, path: string): Promise<void> {
  assert.equal(await page.evaluate('typeof globalThis.owned'), 'undefined', path);
  assert.deepEqual(await page.evaluate(intruders), [], path);
  assert.equal(new URL(page.url()).origin, new URL(server.url).origin, path);
}

test('nothing of 500 payloads runs, becomes an element or asks another host', browserOptions, async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const { page, faults } = await openPage(context, server.url);
  const paths = [
    '/',
    '/queue?sort=newest',
    '/search?q=owned',
    '/search?q=owned&group=0',
    '/people',
    '/people/eve1@example.org',
    '/statistics',
    '/sources',
    '/lists',
    ...roots.flatMap((id) => [`/thread/${id}?quotes=all`, `/patches/${id}`, `/series/${id}?points=all`]),
  ];
  for (const path of paths) {
    await visit(page, server.url + path);
    await assertHarmless(page, path);
  }
  await visit(page, `${server.url}/thread/${roots[0]}`);
  for (const key of ['d', 'n', 'z', 'e', '?']) await page.keyboard.press(key);
  await settled(page);
  await assertHarmless(page, 'keys of a thread');
  assert.deepEqual(faults, []);
  await context.close();
});

test('the pages of the archive, which know no scripts, are as harmless', browserOptions, async () => {
  const context = await browser.newContext();
  const { page, faults } = await openPage(context, server.url);
  for (const path of [
    `/${list}/`,
    `/${list}/?q=owned`,
    ...roots.flatMap((id) => [`/${list}/${id}/`, `/${list}/${id}/T/`]),
  ]) {
    await page.goto(server.url + path);
    await assertHarmless(page, path);
  }
  assert.deepEqual(faults, []);
  await context.close();
});

test('a line of ten million letters leaves its thread readable', browserOptions, async () => {
  const body = `Before it.\n${'<b>A'.repeat(2_500_000)}\n`;
  await addRawMails(store, [mailText({ id: 'long', subject: 'a long line', hour: 9000, body })], list);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const { page, faults } = await openPage(context, server.url);
  for (const path of [`/thread/${idOf('long')}`, '/search?q="a long line"']) {
    await visit(page, server.url + path);
    await assertHarmless(page, path);
  }
  await visit(page, `${server.url}/thread/${idOf('long')}`);
  await page.getByText('Before it.').waitFor();
  assert.deepEqual(faults, []);
  await context.close();
});
