/**
 * `webhook`: addresses that a server tells what changes, made with a secret that is shown once.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openStore } from '../../ingest/store/open.ts';
import { realParts } from '../../server/cli/real-parts.ts';
import { type Outcome, runCommand } from '../support/terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'patchtrail-webhook-'));
const location = join(folder, 'store.db');
const run = (...words: string[]): Promise<Outcome> =>
  runCommand(['webhook', ...words, '--store', location], realParts, { env: { USER: 'root' } });

before(async () => (await openStore(location)).close());
after(() => rmSync(folder, { recursive: true }));

test('an address is added, listed without its secret, and removed', async () => {
  const url = 'https://ci.example.org/hook';
  const secret = (await run('add', url, '--event', 'series', '--list', 'pump', '--label', 'ci')).out.trim();
  assert.match(secret, /^pth_/);
  assert.equal((await run()).out, `1 ${url} series pump told ci\n`);
  const listed = (await run('--json')).out;
  assert.deepEqual([JSON.parse(listed)[0].url, listed.includes(secret)], [url, false]);
  assert.deepEqual(JSON.parse((await run('log', '1', '--json')).out), []);
  assert.equal((await run('resume', '1')).status, 0);
  assert.equal((await run('remove', '1')).status, 0);
  assert.equal((await run()).out, '');
});

test('what cannot be told is refused: no web address, one of the own network, one that is not there', async () => {
  for (const words of [
    ['add', 'ftp://example.org/'],
    ['add', 'http://name:word@example.org/'],
    ['add', 'http://10.0.0.1/'],
    ['remove', '7'],
    ['toString', '7'],
    ['add'],
  ]) {
    assert.notEqual((await run(...words)).status, 0, words.join(' '));
  }
  assert.equal((await run('add', 'http://10.0.0.1/', '--internal')).status, 0);
});
