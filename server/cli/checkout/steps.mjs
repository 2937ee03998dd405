/**
 * Build steps: what is made from the sources, each with the files it is made of.
 *
 * A step is skipped while its inputs have the signature of the last build. Each makes its result beside the old one
 * and moves it into place, so that a server running from the old one, or two builds at once, do no harm.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { isFresh, markFresh, signatureOf } from './freshness.mjs';

/** Inputs of the command line program; ../patchtrail.mjs asks for them too. */
export const programInputs = ['ingest', 'server', 'package-lock.json', 'tsconfig.json'];

export const program = 'dist/cli/patchtrail.js';

/** @type {readonly {name: string, inputs: readonly string[], result: string, make: (root: string) => unknown}[]} */
const steps = [
  { name: 'cli', inputs: programInputs, result: program, make: makeProgram },
  {
    name: 'web',
    inputs: ['web', 'server/wire.ts', 'server/urls.ts', 'package-lock.json'],
    result: 'dist/web/index.html',
    make: makeWeb,
  },
  {
    name: 'native',
    inputs: ['native-check/src', 'native-check/include', 'native-check/Makefile'],
    result: 'native-check/build/check-native',
    make: makeNative,
  },
];

/** True while the step's result is there and made of the inputs as they are now. */
export function isBuilt(root, name) {
  const step = steps.find((candidate) => candidate.name === name);
  return existsSync(join(root, step.result)) && isFresh(stampOf(root, name), signatureOf(root, step.inputs));
}

/** Makes what is not fresh. `say` gets one sentence for each thing done or left out. @throws Error with the tool's words */
export async function buildAll(root, say) {
  for (const { name, inputs, make } of steps) {
    if (isBuilt(root, name)) continue;
    // Taken before: a file edited while the step runs makes it stale again.
    const signature = signatureOf(root, inputs);
    const startedMs = Date.now();
    const leftOut = await madeOrSaid(name, () => make(root));
    if (typeof leftOut === 'string') say(leftOut);
    else {
      markFresh(stampOf(root, name), signature);
      say(`built ${name} in ${((Date.now() - startedMs) / 1000).toFixed(1)} s`);
    }
  }
}

async function madeOrSaid(name, make) {
  try {
    return await make();
  } catch (cause) {
    throw new Error(`building ${name} failed:\n${stripVTControlCharacters(cause.message)}`, { cause });
  }
}

function stampOf(root, name) {
  return join(root, 'dist/.stamp', name);
}

async function makeProgram(root) {
  const { build } = await import('vite');
  await replaceFolder(root, 'dist/cli', (outDir) =>
    build({
      root,
      configFile: false,
      logLevel: 'warn',
      publicDir: false,
      build: {
        ssr: true,
        outDir,
        target: 'node20',
        minify: false,
        rolldownOptions: {
          input: {
            patchtrail: 'server/cli/main.ts',
            'prepare-worker': 'ingest/stage/prepare-worker.ts',
            'review-worker': 'ingest/stage/review-worker.ts',
            'search-child': 'ingest/store/search-child.ts',
          },
          output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
        },
      },
    }),
  );
}

async function makeWeb(root) {
  if (!existsSync(join(root, 'web/index.html'))) return 'left out web: there is no web/index.html';
  const { build } = await import('vite');
  const configFile = join(root, 'web/vite.config.ts');
  await replaceFolder(root, 'dist/web', (outDir) =>
    build({ root: join(root, 'web'), configFile, logLevel: 'warn', build: { outDir, emptyOutDir: true } }),
  );
}

function makeNative(root) {
  const has = (command) => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;
  if (!has('cc') || !has('make')) {
    return 'left out the native checker: it needs cc and make (Debian: gcc libc6-dev make)';
  }
  const made = spawnSync('make', ['-s', '-C', join(root, 'native-check')], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`make in native-check failed:\n${made.stdout}${made.stderr}`);
}

async function replaceFolder(root, folder, fill) {
  const target = join(root, folder);
  const fresh = `${target}.new-${process.pid}`;
  const old = `${target}.old-${process.pid}`;
  try {
    mkdirSync(fresh, { recursive: true });
    await fill(fresh);
    if (existsSync(target)) renameSync(target, old);
    renameSync(fresh, target);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
    rmSync(old, { recursive: true, force: true });
  }
}
