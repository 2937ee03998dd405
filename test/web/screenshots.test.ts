/**
 * Screenshots: every page, wide and narrow, light and dark, as pictures in `test/artifacts/screenshots/` to be looked at.
 *
 * What can be told without eyes is asserted: the page is not blank, nothing scrolls sideways, no text is cut off by
 * the window.
 */
import assert from 'node:assert/strict';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { browserOptions, openPage, startBrowser, visit } from './browser.ts';
import { type Fixture, startFixture } from './fixture-server.ts';
import { paths } from './paths.ts';

const folder = fileURLToPath(new URL('../artifacts/screenshots', import.meta.url));

let browser: Browser;
let fixture: Fixture;

before(async () => {
  if (browserOptions.skip !== false) return;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  browser = await startBrowser();
  fixture = await startFixture({ session: 'token-of-a-test' });
});

after(async () => {
  await browser?.close();
  fixture?.close();
});

/** A picture of one colour packs to less. */
const blankBytes = 4000;

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1280, 390]) {
    test(`every page is drawn ${width} px wide in the ${colorScheme} theme`, browserOptions, async () => {
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
      const { page, faults } = await openPage(context, fixture.url);
      for (const { name, path } of paths) {
        await visit(page, fixture.url + path);
        const file = `${name.replace(/[^a-z]+/g, '-')}-${width}-${colorScheme}.png`;
        const picture = await page.screenshot({ path: join(folder, file), fullPage: true });
        assert.ok(picture.length > blankBytes, `${file} is blank`);
        assert.equal(
          await page.evaluate('document.documentElement.scrollWidth'),
          width,
          `${file} scrolls sideways`,
        );
      }
      assert.deepEqual(faults, []);
      await context.close();
    });
  }
}
