/** Pages: each address shows its page, says what is wrong when it fails, and does what its keys say. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { patchUrl } from '../../server/urls.ts';
import { browserOptions, eventually, openPage, settled, startBrowser, visit } from './browser.ts';
import { type Fixture, startFixture } from './fixture-server.ts';
import { hostileBody, hostileName, hostileSubject } from './hostile.ts';
import { pages, paths } from './paths.ts';
import { patchId, postingId } from './story/names.ts';
import { series, summary } from './story/series.ts';
import { counted } from './story/statistics.ts';

let browser: Browser;
let fixture: Fixture;
let context: BrowserContext;

before(async () => {
  if (browserOptions.skip !== false) return;
  browser = await startBrowser();
  fixture = await startFixture({ session: 'token-of-a-test' });
  context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
});

after(async () => {
  await browser?.close();
  fixture?.close();
});

/** Runs `look` with a page of its own and checks that nothing went wrong on it. */
async function withPage(look: (page: Page) => Promise<void>, inside = context): Promise<void> {
  const { page, faults } = await openPage(inside, fixture.url);
  await look(page);
  assert.deepEqual(faults, []);
  await page.close();
}

/** What the address bar says, without the host. */
function here(page: Page): string {
  return decodeURIComponent(page.url().slice(fixture.url.length));
}

async function focusedText(page: Page): Promise<string> {
  return page.evaluate('document.activeElement?.textContent?.trim() ?? ""');
}

test('every address opens its page, says its title and keeps its own address', browserOptions, (t) =>
  withPage(async (page) => {
    for (const { name, path, title, shows } of paths) {
      await t.test(name, async () => {
        await visit(page, fixture.url + path);
        assert.ok((await page.title()).startsWith(title), await page.title());
        await page.getByText(shows).first().waitFor({ state: 'attached' });
        assert.equal(here(page), path);
        assert.equal(await page.locator('h1').count(), 1);
      });
    }
  }),
);

test('a failing server is quoted with what to do, and asking again brings the page', browserOptions, () =>
  withPage(async (page) => {
    await context.addCookies([{ name: 'state', value: 'error', url: fixture.url }]);
    await visit(page, `${fixture.url}/lists`);
    await page.getByText('The store is busy').waitFor();
    await page.getByText('Wait a moment').waitFor();
    await context.clearCookies();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('link', { name: 'kernel-beta', exact: true }).waitFor();
  }),
);

test('a mail that is not held is looked for elsewhere', browserOptions, () =>
  withPage(async (page) => {
    await visit(page, `${fixture.url}/thread/not-held@example.org`);
    await page.getByRole('heading', { name: 'Not held here' }).waitFor();
    const lore = page.getByRole('link', { name: 'at lore.kernel.org' });
    assert.equal(await lore.getAttribute('rel'), 'noopener noreferrer');
  }),
);

test('an unknown date in a query is underlined where it stands', browserOptions, () =>
  withPage(async (page) => {
    await visit(page, `${fixture.url}/search?q=s:one d:soon`);
    assert.equal(await page.locator('mark.wrong').textContent(), 'd:soon');
    await page.getByText('Write for example').waitFor();
  }),
);

test(
  'links are followed without loading the shell again, back and forth, with the focus on the title',
  browserOptions,
  () =>
    withPage(async (page) => {
      await visit(page, fixture.url);
      await page.evaluate('document.body.dataset.mark = "same shell"');
      await page.getByRole('link', { name: summary.title }).click();
      await eventually(async () => (await page.title()).startsWith('alpha:'));
      assert.equal(here(page), `/series/${patchId}`);
      assert.equal(await focusedText(page), summary.title);
      await page.goBack();
      await eventually(async () => (await page.title()).startsWith('Queue'));
      await page.goForward();
      await eventually(async () => (await page.title()).startsWith('alpha:'));
      assert.equal(await page.evaluate('document.body.dataset.mark'), 'same shell');
    }),
);

