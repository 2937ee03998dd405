/** First day: with nothing held the pages say what to do, and a list can be added where the queue will be. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { browserOptions, eventually, openPage, startBrowser, visit } from './browser.ts';
import { type Fixture, startFixture } from './fixture-server.ts';

let browser: Browser;
let fixture: Fixture;

before(async () => {
  if (browserOptions.skip !== false) return;
  browser = await startBrowser();
  fixture = await startFixture({ session: 'token-of-a-test' });
});

after(async () => {
  await browser?.close();
  fixture?.close();
});

test('a list is added from the empty queue, and its progress is shown', browserOptions, async () => {
  const context = await browser.newContext();
  await context.addCookies([{ name: 'state', value: 'empty', url: fixture.url }]);
  const { page, faults } = await openPage(context, fixture.url);
  await visit(page, fixture.url);
  await page.getByLabel('Where its mail is').fill('/srv/mail/pets.mbox');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await eventually(async () => page.url() === `${fixture.url}/sources`);
  const sent = fixture.requests.find(({ method }) => method === 'POST');
  assert.deepEqual(sent, { method: 'POST', target: '/api/v1/sources', session: 'token-of-a-test' });
  assert.deepEqual(faults, []);
  await context.close();
});

test('a page that may only read tells the command instead', browserOptions, async () => {
  fixture.options = {};
  const context = await browser.newContext();
  await context.addCookies([{ name: 'state', value: 'empty', url: fixture.url }]);
  const { page } = await openPage(context, fixture.url);
  await visit(page, fixture.url);
  await page.getByText('patchtrail up SOURCE').waitFor();
  assert.equal(await page.getByLabel('Where its mail is').count(), 0);
  await context.close();
});
