/**
 * After every fault the store opens undamaged, the next run completes, the doctor finds all well, and the export is
 * that of an undisturbed run, byte for byte.
 */
import { after, before, describe, it } from 'node:test';
import { faults } from './all.ts';
import { runFault } from './run-fault.ts';
import { makeWorld, type World } from './world.ts';

const seed = Number(process.env.FAULT_SEED ?? 1);

describe('nothing is lost when', () => {
  let world: World;
  before(async () => {
    world = await makeWorld(1);
  });
  after(() => world.remove());

  for (const fault of faults) {
    const skip = fault.missing?.();
    it(fault.name, skip === undefined ? {} : { skip }, async () => {
      await runFault(fault, world, fault.short, seed);
    });
  }
});