test('filters of the queue are in the address and come back from it', browserOptions, () =>
  withPage(async (page) => {
    await visit(page, fixture.url);
    await page.getByLabel('I am').fill('ada@moss.example');
    await page.getByLabel('I am').press('Enter');
    await page.getByRole('heading', { name: 'Your turn 1' }).waitFor();
    assert.equal(here(page), '/queue?me=ada@moss.example');
    await page.getByLabel('Turn').selectOption('mine');
    await eventually(async () => here(page) === '/queue?me=ada@moss.example&turn=mine');
    await page.reload();
    await settled(page);
    assert.equal(await page.getByLabel('Turn').inputValue(), 'mine');
    assert.deepEqual(await page.locator('.row-link').allTextContents(), [summary.title]);
  }),
);

test('keys walk through rows, open them, go up and elsewhere', browserOptions, () =>
  withPage(async (page) => {
    await visit(page, fixture.url);
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    assert.equal(await focusedText(page), 'mm: Name the zone when a page is given back to the wrong one');
    await page.keyboard.press('k');
    await page.keyboard.press('x');
    await page.getByText('1 selected').waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('o');
    await eventually(async () => here(page).startsWith('/series/'));
    await settled(page);
    await page.keyboard.press('u');
    await eventually(async () => (await page.title()).startsWith('Queue'));
    for (const [second, path] of [
      ['k', '/kernels'],
      ['c', '/check'],
      ['l', '/lists'],
      ['i', '/sources'],
      ['s', '/search'],
    ] as const) {
      await page.keyboard.press('g');
      await page.keyboard.press(second);
      await eventually(async () => here(page) === path);
    }
    // At once: the page on its way must not take the focus from who types.
    await page.keyboard.press('/');
    await page.keyboard.type('gq?');
    await settled(page);
    assert.equal(await page.evaluate('document.activeElement.name'), 'q');
    assert.equal(await page.getByRole('combobox', { name: 'Search' }).inputValue(), 'gq?');
  }),
);

test('keys of diffs and versions change the address', browserOptions, () =>
  withPage(async (page) => {
    const base = `/series/${patchId}/v8..v9`;
    await visit(page, fixture.url + base);
    for (const [key, query] of [
      ['s', '?view=split'],
      ['w', '?view=split&words=0'],
      ['i', '?view=split&words=0&quiet=1'],
      [']', '?patch=-8&view=split&words=0&quiet=1'],
      ['[', '?patch=2&view=split&words=0&quiet=1'],
    ] as const) {
      await page.keyboard.press(key);
      await eventually(async () => here(page) === base + query);
      await settled(page);
    }
    await page.keyboard.press('v');
    assert.equal(await page.evaluate('document.activeElement.name'), 'from');
  }),
);

test('a file that was read is folded, and stays so until it changes', browserOptions, () =>
  withPage(async (page) => {
    await visit(page, fixture.url + patchUrl(postingId('v8')));
    const first = page.locator('details.file').first();
    await first.getByRole('checkbox').check();
    await eventually(async () => (await first.getAttribute('open')) === null);
    await page.getByText(/^1 of \d+ files? viewed$/).waitFor();
    await page.reload();
    await settled(page);
    assert.equal(await first.getAttribute('open'), null);
    await page.locator('.file-list').getByRole('checkbox').first().uncheck();
    await eventually(async () => (await first.getAttribute('open')) !== null);
  }),
);

test('evidence opens beside the page, says rule and words, and gives the focus back', browserOptions, () =>
  withPage(async (page) => {
    await visit(page, `${fixture.url}/series/${patchId}`);
    await page.locator('.state-sentence .evidence-mark').click();
    const note = page.getByRole('dialog');
    await note.getByText('open-question').waitFor();
    await note.getByText('likely').waitFor();
    await note.getByText('written the number yet?').waitFor();
    await page.keyboard.press('Escape');
    await note.waitFor({ state: 'hidden' });
    assert.match(await page.evaluate('document.activeElement.className'), /evidence-mark/);
  }),
);

