/**
 * Raw: a mail's bytes as received, always as plain text: a browser must never take a stranger's mail for a page.
 */
import type { Hono } from 'hono';
import { z } from 'zod';
import { notHeld } from './find-series.ts';
import { describeOther, pathId } from './json-route.ts';
import type { ServerParts } from './parts.ts';

export function addRaw(app: Hono, { store }: ServerParts): void {
  const description = describeOther('GET /raw/{id}', 'One message as received.', 'text/plain', z.string());
  app.get('/raw/:id', description, async (c) => {
    const id = pathId(c);
    const raw = (await store.getRaw([id])).get(id);
    if (!raw) throw notHeld('The message is not held', id);
    c.header('Content-Type', 'text/plain; charset=utf-8');
    c.header('Cache-Control', 'private, no-cache');
    return c.body(new Uint8Array(raw));
  });
}
