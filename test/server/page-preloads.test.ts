/** Preloads: a page's modules are named in its shell, each once, and none that the first script loads anyway. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readPreloads } from '../../server/routes/page-preloads.ts';

const manifest = {
  'index.html': { file: 'assets/index-1.js', imports: ['_shared.js'], isEntry: true },
  '_shared.js': { file: 'assets/shared-1.js' },
  '_rows.js': { file: 'assets/rows-1.js', imports: ['_shared.js', '_bits.js'] },
  '_bits.js': { file: 'assets/bits-1.js', imports: ['_rows.js'] },
  'pages/queue.ts': { file: 'assets/queue-1.js', imports: ['_rows.js', '_bits.js', '_shared.js'] },
};

test('a page names its chunk and what that needs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'patchtrail-preloads-'));
  try {
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
    const preloads = readPreloads(folder);
    assert.deepEqual(
      [...preloads('queue').matchAll(/href="([^"]+)"/g)].map(([, href]) => href),
      ['/assets/queue-1.js', '/assets/rows-1.js', '/assets/bits-1.js'],
    );
    assert.equal(preloads('lists'), '');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('without a manifest nothing is named', () => {
  assert.equal(readPreloads(null)('queue'), '');
  assert.equal(readPreloads('/nowhere')('queue'), '');
});