test('a thread tells what was decided in it once it is asked', browserOptions, () =>
  withPage(async (page) => {
    await visit(page, `${fixture.url}/thread/${postingId('v8')}`);
    assert.ok(!fixture.requests.some(({ target }) => target.endsWith('/digest')));
    await page.keyboard.press('d');
    await page.getByText('I object: a new thread could see the CPU of its parent.').waitFor();
    await page.getByText('addresses 2 points of this thread').waitFor();
    await page.getByText('written v9@xxxxxxxx').waitFor();
  }),
);

test('a correction is sent with the token of the page', browserOptions, () =>
  withPage(async (page) => {
    await visit(page, `${fixture.url}/series/${patchId}`);
    await page.locator('.facts .evidence-mark').first().click();
    await page.getByText('Correct this…').click();
    await page.getByRole('dialog').getByRole('combobox').selectOption('landed');
    await page.getByLabel('Why?').fill('it is in');
    const before = fixture.requests.length;
    await page.getByRole('button', { name: 'Keep the correction' }).click();
    await eventually(async () => fixture.requests.slice(before).some(({ method }) => method === 'POST'));
    const sent = fixture.requests.slice(before).find(({ method }) => method === 'POST');
    assert.deepEqual(sent, { method: 'POST', target: '/api/v1/corrections', session: 'token-of-a-test' });
  }),
);

test('a point, a stance and a trailer can be corrected where they are shown', browserOptions, () =>
  withPage(async (page) => {
    const sent: unknown[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST') sent.push(request.postDataJSON());
    });
    const correct = async (mark: string, choice: string) => {
      const start = sent.length;
      await page.locator(mark).first().click();
      await page.getByText('Correct this…').click();
      if (choice !== '') await page.getByRole('dialog').getByRole('combobox').selectOption(choice);
      await page.getByLabel('Why?').fill('I was there');
      await page.getByRole('button', { name: 'Keep the correction' }).click();
      await eventually(async () => sent.length > start);
      await page.getByRole('button', { name: 'Close' }).first().click();
    };
    await visit(page, `${fixture.url}/series/${patchId}`);
    const [point] = series.points;
    const [trailer] = series.trailers;
    const stance = series.stances.find(({ kind }) => kind === 'review');
    assert.ok(point && trailer && stance);
    await correct('.point .evidence-mark', 'addressed');
    await correct('section[aria-labelledby="trailers"] .evidence-mark', '');
    await correct('.stance .evidence-mark', 'none');
    assert.deepEqual(
      sent.map((body) => Object.values(body as Record<string, string>).slice(0, 3)),
      [
        ['point', point.messageId, `${point.id.split('#').at(-1)} addressed`],
        ['trailer', trailer.givenIn, `${trailer.name}: ${trailer.value}`],
        ['stance', stance.messageId, `${stance.kind} none`],
      ],
    );
  }),
);

test('what people said of a series is listed, and can be taken back', browserOptions, () =>
  withPage(async (page) => {
    await visit(page, `${fixture.url}/series/${patchId}`);
    await page.getByText('not asks, nothing of the kind').waitFor();
    const before = fixture.requests.length;
    await page.getByRole('button', { name: 'Undo: not asks' }).click();
    await eventually(async () =>
      fixture.requests.slice(before).some(({ target }) => target === '/api/v1/corrections/4'),
    );
  }),
);

test('without a token nothing that changes is drawn', browserOptions, async () => {
  fixture.options = {};
  await withPage(async (page) => {
    await visit(page, fixture.url);
    assert.equal(await page.locator('.choice').count(), 0);
    await visit(page, `${fixture.url}/check`);
    assert.equal(await page.getByRole('button', { name: 'Run the check' }).count(), 0);
    await page.getByText('This page may only read.').waitFor();
  });
  fixture.options = { session: 'token-of-a-test' };
});

