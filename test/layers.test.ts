/**
 * Layers: what may import what, what pure code may not touch, how long a file may be, where a README must stand.
 *
 * Reads the import lines as text: no build and no tool stands between the rule and the file.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Layers from the bottom; a file may import from its own layer and from those below. */
const layers: readonly (readonly string[])[] = [
  ['ingest/model'],
  ['ingest/mail', 'ingest/patch', 'ingest/reply', 'ingest/search'],
  ['ingest/link', 'ingest/analyse', 'ingest/compare'],
  ['ingest/store', 'ingest/source'],
  ['ingest'],
  ['server'],
  ['server/cli'],
];
const pureLayers = 3;

/** The pipeline alone joins these two; the words of a source's cursor are shared as types. */
const strangers: readonly (readonly [from: string, to: string])[] = [
  ['ingest/store', 'ingest/source'],
  ['ingest/source', 'ingest/store'],
];

/** What web/ may know of the server: the shape of its answers, the form of its addresses, the keys that both tell of. */
const webMayImport: readonly string[] = ['server/wire.ts', 'server/urls.ts', 'server/key-table.ts'];

/** Node's modules that neither wait nor reach outside. */
const pureModules = new Set(['node:buffer', 'node:crypto', 'node:util']);

/** mailparser is asynchronous, so its one caller is, too. */
const mayBeAsync = new Set(['ingest/mail/mime.ts']);

const lineCeiling = 300;
const readmeLines = 60;

function filesBelow(folder: string, endings: readonly string[]): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => `${folder}/${path}`)
    .filter((path) => !/(^|\/)(node_modules|dist|build|prove)\//.test(path))
    .filter((path) => endings.some((ending) => path.endsWith(ending)))
    .sort();
}

const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** The text without comments: they may name what code may not use. */
const codeOf = (path: string): string => read(path).replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');

interface Import {
  readonly target: string;
  readonly isType: boolean;
}

function importsOf(path: string): Import[] {
  const found: Import[] = [];
  const pattern = /^\s*(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|\bimport\('([^']+)'\)/gm;
  for (const [, type, named = '', dynamic = ''] of codeOf(path).matchAll(pattern)) {
    const name = named || dynamic;
    const target = name.startsWith('.') ? normalize(join(dirname(path), name)) : name;
    found.push({ target, isType: type !== undefined });
  }
  return found;
}

/** Index of the layer: that of the longest folder that holds the file. */
function layerOf(path: string): number {
  let best = -1;
  let bestLength = 0;
  for (const [index, folders] of layers.entries()) {
    for (const folder of folders) {
      if (path.startsWith(`${folder}/`) && folder.length > bestLength)
        [best, bestLength] = [index, folder.length];
    }
  }
  return best;
}

const ours = [...filesBelow('ingest', ['.ts']), ...filesBelow('server', ['.ts'])];
const web = filesBelow('web', ['.ts']).filter((path) => !path.endsWith('vite.config.ts'));

test('a file imports only from its own layer and from those below', () => {
  const wrong = ours.flatMap((path) =>
    importsOf(path)
      .filter(({ target }) => layerOf(target) > layerOf(path) || target.startsWith('web/'))
      .map(({ target }) => `${path} imports ${target}`),
  );
  assert.deepEqual(wrong, []);
});

test('store and source do not know each other', () => {
  const wrong = ours.flatMap((path) =>
    importsOf(path)
      .filter(({ target, isType }) => !(isType && target === 'ingest/source/source.ts'))
      .filter(({ target }) =>
        strangers.some(([from, to]) => path.startsWith(`${from}/`) && target.startsWith(`${to}/`)),
      )
      .map(({ target }) => `${path} imports ${target}`),
  );
  assert.deepEqual(wrong, []);
});

test('pure folders have no clock, chance, disk, network or process', () => {
  const wrong: string[] = [];
  for (const path of ours.filter((candidate) => layerOf(candidate) < pureLayers)) {
    for (const { target } of importsOf(path)) {
      if (target.startsWith('node:') && !pureModules.has(target)) wrong.push(`${path} imports ${target}`);
    }
    const code = codeOf(path);
    for (const banned of [
      /\bDate\.now\b/,
      /\bnew Date\(\)/,
      /\bMath\.random\b/,
      /\bprocess\./,
      /\bconsole\./,
    ]) {
      if (banned.test(code)) wrong.push(`${path} uses ${banned.source}`);
    }
    if (!mayBeAsync.has(path) && /\basync\b|\bawait\b/.test(code)) wrong.push(`${path} is asynchronous`);
  }
  assert.deepEqual(wrong, []);
});

test('web knows of the server only its wire types and its addresses', () => {
  const wrong = web.flatMap((path) =>
    importsOf(path)
      .filter(({ target }) => !target.startsWith('web/') && /^(\.|ingest|server|test)/.test(target))
      .filter(
        ({ target, isType }) => !webMayImport.includes(target) || (target === 'server/wire.ts' && !isType),
      )
      .map(({ target }) => `${path} imports ${target}`),
  );
  assert.deepEqual(wrong, []);
});

test('a file is one idea: none is longer than 300 lines', () => {
  const sources = [
    ...ours,
    ...web,
    ...filesBelow('native-check', ['.c', '.h']),
    ...filesBelow('server', ['.mjs']),
  ];
  const long = sources
    .map((path) => ({ path, lines: read(path).trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > lineCeiling);
  assert.deepEqual(long, []);
});

test('every file begins by saying what it is', () => {
  const silent = [...ours, ...web].filter((path) => !/^(#!.*\n)?\/\*\*/.test(read(path)));
  assert.deepEqual(silent, []);
});

test('every folder says on one screen what is in it', () => {
  const folders = ['ingest', 'server', 'web', 'test', 'native-check'].flatMap((top) => [
    top,
    ...(top === 'ingest' || top === 'server'
      ? readdirSync(join(root, top))
          .map((name) => `${top}/${name}`)
          .filter((path) => statSync(join(root, path)).isDirectory())
      : []),
  ]);
  const wrong = folders.flatMap((folder) => {
    const readme = `${folder}/README.md`;
    if (!existsSync(join(root, readme))) return [`${readme} is not there`];
    return read(readme).trimEnd().split('\n').length > readmeLines
      ? [`${readme} is longer than a screen`]
      : [];
  });
  assert.deepEqual(wrong, []);
});
