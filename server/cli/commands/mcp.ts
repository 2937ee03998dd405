/**
 * Mcp: `mcp`. The tools of ../../mcp/ for a program that starts this one.
 */
import { exitStatus } from '../exit-status.ts';
import type { Session } from '../session.ts';
import type { CommandSpec } from './command-spec.ts';

export const mcpCommands: readonly CommandSpec[] = [
  {
    name: 'mcp',
    help: 'Answer a language model by the Model Context Protocol on stdin and stdout',
    more: 'A running server does the same over HTTP at /mcp.',
    run: runMcp,
  },
];

async function runMcp(session: Session): Promise<number> {
  const { config, parts, terminal } = session;
  const origin = (config.url || `http://${config.host}:${config.port}`).replace(/\/$/, '');
  return session.withStore('read', async (store) => {
    const ask = (path: string) => parts.request(store, config, path);
    await parts.serveMcp({ ask, origin, nowMs: terminal.nowMs }, terminal.signal);
    return exitStatus.done;
  });
}
