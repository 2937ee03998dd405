/**
 * Server: the tools of ./tools.ts by the Model Context Protocol; over which wire is said by ./http.ts and ./stdio.ts.
 */
import { type CallToolResult, McpServer } from '@modelcontextprotocol/server';
import description from '../../package.json' with { type: 'json' };
import type { Problem } from '../wire.ts';
import { evidenceLinks } from './evidence.ts';
import { type Tool, tools } from './tools.ts';

/** What the tools stand on. */
export interface McpParts {
  /** A GET of our own API. */
  readonly ask: (path: string) => Promise<{ readonly isGood: boolean; readonly json: unknown }>;
  /** Where people reach the pages, without a slash at its end. */
  readonly origin: string;
  readonly nowMs: () => number;
}

/** One server for one request or one connection. */
export function makeMcpServer(parts: McpParts): McpServer {
  const server = new McpServer({ name: 'patchtrail', version: description.version });
  for (const tool of tools) {
    server.registerTool(
      tool.name,
      {
        title: tool.title,
        description: tool.says,
        inputSchema: tool.input,
        annotations: { readOnlyHint: true, openWorldHint: false },
      },
      (input) => callTool(tool, input, parts),
    );
  }
  return server;
}

async function callTool(
  tool: Tool,
  input: Record<string, unknown>,
  parts: McpParts,
): Promise<CallToolResult> {
  const { isGood, json } = await parts.ask(tool.path(input));
  if (!isGood) {
    const { detail, remedy } = json as Problem;
    return { isError: true, content: [{ type: 'text', text: `${detail} ${remedy}`.trim() }] };
  }
  const pages = [...new Set(tool.pages(json))].slice(0, 50).map((path) => `- ${parts.origin}${path}`);
  const proofs = evidenceLinks(json, parts.origin).map(
    ({ url, words }) => `- ${url}${words && `: ${words}`}`,
  );
  const text = [
    tool.text(json, parts.nowMs()).trimEnd(),
    ...(pages.length > 0 ? ['', 'Pages:', ...pages] : []),
    ...(proofs.length > 0 ? ['', 'Evidence:', ...proofs] : []),
  ].join('\n');
  return { content: [{ type: 'text', text }] };
}
