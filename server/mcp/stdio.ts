/**
 * MCP over standard input and output: for programs that start `patchtrail mcp` themselves.
 */
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { type McpParts, makeMcpServer } from './server.ts';

/** Serves until the other side closes its end, or until the signal. */
export async function serveMcp(parts: McpParts, signal: AbortSignal): Promise<void> {
  const handle = serveStdio(() => makeMcpServer(parts));
  await new Promise<void>((resolve) => {
    process.stdin.once('end', resolve);
    process.stdin.once('close', resolve);
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await handle.close();
}
