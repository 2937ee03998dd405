/**
 * Metrics: what monitoring reads, at /metrics; for admins and the machine itself. What is counted: ../meters.ts
 */
import type { Hono, MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import type { Meters } from '../meters.ts';
import { requireRuler } from '../rights/current.ts';
import type { ServerParts } from './parts.ts';

export function addMetrics(app: Hono, { meters, store, feed }: ServerParts): void {
  if (!meters) return;
  app.get('/metrics', async (c) => {
    requireRuler('The numbers of this server are for those who rule the site');
    const [load, sources] = await Promise.all([store.load(), store.getSources()]);
    c.header('Content-Type', meters.contentType);
    c.header('Cache-Control', 'no-store');
    return c.body(await meters.text({ load, sources, streams: feed.seats }));
  });
}

/** Counts every answer, with the time it took. */
export function measureAnswers(meters: Meters): MiddlewareHandler {
  return async (c, next) => {
    const startMs = performance.now();
    await next();
    // The app asks itself for a page's data: that was one request.
    if (c.get('isOuter') === false) return;
    const seconds = (performance.now() - startMs) / 1000;
    meters.answered({ route: routePath(c), method: c.req.method, status: c.res.status, seconds });
  };
}
