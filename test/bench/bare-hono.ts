/** Bare Hono: the least that a JSON answer costs, as the measure for ours. The value comes on stdin. */
import { text } from 'node:stream/consumers';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';

const value = JSON.parse(await text(process.stdin)) as object;
const app = new Hono();
app.get('*', (c) => c.json(value));
serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => {
  process.stdout.write(`{"url": "http://127.0.0.1:${port}"}\n`);
});
