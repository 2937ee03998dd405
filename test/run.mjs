/**
 * Run: `npm test [-- WORD...]`. Everything that must hold, from a fresh clone on: packages, build, types, style, tests.
 *
 * With words only the test files whose path contains one of them run. Plain JavaScript: it runs before any package is
 * there. The closing lines are those of node's own runner, and its exit status is ours.
 */
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install, isInstalled } from '../server/cli/checkout/install.mjs';
import { buildAll } from '../server/cli/checkout/steps.mjs';
import { provideDebianPackages } from './debian-packages.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const words = process.argv.slice(2);
process.chdir(root);

/** Longer than the slowest test (a guest kernel that boots without hardware help) on a busy machine. */
const testTimeoutMs = 15 * 60 * 1000;

function fail(sentence) {
  process.stderr.write(`test: ${sentence}\n`);
  process.exit(1);
}

/** Runs one step; its output is shown where it fails. */
function check(name, file, ...args) {
  const startedMs = Date.now();
  const done = spawnSync(process.execPath, [join('node_modules', file), ...args], { encoding: 'utf8' });
  if (done.status !== 0) fail(`${name} failed:\n${done.stdout}${done.stderr}`);
  process.stderr.write(`${name}: good (${((Date.now() - startedMs) / 1000).toFixed(1)} s)\n`);
}

/** `node --test DIR` finds no TypeScript and passes with nothing run, so every file is named. */
function findTests() {
  const all = readdirSync('test', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.ts'))
    .map((path) => `test/${path}`)
    .sort();
  return words.length === 0 ? all : all.filter((path) => words.some((word) => path.includes(word)));
}

/** Runs the files; the runner's lines pass through unchanged while the number of tests is read from them. */
function runTests(files) {
  const reporter = process.stdout.isTTY ? 'spec' : 'tap';
  const args = [
    '--import',
    'tsx',
    '--test',
    '--test-concurrency=2',
    `--test-timeout=${testTimeoutMs}`,
    `--test-reporter=${reporter}`,
    ...files,
  ];
  const env = { ...process.env, ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}) };
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], env });
  let tail = '';
  child.stdout.on('data', (piece) => {
    process.stdout.write(piece);
    tail = (tail + piece.toString()).slice(-2000);
  });
  return new Promise((resolve) => {
    child.on('close', (status) => {
      const ran = Number(/^\S*(?:#|ℹ) tests (\d+)/m.exec(tail)?.[1] ?? 0);
      resolve({ status: status ?? 1, ran });
    });
  });
}

/** npm may leave a package without its compiled part and say nothing: tell it in words, not in fifty failing tests. */
function checkStoreEngine() {
  const code = `const Database = require('better-sqlite3'); new Database(':memory:').exec('create virtual table t using fts5(x)')`;
  const done = spawnSync(process.execPath, ['-e', code], { encoding: 'utf8' });
  if (done.status !== 0)
    fail(`better-sqlite3 does not work here; npm rebuild better-sqlite3\n${done.stderr}`);
}

if (!isInstalled(root) && !install(root)) fail('npm ci failed; its words are above');
checkStoreEngine();
provideDebianPackages((sentence) => process.stderr.write(`${sentence}\n`));
try {
  await buildAll(root, (sentence) => process.stderr.write(`${sentence}\n`));
} catch (error) {
  fail(error.message);
}
check('types', 'typescript/bin/tsc', '--noEmit');
check('types of web', 'typescript/bin/tsc', '--noEmit', '-p', 'web/tsconfig.json');
check('style', '@biomejs/biome/bin/biome', 'check', '--max-diagnostics=50', '.');

const files = findTests();
if (files.length === 0) fail(`no test file matches: ${words.join(' ')}`);
const { status, ran } = await runTests(files);
if (status === 0 && ran === 0) fail('no test ran');
process.exitCode = status;
