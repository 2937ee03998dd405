/**
 * Live: changes as server-sent events. A reader that comes back says the last one that it has by Last-Event-ID.
 */
import type { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { UsageError } from '../../ingest/model/errors.ts';
import { liveEventSchema } from '../openapi-status-schema.ts';
import type { LiveEvent } from '../wire.ts';
import { EventQueue } from './event-queue.ts';
import { describeOther } from './json-route.ts';
import type { ServerParts } from './parts.ts';

export function addLiveEvents(app: Hono, parts: ServerParts): void {
  const description = describeOther(
    'GET /api/v1/events',
    'What changes, as it changes. A reader that comes back gives Last-Event-ID, or `after`.',
    'text/event-stream',
    liveEventSchema,
  );
  app.get('/api/v1/events', description, (c) => {
    // A stream that nobody reads would keep its seat for ever.
    if (c.req.method === 'HEAD') return c.body(null, 200, { 'content-type': 'text/event-stream' });
    const after = parseEventId(c.req.header('last-event-id') ?? c.req.query('after'));
    const seat = parts.feed.takeSeat();
    return streamSSE(c, async (stream) => {
      const queue = new EventQueue<LiveEvent>(parts.feed.heartbeatMs);
      stream.onAbort(() => queue.end());
      seat.onClose(() => queue.end());
      let stop = () => {};
      try {
        // The first bytes tell the browser that the stream is open.
        await stream.write('retry: 3000\n\n');
        stop = await parts.feed.watch(after, (events) => {
          for (const { sequence, atMs, kind, subject } of events)
            queue.put({ sequence, atMs, kind, subject });
        });
        for await (const event of queue) {
          if (event === 'quiet') await stream.write(': still here\n\n');
          else
            await stream.writeSSE({
              id: String(event.sequence),
              event: event.kind,
              data: JSON.stringify(event),
            });
        }
      } finally {
        stop();
        seat.leave();
      }
    });
  });
}

/** @throws UsageError */
function parseEventId(text: string | undefined): number | null {
  if (text === undefined || text === '') return null;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new UsageError('Last-Event-ID is a number', { remedy: 'Give the id of an event of this stream.' });
}
