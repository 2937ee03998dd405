/**
 * Install: npm's packages of this checkout, when they are missing or not those of the lock file.
 *
 * What npm really unpacked stands in node_modules/.package-lock.json, written last of all: comparing it with
 * package-lock.json tells an interrupted or outdated installation from a good one, whoever ran it.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The compiled part of better-sqlite3: absent when npm was told to run no install scripts. */
const compiled = 'node_modules/better-sqlite3/build/Release/better_sqlite3.node';

export function isInstalled(root) {
  const held = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(held) || !existsSync(join(root, compiled))) return false;
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const unpacked = packagesOf(held);
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || entry.optional === true) return true;
    return unpacked[path]?.version === entry.version && unpacked[path]?.integrity === entry.integrity;
  });
}

/** Runs `npm ci`; false when it failed. What npm says goes to stderr, so that stdout stays the command's own. */
export function install(root) {
  // Under `npm start` npm names its own program: use the same npm, even where PATH has another.
  const [command, ...first] = process.env.npm_execpath
    ? [process.execPath, process.env.npm_execpath]
    : ['npm'];
  const done = spawnSync(command, [...first, 'ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  return done.status === 0;
}

function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
}
