/**
 * MCP over HTTP at /mcp: a server for each request, without sessions, as whoever asks.
 *
 * The package is loaded when it is first asked for. It only reads, so it needs no more than reading does; what the asker
 * may not read does not exist for the tools either, since they ask the app in the same request.
 */
import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { LimitError } from '../../ingest/model/errors.ts';
import { limits } from '../../ingest/model/limits.ts';
import type { ServerParts } from '../routes/parts.ts';

export function addMcp(app: Hono, parts: ServerParts): void {
  const limit = bodyLimit({
    maxSize: limits.requestBytes,
    onError: () => {
      throw new LimitError('requestBytes', 'The body of the request is too large');
    },
  });
  const answer = async (c: Context) => {
    const { createMcpHandler } = await import('@modelcontextprotocol/server');
    const { makeMcpServer } = await import('./server.ts');
    const { origin } = new URL(parts.publicUrl || c.req.url);
    const ask = async (path: string) => {
      const response = await app.request(new URL(path, c.req.url));
      return { isGood: response.ok, json: await response.json() };
    };
    const handler = createMcpHandler(() => makeMcpServer({ ask, origin, nowMs: parts.nowMs }));
    return handler.fetch(c.req.raw);
  };
  app.post('/mcp', limit, answer);
  app.get('/mcp', answer);
  app.delete('/mcp', answer);
}
