#!/usr/bin/env node
/**
 * The `patchtrail` command of a checkout: the built program while it is as new as its sources, else the sources by tsx.
 *
 * Both are the same main.ts; the built one starts about half a second faster.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isBuilt, program } from './checkout/steps.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

if (!existsSync(`${root}node_modules`)) {
  process.stderr.write(`patchtrail: its packages are not installed: ${root}. Run npm ci there.\n`);
  process.exit(1);
}
if (isBuilt(root, 'cli')) {
  await import(pathToFileURL(`${root}${program}`).href);
} else {
  const { register } = await import('tsx/esm/api');
  register();
  await import('./main.ts');
}
