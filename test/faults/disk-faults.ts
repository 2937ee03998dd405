/** Disk faults: no room, a quota, a bad disk below the store or below the source, a folder that may not be written. */
import assert from 'node:assert/strict';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { growTmpfs, mountTmpfs, whyNoMount } from '../support/mounts.ts';
import { checkout } from '../support/terminal.ts';
import { findTool, runTool } from '../support/tools.ts';
import type { Fault, Scene } from './fault.ts';
import { ingestHere, startCommand, type World } from './world.ts';

const fullKilobytes = (world: World): number =>
  Math.ceil(statSync(join(world.folder, 'undisturbed.db')).size / 1024);

/** Exit 1 and one of these sentences, or done: nothing else may come of it. */
function see(outcome: { readonly status: number | null; readonly said: string }, sentences: RegExp): string {
  if (outcome.status === 0) return 'done';
  assert.equal(outcome.status, 1, outcome.said);
  const found = sentences.exec(outcome.said)?.[0];
  assert.ok(found && !outcome.said.includes('fault of Patchtrail itself'), outcome.said);
  return found;
}

const full: Fault = {
  name: 'the disk of the store is full (tmpfs)',
  short: 3,
  long: 60,
  missing: whyNoMount,
  strike: async ({ world, folder, chance }) => {
    const size = Math.ceil(40 + chance() * 2 * fullKilobytes(world));
    const end = mountTmpfs(folder, `size=${size}k`);
    const store = join(folder, 'store.db');
    const outcome = await startCommand(['ingest', world.source, '--store', store]).ended;
    growTmpfs(folder, '512m');
    return { seen: see(outcome, /disk of the store is full/), store, end };
  },
};

const quota: Fault = {
  name: 'files may not grow beyond a quota',
  short: 2,
  long: 40,
  strike: async ({ world, store, chance }) => {
    const blocks = Math.ceil(40 + chance() * 1.5 * fullKilobytes(world));
    const wrap = ['bash', '-c', `trap '' XFSZ; ulimit -f ${blocks}; exec "$@"`, 'bash'];
    const outcome = await startCommand(['ingest', world.source, '--store', store], { wrap }).ended;
    return { seen: see(outcome, /The store failed \(\w+|disk of the store is full|The store cannot be \w+/) };
  },
};

/** Builds the library that lets calls fail, once. */
function diskFaultLibrary(world: World): string {
  const library = join(world.folder, 'disk-fault.so');
  if (!existsSync(library)) {
    const source = join(checkout, 'test/faults/disk-fault.c');
    runTool('cc', ['-shared', '-fPIC', '-O1', '-o', library, source, '-ldl']);
  }
  return library;
}

interface Bad {
  readonly kind: 'read' | 'write' | 'sync';
  readonly path: string;
  readonly callsMost: number;
  readonly errno: number;
}

function failing({ world, chance }: Scene, bad: Bad): Record<string, string> {
  // Early calls are as likely as late ones: both ends of a run are special.
  const at = Math.ceil(bad.callsMost ** chance());
  return {
    LD_PRELOAD: diskFaultLibrary(world),
    DISK_FAULT_KIND: bad.kind,
    DISK_FAULT_PATH: bad.path,
    DISK_FAULT_AT: String(at),
    DISK_FAULT_ERRNO: String(bad.errno),
  };
}

const whyNoCompiler = () => (findTool('cc') ? undefined : 'no C compiler here');
const inputOutputError = 5;

const badStore: Fault = {
  name: 'a call on the store fails (EIO)',
  short: 4,
  long: 90,
  missing: whyNoCompiler,
  strike: async (scene) => {
    const kind = (['write', 'sync', 'read'] as const)[scene.at % 3] ?? 'write';
    const callsMost = { write: 2000, sync: 12, read: 60 }[kind];
    const env = failing(scene, { kind, path: 'struck/store.db', callsMost, errno: inputOutputError });
    const outcome = await startCommand(['ingest', scene.world.source, '--store', scene.store], { env }).ended;
    return { seen: `${kind}: ${see(outcome, /The store failed \(\w+|The store \w+ \w+/)}` };
  },
};

const badSource: Fault = {
  name: 'a read of the source fails (EIO)',
  short: 2,
  long: 40,
  missing: whyNoCompiler,
  strike: async (scene) => {
    const { world, store } = scene;
    const path = `${world.source}/`;
    const bad = { kind: 'read', path, callsMost: 20, errno: inputOutputError } as const;
    const outcome = await startCommand(['ingest', world.source, '--store', store], {
      env: failing(scene, bad),
    }).ended;
    return { seen: see(outcome, /The file cannot be read/) };
  },
};

const readOnlyFolder: Fault = {
  name: 'the folder of the store may not be written',
  short: 1,
  long: 10,
  missing: whyNoMount,
  strike: async ({ world, folder, at }) => {
    const end = mountTmpfs(folder, 'size=512m');
    const store = join(folder, 'store.db');
    if (at % 2 === 1) await ingestHere(store, join(world.source, '0-tools.mbox'));
    runTool('mount', ['-o', 'remount,ro', folder]);
    const outcome = await startCommand(['ingest', world.source, '--store', store]).ended;
    runTool('mount', ['-o', 'remount,rw', folder]);
    assert.equal(outcome.status, 1, outcome.said);
    return { seen: see(outcome, /The store cannot be opened or written/), store, end };
  },
};

export const diskFaults: readonly Fault[] = [full, quota, badStore, badSource, readOnlyFolder];
