/** Bundle: what the build gives is small, needs no inline code, and holds nothing that a browser cannot read. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { webRoot } from './fixture-server.ts';

const sources = fileURLToPath(new URL('../../web', import.meta.url));
const isBuilt = existsSync(join(webRoot, 'index.html'));
const options = {
  skip: isBuilt || process.env.CI === 'true' ? false : 'the pages are not built: npm run build',
};

const kilo = 1024;

function assets(ending: string): { name: string; text: string; size: number }[] {
  const folder = join(webRoot, 'assets');
  return readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .map((name) => {
      const text = readFileSync(join(folder, name), 'utf8');
      return { name, text, size: gzipSync(text, { level: 9 }).length };
    });
}

/** The modules that a module loads before it runs. */
function needs(name: string): string[] {
  const found = new Set<string>();
  const add = (one: string) => {
    if (found.has(one)) return;
    found.add(one);
    const text = readFileSync(join(webRoot, 'assets', one), 'utf8');
    for (const match of text.matchAll(/(?:from|import)\s?"\.\/([\w.-]+\.js)"/g)) add(match[1] ?? '');
  };
  add(name);
  return [...found];
}

function sizeOf(names: readonly string[]): number {
  const sizes = new Map(assets('.js').map(({ name, size }) => [name, size]));
  return names.reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0);
}

function chunk(start: string): string {
  const found = assets('.js').find(({ name }) => name.startsWith(`${start}-`));
  assert.ok(found, `no chunk ${start}`);
  return found.name;
}

test('the first script stays below 30 kB, with any page below 60 kB, packed', options, () => {
  const first = needs(chunk('index'));
  assert.ok(sizeOf(first) <= 30 * kilo, `${sizeOf(first)} bytes`);
  for (const page of readdirSync(join(sources, 'pages'))) {
    const all = new Set([...first, ...needs(chunk(page.replace('.ts', '')))]);
    assert.ok(sizeOf([...all]) <= 60 * kilo, `${page}: ${sizeOf([...all])} bytes`);
  }
});

test('a page adds 12 kB at most, colours for diffs 16 kB, styles are 12 kB in all, packed', options, () => {
  const first = new Set(needs(chunk('index')));
  for (const page of readdirSync(join(sources, 'pages'))) {
    const more = needs(chunk(page.replace('.ts', ''))).filter((name) => !first.has(name));
    assert.ok(sizeOf(more) <= 12 * kilo, `${page}: ${sizeOf(more)} bytes`);
  }
  assert.ok(sizeOf([chunk('highlight')]) <= 16 * kilo, `${sizeOf([chunk('highlight')])} bytes`);
  const styles = assets('.css').reduce((sum, { size }) => sum + size, 0);
  assert.ok(styles <= 12 * kilo, `${styles} bytes`);
});

test('decorators are lowered, and nothing is built from text', options, () => {
  for (const { name, text } of assets('.js')) {
    for (const word of ['@customElement(', '@property(', '@state(', 'eval(', 'new Function(', 'data:text']) {
      assert.ok(!text.includes(word), `${name} holds ${word}`);
    }
  }
});

test('the shell has no code or style of its own, and says what can be read without scripts', options, () => {
  const shell = readFileSync(join(webRoot, 'index.html'), 'utf8');
  for (const [tag = ''] of shell.matchAll(/<(?:script|style|link)[^>]*>/g)) {
    assert.match(tag, /src="\/assets\/|href="\/assets\/|type="application\/json" id="first-data"/);
  }
  assert.match(shell, /<meta name="patchtrail-session" content="">/);
  assert.match(shell, /<noscript>[\s\S]*href="\?as=text"[\s\S]*<form action="\/search">[\s\S]*<\/noscript>/);
});

test('no template writes a style attribute or markup from text', () => {
  const files = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  assert.ok(files.length > 40);
  for (const name of files) {
    const text = readFileSync(join(sources, name), 'utf8');
    for (const word of [
      ' style=',
      'styleMap',
      'unsafeHTML',
      'unsafeSVG',
      'innerHTML',
      'insertAdjacentHTML',
    ]) {
      assert.ok(!text.includes(word), `web/${name} holds ${word}`);
    }
  }
});
