/**
 * Contestants: Patchtrail and notmuch, each with how it takes a corpus in and answers a question.
 *
 * Ours is measured as people meet it: the built program (main.ts builds it) for ingest, HTTP for questions. notmuch is a process a question,
 * which is how it is used; what its start alone costs is measured and told beside it.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Question } from './corpus.ts';
import { type Cost, runTimed } from './timed-run.ts';

export interface Contestant {
  readonly name: string;
  /** Takes the corpus in, from nothing. */
  ingest(): Cost;
  /** Bytes of what it keeps beside the mails themselves. */
  indexBytes(): number;
  /** Answers questions until closed. */
  open(): Promise<Answerer>;
}

export interface Answerer {
  /** The first 50 answers; gives their number. */
  ask(question: Question): Promise<number>;
  /** The least that any answer takes: a request or a process that does nothing. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

const answersMost = 50;

export function patchtrail(root: string, corpus: string, folder: string): Contestant {
  const program = join(root, 'dist/cli/patchtrail.js');
  const store = join(folder, 'bench.db');
  return {
    name: 'patchtrail',
    ingest: () => {
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
      return runTimed([process.execPath, program, 'ingest', corpus, '--store', store, '--quiet']);
    },
    indexBytes: () => bytesBelow(folder),
    open: async () => {
      const args = [program, 'serve', '--store', store, '--port', '0', '--json', '--quiet'];
      const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
      const url = await readUrl(server.stdout);
      const get = async (path: string): Promise<string> => {
        const response = await fetch(new URL(path, url));
        const text = await response.text();
        if (!response.ok) throw new Error(`${path} was answered ${response.status}: ${text.slice(0, 300)}`);
        return text;
      };
      return {
        ask: async ({ ours }) => {
          const answer = await get(`/api/v1/search?q=${encodeURIComponent(ours)}&limit=${answersMost}`);
          return (JSON.parse(answer) as { items: unknown[] }).items.length;
        },
        idle: async () => {
          await get('/api/v1/lists');
        },
        close: async () => {
          const ended = new Promise((resolve) => server.once('close', resolve));
          server.kill('SIGTERM');
          await ended;
        },
      };
    },
  };
}

export function notmuch(maildir: string, folder: string): Contestant {
  const config = join(folder, 'config');
  const env = { NOTMUCH_CONFIG: config, HOME: folder };
  const run = (...args: readonly string[]): string => {
    const ran = spawnSync('notmuch', args, { encoding: 'utf8', env: { ...process.env, ...env } });
    if (ran.status !== 0) throw new Error(`notmuch ${args.join(' ')} failed:\n${ran.stderr}`);
    return ran.stdout;
  };
  return {
    name: 'notmuch',
    ingest: () => {
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
      symlinkSync(maildir, join(folder, 'mail'));
      writeFileSync(
        config,
        `[database]\npath=${folder}\n[user]\nname=bench\nprimary_email=bench@example.org\n[new]\ntags=new\n` +
          '[search]\nexclude_tags=\n[maildir]\nsynchronize_flags=false\n',
      );
      return runTimed(['notmuch', 'new', '--quiet'], env);
    },
    indexBytes: () => bytesBelow(join(folder, '.notmuch')),
    open: async () => ({
      ask: async ({ notmuch: query }) => {
        const found = run('search', '--output=messages', `--limit=${answersMost}`, '--', query);
        return found.split('\n').length - 1;
      },
      idle: async () => {
        run('--version');
      },
      close: async () => undefined,
    }),
  };
}

export function hasNotmuch(): boolean {
  return spawnSync('notmuch', ['--version']).status === 0;
}

function bytesBelow(folder: string): number {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => statSync(join(folder, name)))
    .reduce((sum, facts) => sum + (facts.isFile() ? facts.size : 0), 0);
}

/** The server prints one JSON value with its address once it listens. */
async function readUrl(output: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const line of createInterface({ input: output })) {
    text += line;
    const url = /"url": "([^"]+)"/.exec(text)?.[1];
    if (url) return url;
  }
  throw new Error(`the server did not start: ${text}`);
}
