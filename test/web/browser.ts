/**
 * Browser: one Chromium for a test file, with what it must never do written down: other hosts, errors, broken policies.
 *
 * Debian's chromium is used; without it tests are skipped with its name, on CI they fail.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { webRoot } from './fixture-server.ts';

const executablePath = '/usr/bin/chromium';

/** Options for `test`: skips with a word where the browser or the built pages are missing. */
export const browserOptions = { skip: reasonToSkip() };

function reasonToSkip(): string | false {
  if (process.env.CI === 'true') return false;
  if (!existsSync(executablePath)) return 'no chromium here: apt-get install chromium';
  return existsSync(webRoot) ? false : 'the pages are not built: npm run build';
}

export async function startBrowser(): Promise<Browser> {
  assert.ok(existsSync(executablePath), 'chromium is missing: apt-get install chromium');
  assert.ok(existsSync(webRoot), 'the pages are not built: npm run build');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-quic',
      '--no-first-run',
    ],
  });
}

export interface Visit {
  readonly page: Page;
  /** What went wrong on the page, in words; empty where all is well. */
  readonly faults: string[];
}

/** A page of its own whose faults are collected. A failed load of data is no fault: the page must say it itself. */
export async function openPage(context: BrowserContext, home: string): Promise<Visit> {
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('console', (message) => {
    const text = message.text();
    if (['error', 'warning'].includes(message.type()) && !text.startsWith('Failed to load resource'))
      faults.push(text);
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(home)) faults.push(`asked another host: ${request.url()}`);
  });
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return { page, faults };
}

/** Opens an address and waits until its page has drawn its data. */
export async function visit(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await settled(page);
}

const isSettled = `document.title.includes('·') &&
  !document.querySelector('main[aria-busy=true], .loaded[aria-busy=true], .loading')`;

/** Waits until the frame has set the title and nothing is busy. Asked from here: the page's policy forbids polling there. */
export async function settled(page: Page): Promise<void> {
  await eventually(() => page.evaluate(isSettled));
}

/** As long as playwright waits for an element. */
const patienceMs = 30_000;

/** Waits until `check` gives true. */
export async function eventually(check: () => Promise<unknown>): Promise<void> {
  const endMs = Date.now() + patienceMs;
  while ((await check()) !== true) {
    assert.ok(Date.now() < endMs, `this never came true: ${check}`);
    await setTimeout(20);
  }
}
