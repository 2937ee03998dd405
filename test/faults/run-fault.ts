/** Run fault: lets a fault strike and holds the store to what must be true after each strike. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Fault } from './fault.ts';
import { assertSound, newStore, type World } from './world.ts';

/** How often each thing was seen. */
export type Counts = Map<string, number>;

/** @throws what was wrong after a strike, with its seed and number. */
export async function runFault(fault: Fault, world: World, times: number, seed: number): Promise<Counts> {
  const counts: Counts = new Map();
  for (let at = 0; at < times; at++) {
    const folder = join(world.folder, 'strike');
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const store = newStore(world, 'struck');
    try {
      const struck = await fault.strike({ world, store, folder, at, chance: chanceOf(seed, at) });
      try {
        await assertSound(world, struck.store ?? store, struck);
      } finally {
        await struck.end?.();
      }
      counts.set(struck.seen, (counts.get(struck.seen) ?? 0) + 1);
    } catch (cause) {
      const what = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`${fault.name}, strike ${at} of seed ${seed}: ${what}`, { cause });
    }
  }
  return counts;
}

/** A chain of chances (mulberry32) that starts anew for each strike, so that one can be struck again alone. */
function chanceOf(seed: number, at: number): () => number {
  let state = (seed * 7919 + at * 104_729) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
