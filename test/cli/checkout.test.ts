/**
 * A checkout knows what is installed, what is built and what changed since.
 */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';

// Plain JavaScript that runs before any package is there; typed here by what it is called with.
const { signatureOf } = (await import(
  new URL('../../server/cli/checkout/freshness.mjs', import.meta.url).href
)) as {
  signatureOf: (root: string, inputs: readonly string[]) => string;
};
const { isInstalled } = (await import(
  new URL('../../server/cli/checkout/install.mjs', import.meta.url).href
)) as {
  isInstalled: (root: string) => boolean;
};

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'patchtrail-checkout-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, text: string): void {
  const whole = join(root, path);
  mkdirSync(dirname(whole), { recursive: true });
  writeFileSync(whole, text);
  utimesSync(whole, 1_700_000_000, 1_700_000_000);
}

const changes: readonly (readonly [what: string, change: () => void])[] = [
  ['a file that was edited', () => write('src/a.ts', 'longer than before')],
  ['a new file', () => write('src/deep/b.ts', '')],
  ['a file that was deleted', () => rmSync(join(root, 'src/deep/a.ts'))],
  [
    'an older file that was checked out',
    () => utimesSync(join(root, 'src/a.ts'), 1_600_000_000, 1_600_000_000),
  ],
  ['an input that was not there before', () => write('settings.json', '{}')],
];

for (const [what, change] of changes)
  test(`${what} makes a build stale`, () => {
    write('src/a.ts', 'a');
    write('src/deep/a.ts', 'a');
    const before = signatureOf(root, ['src', 'settings.json']);
    assert.equal(signatureOf(root, ['src', 'settings.json']), before);
    change();
    assert.notEqual(signatureOf(root, ['src', 'settings.json']), before);
  });

test('what a build makes inside its sources does not make it stale', () => {
  write('src/a.c', 'a');
  const before = signatureOf(root, ['src']);
  write('src/build/a.o', 'made');
  assert.equal(signatureOf(root, ['src']), before);
});

const lock = (version: string) =>
  JSON.stringify({
    packages: {
      '': { version: '0.1.0' },
      'node_modules/a': { version, integrity: `sha512-${version}` },
      'node_modules/for-another-system': { version: '1.0.0', optional: true },
    },
  });
const compiled = 'node_modules/better-sqlite3/build/Release/better_sqlite3.node';

test('packages are installed when what npm unpacked is what the lock file names', () => {
  write('package-lock.json', lock('1.2.3'));
  assert.equal(isInstalled(root), false);
  write('node_modules/.package-lock.json', JSON.stringify({ packages: JSON.parse(lock('1.2.3')).packages }));
  assert.equal(isInstalled(root), false, 'the compiled part is missing');
  write(compiled, '');
  assert.equal(isInstalled(root), true);
  write('package-lock.json', lock('1.3.0'));
  assert.equal(isInstalled(root), false);
});
