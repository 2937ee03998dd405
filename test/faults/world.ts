/**
 * World: mail to ingest, the export that it must end in, and what must hold of a store after a fault.
 *
 * The mails are those of the bundled sample, told several times over with ids, people and dates of their own, so that
 * an ingest is some batches long and every rule has work.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportLines } from '../../ingest/export.ts';
import { type IngestResult, ingest } from '../../ingest/pipeline.ts';
import { type OpenOptions, openSources } from '../../ingest/source/open.ts';
import { openStore } from '../../ingest/store/open.ts';
import type { Store } from '../../ingest/store/store.ts';
import { realParts } from '../../server/cli/real-parts.ts';
import { checkout, runCommand } from '../support/terminal.ts';

export interface World {
  /** A folder of its own, for whatever a fault needs. */
  readonly folder: string;
  /** A folder with all mails in some mbox files: several sources, several batches. */
  readonly source: string;
  /** The same mails in one mbox. */
  readonly mbox: string;
  readonly mails: readonly Buffer[];
  /** What an undisturbed ingest of them exports. */
  readonly expected: string;
  /** What else is to be done when it is removed. */
  readonly after: (work: () => unknown) => void;
  readonly remove: () => Promise<void>;
}

const separator = 'From mboxrd@z Thu Jan  1 00:00:00 1970\n';

/** Makes the mails, `tellings` times 85, and ingests them once without any fault. */
export async function makeWorld(tellings: number): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'patchtrail-faults-'));
  const source = join(folder, 'mail');
  mkdirSync(source);
  const mails: Buffer[] = [];
  for (let telling = 0; telling < tellings; telling++) {
    for (const [name, told] of sampleMails(telling)) {
      writeFileSync(join(source, `${telling}-${name}`), toMbox(told));
      mails.push(...told);
    }
  }
  const mbox = join(folder, 'all.mbox');
  writeFileSync(mbox, toMbox(mails));
  const store = join(folder, 'undisturbed.db');
  await ingestHere(store, source);
  const expected = await exportOf(store);
  const endings: (() => unknown)[] = [];
  return {
    folder,
    source,
    mbox,
    mails,
    expected,
    after: (work) => void endings.push(work),
    remove: async () => {
      for (const work of endings.reverse()) await work();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Mails as an mbox of the variant mboxrd. */
export function toMbox(mails: readonly Buffer[]): Buffer {
  return Buffer.concat(
    mails.flatMap((mail) => [
      Buffer.from(separator),
      Buffer.from(mail.toString('latin1').replace(/^(>*From )/gm, '>$1'), 'latin1'),
      Buffer.from('\n'),
    ]),
  );
}

/** The sample's mails; each telling has ids and names of its own. */
function sampleMails(telling: number): [name: string, mails: Buffer[]][] {
  const sample = join(checkout, 'ingest/sample/mail');
  const names = readdirSync(sample).filter((name) => name.endsWith('.mbox'));
  return names.sort().map((name) => {
    const mails = readFileSync(join(sample, name), 'latin1')
      .split(/^From .*\n/m)
      .slice(1)
      .map((mail) => mail.replace(/\n\n$/, '\n').replace(/^>(>*From )/gm, '$1'))
      .map((mail) => Buffer.from(telling === 0 ? mail : retell(mail, telling), 'latin1'));
    return [name, mails];
  });
}

/** Every `@` gets a domain of its own: ids and addresses, wherever they stand. */
function retell(mail: string, telling: number): string {
  return mail.replace(/@(?=[a-z0-9-]+\.)/gi, `@t${telling}.`);
}

/** A new path for a store. */
export function newStore(world: World, name: string): string {
  const folder = join(world.folder, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return join(folder, 'store.db');
}

/** Ingests in this process. */
export async function ingestHere(
  storePath: string,
  source: string,
  more: { readonly nowMs?: () => number; readonly open?: OpenOptions } = {},
): Promise<IngestResult> {
  const store = await openStore(storePath);
  try {
    const sources = await openSources(source, more.open);
    return await ingest({ store, sources, nowMs: more.nowMs ?? (() => Date.now()) });
  } finally {
    await store.close();
  }
}

export interface Run {
  readonly process: ChildProcess;
  /** Exit status (null: killed) and what was said on stderr. */
  readonly ended: Promise<{ readonly status: number | null; readonly said: string }>;
}

/** Starts a command in a process of its own; `wrap` are words before it, such as a tracer. */
export function startCommand(
  words: readonly string[],
  options: { readonly wrap?: readonly string[]; readonly env?: Readonly<Record<string, string>> } = {},
): Run {
  const [program = '', ...args] = [
    ...(options.wrap ?? []),
    process.execPath,
    join(checkout, 'server/cli/patchtrail.mjs'),
    ...words,
  ];
  const child = spawn(program, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...options.env },
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const ended = new Promise<{ status: number | null; said: string }>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, said }));
  });
  return { process: child, ended };
}

export async function exportOf(storePath: string): Promise<string> {
  const store = await openStore(storePath, { readOnly: true });
  try {
    const lines: string[] = [];
    for await (const line of exportLines(store)) lines.push(line);
    return lines.join('\n');
  } finally {
    await store.close();
  }
}

/** What `doctor` must not find in a store after a fault; mails that wait to be derived are no damage. */
async function damageOf(store: Store): Promise<string[]> {
  return (await store.verify()).filter((finding) => !finding.includes('still wait'));
}

/**
 * What must hold after every fault: the store opens undamaged, the next run completes, then the doctor finds all
 * well and the export is that of an undisturbed run, byte for byte.
 */
export async function assertSound(
  world: World,
  storePath: string,
  {
    source = world.source,
    open = {},
    expected = world.expected,
  }: { readonly source?: string; readonly open?: OpenOptions; readonly expected?: string } = {},
): Promise<void> {
  const store = await openStore(storePath);
  try {
    assert.deepEqual(await damageOf(store), []);
  } finally {
    await store.close();
  }
  const { failed } = await ingestHere(storePath, source, { open });
  assert.deepEqual(failed, []);
  const doctor = await runCommand(['doctor', '--store', storePath], realParts);
  assert.equal(doctor.status, 0, doctor.out + doctor.err);
  assertSameExport(await exportOf(storePath), expected);
}

/** Shows where two exports part, since a whole one is megabytes. */
export function assertSameExport(actual: string, expected: string): void {
  if (actual === expected) return;
  const known = new Set(expected.split('\n'));
  const now = new Set(actual.split('\n'));
  const show = (lines: readonly string[]) => lines.slice(0, 5).join('\n');
  const more = [...now].filter((line) => !known.has(line));
  const less = [...known].filter((line) => !now.has(line));
  assert.fail(`${more.length} lines more:\n${show(more)}\n${less.length} lines less:\n${show(less)}`);
}
