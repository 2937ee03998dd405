/**
 * Mounts: small file systems in memory, for what happens when they are full.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTool } from './tools.ts';

/** Mounts are tried once: containers often forbid them even to root. */
let mountAnswer: string | undefined | null = null;

export function whyNoMount(): string | undefined {
  if (mountAnswer !== null) return mountAnswer;
  const place = mkdtempSync(join(tmpdir(), 'patchtrail-mount-'));
  try {
    runTool('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', place]);
    runTool('umount', [place]);
    mountAnswer = undefined;
  } catch {
    mountAnswer = 'no file system can be mounted here';
  } finally {
    rmSync(place, { recursive: true });
  }
  return mountAnswer;
}

/** Gives what ends it. */
export function mountTmpfs(place: string, options: string): () => void {
  runTool('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', place]);
  return () => void runTool('umount', ['-l', place]);
}

/** Makes one larger that is mounted. */
export function growTmpfs(place: string, size: string): void {
  runTool('mount', ['-o', `remount,size=${size}`, place]);
}
