/**
 * Check: the native checker on this machine, started and watched from a page.
 *
 * It starts a program, so only a page of our own on this machine may ask, and no token replaces that.
 */
import type { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { z } from 'zod';
import { checkEventSchema, checkRequestSchema, checkStatusSchema } from '../openapi-status-schema.ts';
import { presentReport } from '../present/report.ts';
import type { CheckEvent, CheckStatus } from '../wire.ts';
import { EventQueue } from './event-queue.ts';
import { changes, describeOther, noQuery, reads } from './json-route.ts';
import type { ServerParts } from './parts.ts';

export const checkRoutes = [
  reads({
    name: 'GET /api/v1/check',
    isOfProcess: true,
    says: 'Whether a check can be run here, whether one runs, and what the last one said.',
    query: noQuery,
    gives: checkStatusSchema,
    answer: checkStatus,
  }),
  changes({
    name: 'POST /api/v1/check',
    says: 'Starts the native checker; its events come by /api/v1/check/events.',
    body: checkRequestSchema,
    gives: checkStatusSchema,
    isForOwnPage: true,
    answer(parts, { body }) {
      parts.check.start(body.seconds);
      return checkStatus(parts);
    },
  }),
  changes({
    name: 'DELETE /api/v1/check',
    says: 'Cancels the check that runs; what it has proven by then is kept.',
    body: z.null(),
    gives: checkStatusSchema,
    isForOwnPage: true,
    async answer(parts) {
      await parts.check.cancel();
      return checkStatus(parts);
    },
  }),
  addCheckEvents,
];

const endings: ReadonlySet<CheckEvent['kind']> = new Set(['done', 'failed', 'cancelled']);

async function checkStatus({ store, check, access, kernel }: ServerParts): Promise<CheckStatus> {
  const reports = await store.getReports({ release: kernel.release });
  const last = reports.find(({ kernelVersion }) => kernelVersion === kernel.version);
  const unavailable = access.isLoopback
    ? ''
    : 'This server can be reached by others, so it starts no programs. Run `patchtrail check` on the machine itself.';
  return { unavailable, isRunning: check.isRunning, lastReport: last ? presentReport(last) : null };
}

/** All events of the run so far, then each as it comes; ends with the run. */
function addCheckEvents(app: Hono, parts: ServerParts): void {
  const description = describeOther(
    'GET /api/v1/check/events',
    'Events of the check that runs, from its start on; ends with it.',
    'text/event-stream',
    checkEventSchema,
  );
  app.get('/api/v1/check/events', description, (c) => {
    // A stream that nobody reads would keep its seat for ever.
    if (c.req.method === 'HEAD') return c.body(null, 200, { 'content-type': 'text/event-stream' });
    const seat = parts.feed.takeSeat();
    return streamSSE(c, async (stream) => {
      const queue = new EventQueue<CheckEvent>(parts.feed.heartbeatMs);
      const stop = parts.check.watch((event) => queue.put(event));
      stream.onAbort(() => queue.end());
      seat.onClose(() => queue.end());
      if (!parts.check.isRunning) queue.end();
      try {
        for await (const event of queue) {
          if (event === 'quiet') await stream.write(': still here\n\n');
          else await stream.writeSSE({ event: event.kind, data: JSON.stringify(event) });
          if (event !== 'quiet' && endings.has(event.kind)) break;
        }
      } finally {
        stop();
        seat.leave();
      }
    });
  });
}
