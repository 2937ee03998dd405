/**
 * The command line as a whole: exit statuses, help, and what is said of wrong usage.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { commandSpecs } from '../../server/cli/program.ts';
import { runCommand } from '../support/terminal.ts';

const wrongUsage: readonly (readonly [words: readonly string[], says: RegExp])[] = [
  [['serch', 'x'], /unknown command 'serch'\n\(Did you mean search\?\)/],
  [['ingest', '--stroe', 'x'], /unknown option '--stroe'\n\(Did you mean --store\?\)/],
  [['link', 'only-one@example.org'], /missing required argument 'older'/],
  [['doctor', 'what'], /too many arguments for 'doctor'/],
  [['export', '--type', 'postings'], /Allowed choices are applied, commit,/],
  [['serve', '--port', '70000'], /It must be 0 to 65535\./],
  [['check', '--seconds', 'soon'], /It must be 1 to 3600\./],
  [['ingest'], /No source was given\. Name one/],
  [
    ['ingest', 'x.mbox', '--config', 'no-such.toml'],
    /The configuration cannot be read: .*no-such\.toml\. Check --config\./,
  ],
];

for (const [words, says] of wrongUsage)
  test(`\`patchtrail ${words.join(' ')}\` is refused as wrong usage, in words`, async () => {
    const { status, out, err } = await runCommand(words);
    assert.deepEqual([status, out], [2, '']);
    assert.match(err, says);
  });

test('without a command the help is told on stderr and the status is that of wrong usage', async () => {
  const { status, out, err } = await runCommand([]);
  assert.deepEqual([status, out], [2, '']);
  assert.match(err, /^Usage: patchtrail/);
});

test('the version is that of the package', async () => {
  assert.deepEqual(await runCommand(['--version']), { status: 0, out: '0.1.0\n', err: '' });
});

for (const { name, help } of commandSpecs)
  test(`${name} has help of its own, with the options that every command takes`, async () => {
    const { status, out, err } = await runCommand([name, '--help']);
    assert.deepEqual([status, err], [0, '']);
    assert.ok(out.includes(help), out);
    for (const option of ['--store', '--config', '--json', '--quiet']) assert.ok(out.includes(option), out);
  });

test('a command that is interrupted by an unknown fault fails and says where to look', async () => {
  const openSources = async () => {
    throw new TypeError('x is not a function');
  };
  const { status, err } = await runCommand(['ingest', 'a.mbox'], { openSources });
  assert.equal(status, 1);
  assert.match(err, /^patchtrail: x is not a function\nThis is a fault of Patchtrail itself\./);
});

test('a store that is not there is not made by a command that reads it', async () => {
  const { status, err } = await runCommand(['export', '--store', 'no-such.db']);
  assert.equal(status, 1);
  assert.match(err, /^patchtrail: There is no store: .*no-such\.db\. Name another with --store, or fill it/);
});

test('with --json an error is JSON too', async () => {
  const { status, err } = await runCommand(['ingest', '--json']);
  assert.equal(status, 2);
  assert.deepEqual(JSON.parse(err), {
    code: 'usage',
    what: 'No source was given',
    subject: '',
    remedy: 'Name one (patchtrail ingest mail.mbox) or list them in patchtrail.toml.',
  });
});

test('the configuration of the current folder is taken, and an error in it is wrong usage', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'patchtrail-cli-'));
  try {
    writeFileSync(join(cwd, 'patchtrail.toml'), 'prot = 8420\n');
    const { status, err } = await runCommand(['doctor'], {}, { cwd });
    assert.equal(status, 2);
    assert.match(
      err,
      /The configuration cannot be used: prot in .*patchtrail\.toml\. Known keys: store, replicas, host, port,/,
    );
  } finally {
    rmSync(cwd, { recursive: true });
  }
});