test('a local check is started, followed and ends in a sentence', browserOptions, () =>
  withPage(async (page) => {
    await visit(page, `${fixture.url}/check`);
    await page.getByRole('button', { name: 'Run the check' }).click();
    await eventually(async () =>
      /has the fix/.test((await page.locator('#live-region').textContent()) ?? ''),
    );
    await page.getByRole('button', { name: 'Run the check' }).waitFor();
  }),
);

test('data in the shell is used and not asked for', browserOptions, async () => {
  const path = `/api/v1/series/${encodeURIComponent(patchId)}`;
  const data = { ...series, summary: { ...summary, title: 'Straight from the shell </script>' } };
  fixture.options = { session: 'token-of-a-test', firstData: { path, data } };
  const before = fixture.requests.length;
  await withPage(async (page) => {
    await visit(page, `${fixture.url}/series/${patchId}`);
    await page.getByRole('heading', { name: 'Straight from the shell </script>' }).waitFor();
  });
  fixture.options = { session: 'token-of-a-test' };
  assert.deepEqual(
    fixture.requests.slice(before).filter(({ target }) => target === path),
    [],
  );
});

test('search completes words, and a pasted link leads to its mail', browserOptions, () =>
  withPage(async (page) => {
    await visit(page, `${fixture.url}/search`);
    const box = page.getByRole('combobox', { name: 'Search' });
    await box.fill('s');
    await page.getByRole('option', { name: /words in the subject/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    assert.equal(await box.inputValue(), 's:');
    await box.fill(`https://lore.kernel.org/some-list/${postingId('v8')}/T/#u`);
    await page.keyboard.press('Enter');
    await eventually(async () => here(page) === `/thread/${postingId('v8')}`);
  }),
);

test(
  'a thread opens at the mail that is named, and quotes are folded to who wrote them',
  browserOptions,
  () =>
    withPage(async (page) => {
      await visit(page, `${fixture.url}/thread/reply-2@moss.example`);
      await eventually(() =>
        page.evaluate('document.querySelector("article.mail.current")?.contains(document.activeElement)'),
      );
      const fold = page.getByRole('button', { name: 'Ada Moss, 2 mails up, 7 lines' });
      assert.equal(await fold.getAttribute('aria-expanded'), 'false');
      await page.keyboard.press('z');
      assert.equal(await fold.getAttribute('aria-expanded'), 'true');
      await page.keyboard.press('Z');
      await eventually(async () => here(page) === '/thread/reply-2@moss.example?quotes=all');
      await page.keyboard.press('p');
      assert.match(await page.evaluate('document.activeElement.getAttribute("aria-label")'), /Bo Lindqvist/);
    }),
);

test('a long thread opens at a late mail and fetches bodies as they come near', browserOptions, () =>
  withPage(async (page) => {
    const before = fixture.requests.length;
    await visit(page, `${fixture.url}/thread/long-110@okoro.example`);
    const late = page.getByText('This is mail 110.');
    await late.waitFor();
    await eventually(async () => {
      const box = await late.boundingBox();
      return box !== null && box.y > 0 && box.y < 900;
    });
    await page.getByText('This is mail 0.').waitFor({ state: 'attached' });
    const offsets = fixture.requests
      .slice(before)
      .map(({ target }) => new URL(target, fixture.url))
      .filter(({ pathname }) => pathname.startsWith('/api/v1/threads/'))
      .map(({ searchParams }) => Number(searchParams.get('offset')));
    assert.equal(offsets[0], 0);
    assert.ok(offsets.length <= 4, `asked ${offsets.length} times: ${offsets.join(' ')}`);
    await eventually(async () => (await page.locator('article.mail').count()) === 130);
    assert.equal(await page.locator('.outline li').count(), 130);
  }),
);

test('the theme is turned by a key and stays', browserOptions, async () => {
  const own = await browser.newContext({ colorScheme: 'light' });
  await withPage(async (page) => {
    const background = () => page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
    await visit(page, fixture.url);
    const light = await background();
    await page.keyboard.press('T');
    await page.keyboard.press('T');
    assert.notEqual(await background(), light);
    await visit(page, `${fixture.url}/lists`);
    assert.notEqual(await background(), light);
  }, own);
  await own.close();
});

test("a stranger's subject, name and text are text, whatever they hold", browserOptions, async () => {
  fixture.options = {
    session: 'token-of-a-test',
    change: (_, body) =>
      JSON.parse(JSON.stringify(body), (key, value) => {
        if (key === 'title' || key === 'subject') return hostileSubject;
        if (key === 'name' && typeof value === 'string') return hostileName;
        if (['body', 'words', 'anchorWords'].includes(key) && typeof value?.[0] === 'string')
          return hostileBody;
        return value;
      }),
  };
  await withPage(async (page) => {
    for (const { path } of pages) {
      await visit(page, fixture.url + path);
      assert.equal(await page.evaluate('globalThis.owned'), undefined, path);
      assert.deepEqual(
        await page.evaluate(`[...document.querySelectorAll('main img, main iframe, main script, main b.owned')]
        .map((element) => element.outerHTML)`),
        [],
        path,
      );
      assert.deepEqual(
        await page.evaluate(`[...document.querySelectorAll('main a')]
        .map((link) => link.protocol).filter((protocol) => !/^(?:https?|mailto):$/.test(protocol))`),
        [],
        path,
      );
    }
  });
  fixture.options = { session: 'token-of-a-test' };
});

const reviewMonths = [
  { month: '2025-11', reviews: 4 },
  { month: '2025-12', reviews: 0 },
  { month: '2026-02', reviews: 9 },
].map((month) => ({ series: 0, taken: 0, medianMs: null, ...month }));

test('a person page counts reviews by month, with gaps, each with its search', browserOptions, () =>
  withPage(async (page) => {
    fixture.options = {
      ...fixture.options,
      change: (target, body) =>
        target.startsWith('/api/v1/statistics') ? { ...counted, months: reviewMonths } : body,
    };
    await visit(page, `${fixture.url}/people/ada@moss.example`);
    const plot = page.getByRole('img', { name: 'Reviews by month. 1\u202f204 reviews in 2 months of 4.' });
    assert.equal(await plot.locator('rect').count(), 4);
    await page.getByText('The numbers').click();
    const link = page.getByRole('row', { name: /^2026-01 / }).getByRole('link', { name: 'search' });
    assert.equal(await link.getAttribute('href'), '/search?q=d:2026-01..2026-01+f:ada@moss.example');
    fixture.options = { session: 'token-of-a-test' };
  }),
);

test('the axis says how large each version is, and how it grew', browserOptions, () =>
  withPage(async (page) => {
    await visit(page, `${fixture.url}/series/${patchId}`);
    const sizes = page.locator('.version-axis .size');
    assert.equal(await sizes.count(), series.revisions.length);
    assert.equal((await sizes.first().innerText()).replace(/\s+/g, ' '), '+255 −15');
    assert.equal(
      await sizes.nth(1).getAttribute('title'),
      '327 lines added, 39 lines removed; 96 lines more than v4',
    );
  }),
);

test('a line of eighty letters ends at the ruler of mails and diffs', browserOptions, () =>
  withPage(async (page) => {
    for (const [path, box, letters] of [
      [`/thread/${postingId('v8')}`, '.own', 80],
      // The sign is not one of them.
      [`/patches/${postingId('v8')}`, '.code', 81],
    ] as const) {
      await visit(page, fixture.url + path);
      const [ruler = 0, end = 0] = await page.evaluate<number[]>(`(() => {
        const box = document.querySelector('${box}');
        const { backgroundPositionX, paddingLeft } = getComputedStyle(box);
        const line = document.createElement('span');
        line.textContent = 'x'.repeat(${letters});
        box.append(line);
        return [backgroundPositionX, paddingLeft].map(parseFloat)
          .map((pixels, at) => at === 1 ? pixels + line.getBoundingClientRect().width : pixels);
      })()`);
      assert.ok(Math.abs(ruler - end) < 1, `${path}: ${ruler} and ${end}`);
    }
  }),
);
