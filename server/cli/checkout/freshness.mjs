/**
 * Freshness: has anything changed since this was built?
 *
 * In: files and folders of the checkout. Out: a signature of their names, sizes and times, kept in a stamp file.
 * A signature and not "newest file": a deleted file, or an older one checked out, must count as a change too.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Folders whose content is made, never a source. */
const made = new Set(['node_modules', 'dist', 'build']);

/** One hash over all files below the inputs; an input that is not there counts as such. */
export function signatureOf(root, inputs) {
  const hash = createHash('sha256');
  for (const input of inputs) for (const row of rowsOf(root, input)) hash.update(`${row}\n`);
  return hash.digest('hex');
}

export function isFresh(stampFile, signature) {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === signature;
}

export function markFresh(stampFile, signature) {
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, signature);
}

function* rowsOf(root, path) {
  const stat = statSync(join(root, path), { throwIfNoEntry: false });
  if (stat === undefined) yield `${path} absent`;
  else if (!stat.isDirectory()) yield `${path} ${stat.size} ${stat.mtimeMs}`;
  else {
    for (const name of readdirSync(join(root, path)).sort()) {
      if (!made.has(name) && !name.startsWith('.')) yield* rowsOf(root, `${path}/${name}`);
    }
  }
}
