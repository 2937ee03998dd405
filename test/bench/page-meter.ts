/**
 * Page meter: one visit to a page in a fresh browser context, measured through the DevTools protocol.
 *
 * Times are ms since the navigation began. `interactiveMs` is when the page had its data, was painted, and the main
 * thread was free again. Scripts are counted as they came over the wire and as gzip makes them.
 */
import { gzipSync } from 'node:zlib';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { eventually, settled } from '../web/browser.ts';

export interface Visited {
  readonly interactiveMs: number;
  readonly firstPaintMs: number;
  readonly largestPaintMs: number;
  readonly layoutShift: number;
  readonly scripts: number;
  readonly scriptGzipBytes: number;
  readonly longestTaskMs: number;
}

export interface Scrolled {
  readonly steps: number;
  readonly longestTaskMs: number;
  readonly tasksAbove100Ms: number;
  /** From a key to the next painted frame, the slowest of some. */
  readonly keyToPaintMs: number;
}

/** Runs in the page before its own scripts. */
const watch = `
  globalThis.seen = { shownMs: 0, tasks: [], largestMs: 0, shift: 0 };
  addEventListener('pt-page-shown', () => {
    requestAnimationFrame(() => setTimeout(() => { seen.shownMs ||= performance.now(); }));
  });
  const on = (type, take) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  on('longtask', ({ startTime, duration }) => seen.tasks.push([startTime, duration]));
  on('largest-contentful-paint', ({ startTime }) => { seen.largestMs = startTime; });
  on('layout-shift', ({ value, hadRecentInput }) => { if (!hadRecentInput) seen.shift += value; });
`;

interface Seen {
  readonly shownMs: number;
  readonly tasks: readonly (readonly [startMs: number, durationMs: number])[];
  readonly largestMs: number;
  readonly shift: number;
}

/** Opens `url` with nothing in the cache; `slowdown` divides the speed of the processor. */
export async function meterPage(
  browser: Browser,
  url: string,
  slowdown: number,
  then: (page: Page) => Promise<void> = async () => {},
): Promise<Visited> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    const scripts = await countScripts(session);
    if (slowdown > 1) await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    await page.addInitScript(watch);
    await page.goto(url);
    await settled(page);
    await eventually(() => page.evaluate('seen.shownMs > 0'));
    const seen = await page.evaluate<Seen>('seen');
    const paint = await page.evaluate<number>(
      `performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN`,
    );
    const sizes = await scripts();
    await then(page);
    return {
      interactiveMs: freeAfter(seen),
      firstPaintMs: paint,
      largestPaintMs: seen.largestMs,
      layoutShift: seen.shift,
      scripts: sizes.length,
      scriptGzipBytes: sizes.reduce((sum, size) => sum + size, 0),
      longestTaskMs: Math.max(0, ...seen.tasks.map(([, duration]) => duration)),
    };
  } finally {
    await context.close();
  }
}

/** When the page was shown, or the end of the task that kept it busy then. */
function freeAfter({ shownMs, tasks }: Seen): number {
  const busy = tasks.find(([start, duration]) => start <= shownMs && start + duration > shownMs);
  return busy ? busy[0] + busy[1] : shownMs;
}

/** Scrolls down by wheel for some steps, then presses `n` a few times. */
export async function meterScroll(page: Page, steps: number): Promise<Scrolled> {
  await page.evaluate('void (seen.tasks.length = 0)');
  await page.mouse.move(800, 500);
  for (let step = 0; step < steps; step++) {
    await page.mouse.wheel(0, 700);
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
  }
  const tasks = (await page.evaluate<Seen>('seen')).tasks.map(([, duration]) => duration);
  const presses: number[] = [];
  for (let press = 0; press < 10; press++) {
    // The ear is there before the key: input reaches the page by another way than questions do.
    await page.evaluate(`void (globalThis.pressed = new Promise((done) => addEventListener('keydown', ({ timeStamp }) =>
      requestAnimationFrame(() => setTimeout(() => done(performance.now() - timeStamp))), { once: true, capture: true })))`);
    await page.keyboard.press('n');
    presses.push(await page.evaluate<number>('pressed'));
  }
  return {
    steps,
    longestTaskMs: Math.max(0, ...tasks),
    tasksAbove100Ms: tasks.filter((duration) => duration > 100).length,
    keyToPaintMs: Math.max(...presses),
  };
}

/** Sizes of all scripts that were loaded, packed; asked for when the page is there. */
async function countScripts(session: CDPSession): Promise<() => Promise<number[]>> {
  const ids = new Set<string>();
  session.on('Network.responseReceived', ({ requestId, type }) => {
    if (type === 'Script') ids.add(requestId);
  });
  await session.send('Network.enable');
  return () =>
    Promise.all(
      [...ids].map(async (requestId) => {
        const { body } = await session.send('Network.getResponseBody', { requestId });
        return gzipSync(body, { level: 9 }).length;
      }),
    );
}
