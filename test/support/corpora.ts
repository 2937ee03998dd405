/**
 * Corpora: real mail on this machine that tests read but the repository does not hold.
 *
 * The folder is PATCHTRAIL_CORPORA, else ../shared/corpora beside the checkout. On CI a missing folder fails;
 * elsewhere the tests that need it are skipped with a word on why.
 * The reader here is deliberately not ingest/source's: tests hold the one against the other.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const folder =
  process.env.PATCHTRAIL_CORPORA ?? fileURLToPath(new URL('../../../shared/corpora', import.meta.url));

/** Options for `test(name, corporaOptions, ...)`: skips with a reason where there are no corpora. */
export const corporaOptions =
  existsSync(folder) || process.env.CI === 'true'
    ? {}
    : { skip: 'no corpora here: set PATCHTRAIL_CORPORA to their folder' };

/** The folder of the corpora. */
export function corporaFolder(): string {
  assert.ok(existsSync(folder), 'the corpora are missing: set PATCHTRAIL_CORPORA to their folder');
  return folder;
}

/** Names of the mbox files, sorted. */
export function corpusNames(): string[] {
  return readdirSync(corporaFolder())
    .filter((name) => name.endsWith('.mbox.gz'))
    .sort();
}

/** All mails of one mbox file, as bytes: read whole, split at the separators, one `>` taken off. */
export function corpusMails(name: string): Buffer[] {
  const text = gunzipSync(readFileSync(`${corporaFolder()}/${name}`)).toString('latin1');
  const separator = 'From mboxrd@z Thu Jan  1 00:00:00 1970\n';
  return text
    .split(new RegExp(`^${separator}`, 'm'))
    .slice(1)
    .map((mail) => Buffer.from(mail.slice(0, -1).replace(/^>(>*From )/gm, '$1'), 'latin1'));
}

/** Mails of the `odd` folder by file name. */
export function oddMails(): Map<string, Buffer> {
  const odd = `${corporaFolder()}/odd`;
  const names = readdirSync(odd).filter((name) => name.endsWith('.eml'));
  return new Map(names.sort().map((name) => [name, readFileSync(`${odd}/${name}`)]));
}
