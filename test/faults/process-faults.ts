/** Process faults: an ingest that is killed, that meets another one, or another program that holds the store. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { ingest } from '../../ingest/pipeline.ts';
import { openSources } from '../../ingest/source/open.ts';
import { openStore } from '../../ingest/store/open.ts';
import type { Fault } from './fault.ts';
import { ingestHere, newStore, type Run, startCommand, type World } from './world.ts';

/** How long an ingest in a process of its own takes here from when its store is there, measured once for each world. */
const durations = new WeakMap<World, Promise<number>>();

async function measure(world: World): Promise<number> {
  const store = newStore(world, 'measured');
  const run = startCommand(['ingest', world.source, '--store', store, '--quiet']);
  await storeIsThere(store, run);
  const startedMs = performance.now();
  await run.ended;
  return performance.now() - startedMs;
}

function durationOf(world: World): Promise<number> {
  const known = durations.get(world) ?? measure(world);
  durations.set(world, known);
  return known;
}

/** Starting takes longer than ingesting so few mails: instants are counted from here. */
async function storeIsThere(store: string, run: Run): Promise<void> {
  let isOver = false;
  void run.ended.then(() => {
    isOver = true;
  });
  while (!isOver && !existsSync(store)) await sleep(2);
}

const killed: Fault = {
  name: 'kill -9 at a random instant',
  short: 12,
  long: 200,
  strike: async ({ world, chance }) => {
    const fullMs = await durationOf(world);
    for (;;) {
      const store = newStore(world, 'struck');
      const run = startCommand(['ingest', world.source, '--store', store, '--quiet']);
      await storeIsThere(store, run);
      const isOver = await Promise.race([sleep(chance() * fullMs, false), run.ended.then(() => true)]);
      run.process.kill('SIGKILL');
      await run.ended;
      // One that was quicker than the measured one is no kill: again, at another instant.
      if (!isOver) return { seen: await stateOf(store) };
    }
  },
};

/** How far a killed ingest was. */
async function stateOf(path: string): Promise<string> {
  if (!existsSync(path)) return 'killed before the store';
  const store = await openStore(path);
  try {
    if ((await store.info()).messages === 0) return 'killed before the mails';
    const isWaiting = (await store.verify()).some((finding) => finding.includes('still wait'));
    return isWaiting ? 'killed between mails and answers' : 'killed at the end';
  } finally {
    await store.close();
  }
}

const stopped: Fault = {
  name: 'asked to stop (SIGTERM) at a random instant',
  short: 2,
  long: 20,
  strike: async ({ world, store, chance }) => {
    const fullMs = await durationOf(world);
    const run = startCommand(['ingest', world.source, '--store', store]);
    await storeIsThere(store, run);
    await Promise.race([sleep(chance() * fullMs), run.ended]);
    run.process.kill('SIGTERM');
    const { said } = await run.ended;
    return { seen: said.includes('the same command goes on from here') ? 'stopped' : 'ended or not begun' };
  },
};

const twoAtOnce: Fault = {
  name: 'two ingests at once',
  short: 2,
  long: 20,
  strike: async ({ world, store, chance }) => {
    const first = startCommand(['ingest', world.source, '--store', store]);
    await sleep(chance() * 400);
    const second = startCommand(['ingest', world.mbox, '--store', store]);
    const ends = await Promise.all([first.ended, second.ended]);
    for (const { status, said } of ends) {
      assert.ok(status === 0 || said.includes('Another'), said);
    }
    return { seen: ends.map(({ status }) => (status === 0 ? 'done' : 'refused in words')).join(' and ') };
  },
};

const heldBriefly: Fault = {
  name: 'another program writes to the store for a while',
  short: 1,
  long: 20,
  strike: async ({ world, store }) => {
    await (await openStore(store)).close();
    const other = new Database(store);
    other.exec('BEGIN IMMEDIATE');
    const run = startCommand(['ingest', world.source, '--store', store]);
    await sleep(500 + (await durationOf(world)) / 2);
    other.exec('ROLLBACK');
    other.close();
    const { status, said } = await run.ended;
    assert.equal(status, 0, said);
    return { seen: 'waited and done' };
  },
};

const heldLong: Fault = {
  name: 'another program holds the store for long',
  short: 1,
  long: 20,
  strike: async ({ world, store: path, chance }) => {
    await ingestHere(path, world.source + (chance() < 0.5 ? '/0-tools.mbox' : '/0-stable.mbox'));
    const other = new Database(path);
    other.exec('BEGIN IMMEDIATE');
    const store = await openStore(path, { patienceMs: 30 });
    const sources = await openSources(world.source);
    await assert.rejects(ingest({ store, sources, nowMs: () => Date.now() }), { code: 'store-busy' });
    await store.close();
    other.close();
    return { seen: 'refused in words' };
  },
};

export const processFaults: readonly Fault[] = [killed, stopped, twoAtOnce, heldBriefly, heldLong];
