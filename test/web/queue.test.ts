/** Queue: what a maintainer does with it in the morning: sort out, set aside, take back, keep a view, see what is new. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { browserOptions, eventually, openPage, settled, startBrowser, visit } from './browser.ts';
import { type Fixture, startFixture } from './fixture-server.ts';
import { others, summary } from './story/series.ts';

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

/** A page in a browser that was never here before. */
async function withPage(look: (page: Page, context: BrowserContext) => Promise<void>): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const { page, faults } = await openPage(context, fixture.url);
  await look(page, context);
  assert.deepEqual(faults, []);
  await context.close();
}

function changesSince(start: number): string[] {
  return fixture.requests
    .slice(start)
    .filter(({ method }) => method !== 'GET')
    .map(({ method, target }) => `${method} ${target}`);
}

test('states of chosen series are set in one request, and undone one by one', browserOptions, () =>
  withPage(async (page) => {
    await visit(page, fixture.url);
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.getByText('2 selected').waitFor();
    const start = fixture.requests.length;
    await page.keyboard.press('.');
    assert.equal(await page.evaluate('document.activeElement.name'), 'state');
    await page.getByRole('button', { name: 'Set', exact: true }).click();
    await page.locator('.bulk', { hasText: '2 series set to' }).waitFor();
    await page.keyboard.press('U');
    await eventually(async () => changesSince(start).length === 3);
    assert.deepEqual(changesSince(start), [
      'POST /api/v1/corrections/bulk',
      'DELETE /api/v1/corrections/7',
      'DELETE /api/v1/corrections/8',
    ]);
    await eventually(async () => (await page.locator('.bulk', { hasText: '2 series set to' }).count()) === 0);
  }),
);

test('a series set aside is gone from the queue until it is taken back', browserOptions, () =>
  withPage(async (page) => {
    await visit(page, fixture.url);
    const titles = () => page.locator('.row-link:visible').allTextContents();
    const all = await titles();
    await page.keyboard.press('j');
    const first = await page.evaluate('document.activeElement.textContent.trim()');
    await page.keyboard.press('x');
    await page.getByRole('button', { name: 'Set aside' }).click();
    assert.deepEqual(
      await titles(),
      all.filter((title) => title !== first),
    );
    await page.reload();
    await settled(page);
    assert.equal((await titles()).length, all.length - 1);
    await page.getByText('Set aside until new mail comes').click();
    await page.getByRole('button', { name: `Back into the queue: ${first}` }).click();
    assert.deepEqual(await titles(), all);
  }),
);

test(
  'only series in which a person has one part are asked for, and the address says so',
  browserOptions,
  () =>
    withPage(async (page) => {
      await visit(page, `${fixture.url}/queue?me=ada@moss.example`);
      const start = fixture.requests.length;
      await page.locator('select[name="role"]').selectOption('maintainer');
      await eventually(async () => page.url().endsWith('&role=maintainer'));
      await settled(page);
      const asked = fixture.requests.slice(start).map(({ target }) => new URL(target, fixture.url));
      const [query] = asked.filter(({ pathname }) => pathname === '/api/v1/series');
      assert.equal(query?.searchParams.get('person'), 'ada@moss.example');
      assert.equal(query?.searchParams.get('role'), 'maintainer');
    }),
);

test('a view is kept under a name, opened again and forgotten', browserOptions, () =>
  withPage(async (page) => {
    await visit(page, `${fixture.url}/queue?list=lib-alpha&state=reviewed`);
    await page.keyboard.press('a');
    assert.equal(await page.locator('input[name="name"]').inputValue(), 'lib-alpha, reviewed');
    await page.locator('input[name="name"]').fill('to be taken');
    await page.keyboard.press('Enter');
    await visit(page, fixture.url);
    await page.getByRole('link', { name: 'to be taken' }).click();
    await eventually(async () => page.url().endsWith('/queue?list=lib-alpha&state=reviewed'));
    await page.getByRole('button', { name: 'Forget the view to be taken' }).click();
    assert.equal(await page.getByRole('link', { name: 'to be taken' }).count(), 0);
  }),
);

