/** Rule sentences: whatever a rule is called, a person reads a sentence. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ruleSentence } from '../../server/present/rule-sentences.ts';

const ingest = fileURLToPath(new URL('../../ingest', import.meta.url));

/** Names that stay inside the comparison of lines and are said as `quote-...`. */
const inner = 'reply/line-align.ts';

test('every rule that is written down in the code has its sentence', () => {
  const names = readdirSync(ingest, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && path !== inner)
    .flatMap((path) => [
      ...readFileSync(join(ingest, path), 'utf8').matchAll(/\brule: (?:\w+ \? )?'([a-z\d-]+)'/g),
    ])
    .map(([, name = '']) => name);
  assert.ok(names.length > 30);
  const bare = names.filter((name) => ruleSentence(name).toLowerCase() === `${name}.`);
  assert.deepEqual([...new Set(bare)], []);
});

test('several rules are one sentence, and a rule that is not known yet is shown by its name', () => {
  assert.equal(
    ruleSentence('author-agreed+own-words'),
    "The author agreed to it; these are the reviewer's own words below a quote.",
  );
  assert.equal(ruleSentence('brand-new'), 'Brand-new.');
});
