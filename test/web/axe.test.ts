/** Accessibility: no page breaks a rule, whatever its state, theme and width. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { browserOptions, openPage, startBrowser, visit } from './browser.ts';
import { type Fixture, startFixture } from './fixture-server.ts';
import { pages, paths } from './paths.ts';
import { postingId } from './story/names.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

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

const allRules = `{ type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] }`;
/** All that another theme can break. */
const colourRules = `{ type: 'rule', values: ['color-contrast', 'link-in-text-block'] }`;

/** Rules broken, each with the elements that break it. */
async function violations(page: Page, rules = allRules): Promise<string[]> {
  // Through the debugger: the page's own policy lets no script in.
  await page.evaluate(axe);
  return page.evaluate(`
    axe.run(document, {
      runOnly: ${rules},
      resultTypes: ['violations'],
    }).then(({ violations }) => violations.flatMap(({ id, nodes }) =>
      nodes.slice(0, 3).map(({ html, failureSummary }) => id + ': ' + html.slice(0, 200) + ' ' + failureSummary)))
  `);
}

test('the digest of a thread keeps all rules', browserOptions, async () => {
  const context = await browser.newContext();
  const { page } = await openPage(context, fixture.url);
  await visit(page, `${fixture.url}/thread/${postingId('v8')}`);
  await page.locator('summary', { hasText: 'What was decided' }).click();
  await page.getByText('It points to').waitFor();
  assert.deepEqual(await violations(page), []);
  await context.close();
});

test('every page keeps all rules, in both themes, narrow and wide', browserOptions, async (t) => {
  const context = await browser.newContext();
  const { page, faults } = await openPage(context, fixture.url);
  for (const { name, path } of paths) {
    await t.test(name, async () => {
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme: 'light' });
        await visit(page, fixture.url + path);
        assert.deepEqual(await violations(page), [], `light, ${width} px wide`);
        await page.emulateMedia({ colorScheme: 'dark' });
        assert.deepEqual(await violations(page, colourRules), [], `dark, ${width} px wide`);
      }
    });
  }
  assert.deepEqual(faults, []);
  await context.close();
});

for (const [state, theme] of [
  ['empty', 'light'],
  ['error', 'dark'],
] as const) {
  test(`every page keeps all rules in the state ${state}`, browserOptions, async (t) => {
    const context = await browser.newContext({ viewport: { width: 320, height: 700 }, colorScheme: theme });
    await context.addCookies([{ name: 'state', value: state, url: fixture.url }]);
    const { page, faults } = await openPage(context, fixture.url);
    for (const { name, path } of pages) {
      await t.test(name, async () => {
        await visit(page, fixture.url + path);
        assert.deepEqual(await violations(page), []);
        assert.equal(
          await page.evaluate('document.documentElement.scrollWidth <= innerWidth'),
          true,
          'scrolls sideways',
        );
      });
    }
    assert.deepEqual(faults, []);
    await context.close();
  });
}

test('the side note and the table of keys keep all rules', browserOptions, async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const { page } = await openPage(context, fixture.url);
  await visit(page, fixture.url);
  await page.keyboard.press('e');
  await page.getByText('Correct this…').click();
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor();
  assert.deepEqual(await violations(page), []);
  await context.close();
});