test('what got mail since it was read is marked, and reading takes the mark away', browserOptions, () =>
  withPage(async (page) => {
    const [other] = others;
    assert.ok(other);
    await visit(page, fixture.url);
    assert.equal(await page.locator('.news').count(), 0);
    const seen = { [summary.id]: summary.lastMs - 1 };
    await page.evaluate(
      `localStorage.setItem('patchtrail.seen', ${JSON.stringify(JSON.stringify({ sinceMs: other.lastMs - 1, seen }))})`,
    );
    await page.reload();
    await settled(page);
    const row = page.locator('[data-row]', { hasText: summary.title });
    assert.equal(await row.locator('.news').textContent(), 'new mail');
    await row.getByRole('link', { name: summary.title }).click();
    await page.getByText('Since you last looked').waitFor();
    await page.goBack();
    await settled(page);
    assert.equal(await row.locator('.news').count(), 0);
  }),
);

test('chosen series are given to somebody, seen by a filter, and taken back', browserOptions, () =>
  withPage(async (page) => {
    await visit(page, fixture.url);
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.getByRole('combobox', { name: 'Looked after by' }).last().waitFor();
    await page.keyboard.press('D');
    assert.equal(await page.evaluate('document.activeElement.name'), 'delegate');
    const start = fixture.requests.length;
    await page.getByRole('button', { name: 'Give' }).click();
    await page.locator('.bulk', { hasText: '1 patch given to bo.' }).waitFor();
    await page.keyboard.press('U');
    await eventually(async () => changesSince(start).length === 2);
    assert.deepEqual(changesSince(start), ['POST /api/v1/delegates', 'DELETE /api/v1/corrections/7']);
    await page.locator('.filters select[name="delegate"]').selectOption('chidi');
    await eventually(async () => page.url().endsWith('/queue?delegate=chidi'));
  }),
);

test('chosen series are put into a bundle, which is opened, ordered and taken apart', browserOptions, () =>
  withPage(async (page) => {
    await visit(page, fixture.url);
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.keyboard.press('B');
    const start = fixture.requests.length;
    await page.keyboard.type('to be tested');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Open the bundle' }).click();
    await page.getByRole('heading', { name: 'to be tested', level: 1 }).waitFor();
    await page.getByRole('button', { name: /^Down: .*thread area/ }).click();
    const moved = page.locator('.bulk', { hasText: 'Moved down' });
    await moved.waitFor();
    await page.keyboard.press('U');
    await moved.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Share' }).click();
    await page.locator('.bulk', { hasText: 'Everybody may see it now.' }).waitFor();
    await page.getByRole('button', { name: 'Take apart' }).click();
    await page.getByRole('heading', { name: 'Bundles', level: 1 }).waitFor();
    assert.deepEqual(changesSince(start), [
      'POST /api/v1/bundles',
      'POST /api/v1/bundles/2',
      'POST /api/v1/bundles/2',
      'POST /api/v1/bundles/2',
      'DELETE /api/v1/bundles/2',
    ]);
    assert.equal(await page.getByRole('link', { name: 'for the next release', exact: true }).count(), 1);
  }),
);

test('what machines said is counted in the row, with words for who listens', browserOptions, () =>
  withPage(async (page) => {
    await visit(page, fixture.url);
    const row = page.locator('[data-row]', { hasText: 'timers: Do not count' });
    assert.equal(
      (await row.locator('.check-counts').innerText()).replace(/\s+/g, ' ').trim().includes('S11'),
      true,
    );
    assert.match((await row.locator('.check-counts').textContent()) ?? '', /11 success, .*1 fail/s);
    const quiet = page.locator('[data-row]', { hasText: 'mm: Name the zone' });
    assert.equal(await quiet.locator('.check-counts').count(), 0);
  }),
);
