/**
 * Fault: one thing that can go wrong while mail is ingested, as a row of the fault matrix.
 *
 * A row strikes once and heals what it broke; whoever runs it (./run-fault.ts) then holds the store to ./world.ts's
 * `assertSound`. `short` is how often `npm test` lets it strike, `long` how often `npm run faults` does.
 */
import type { OpenOptions } from '../../ingest/source/open.ts';
import { findTool } from '../support/tools.ts';
import type { World } from './world.ts';

export interface Scene {
  readonly world: World;
  /** Path for the store of this strike; its folder is there and empty. */
  readonly store: string;
  /** A folder of its own, there and empty. */
  readonly folder: string;
  /** 0 to below 1, the same again for the same seed. */
  readonly chance: () => number;
  /** Which strike this is, from 0. */
  readonly at: number;
}

export interface Struck {
  /** What was seen, in few words: the key of the counts in the matrix. */
  readonly seen: string;
  /** Where the store is, if not at the scene's path. */
  readonly store?: string;
  /** What the next run ingests, if not the world's source. */
  readonly source?: string;
  /** How that is opened. */
  readonly open?: OpenOptions;
  /** What an undisturbed ingest of that exports, if not the world's. */
  readonly expected?: string;
  /** Called after the store was looked at. */
  readonly end?: () => void | Promise<void>;
}

export interface Fault {
  readonly name: string;
  readonly short: number;
  readonly long: number;
  /** Why it cannot strike on this machine; undefined where it can. */
  readonly missing?: () => string | undefined;
  readonly strike: (scene: Scene) => Promise<Struck>;
}

/** Why these programs cannot be started here; on CI a missing one fails the fault that starts it. */
export function whyMissing(...tools: readonly string[]): string | undefined {
  const missing = tools.filter((tool) => !findTool(tool));
  // On CI a missing program fails the test that starts it.
  return missing.length === 0 || process.env.CI === 'true'
    ? undefined
    : `not installed: ${missing.join(', ')}`;
}
