/**
 * Documentation: what a person can type or meet is explained where that person looks.
 *
 * Tables in code are the truth; these tests fail when a row has no word in a README, or a word has no row.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { configKeys } from '../ingest/config-keys.ts';
import { exportTypes } from '../ingest/export-types.ts';
import { errorCodes } from '../ingest/model/errors.ts';
import { searchPrefixes } from '../ingest/search/prefixes.ts';
import { commandSpecs } from '../server/cli/program.ts';

const read = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8');

/** First cells of the rows of the tables in a text, each name in backquotes alone. */
function namesInTables(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .flatMap((line) =>
      [...(line.split(' | ')[0] ?? '').matchAll(/`([^`\s]+)[^`]*`/g)].map((match) => match[1] ?? ''),
    );
}

/** The part of a README below one heading. */
function section(text: string, heading: string): string {
  const start = text.indexOf(`\n## ${heading}\n`);
  assert.notEqual(start, -1, `there is no section ${heading}`);
  const end = text.indexOf('\n## ', start + 1);
  return text.slice(start, end < 0 ? undefined : end);
}

test('the README lists every command, and no other', () => {
  const listed = namesInTables(section(read('README.md'), 'Commands'));
  assert.deepEqual(listed.sort(), commandSpecs.map((spec) => spec.name).sort());
});

test('every command and option says in one line what it does', () => {
  for (const { name, help, options = [], arguments: given = [] } of commandSpecs) {
    assert.match(help, /^[A-Z][^\n]{10,90}[^.]$/, name);
    for (const option of options) assert.ok(option.description.length > 3, `${name} ${option.long}`);
    for (const [argument, explained] of given) assert.ok(explained.length > 3, `${name} ${argument}`);
  }
});

test('the README lists every configuration key with its variable, and no other', () => {
  const rows = section(read('README.md'), 'Configuration')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => [...line.matchAll(/`([^`]+)`/g)].slice(0, 2).map((match) => match[1]));
  assert.deepEqual(
    rows,
    configKeys.map((key) => [key.name, key.variable]),
  );
});

test('every configuration key has help', () => {
  for (const { name, help } of configKeys) assert.ok(help.length > 10, name);
});

test('the help of search names every prefix with its help', () => {
  const { more = '' } = commandSpecs.find(({ name }) => name === 'search') ?? {};
  const named = [...more.matchAll(/^ {2}(\w+): +\S/gm)].map((match) => match[1]);
  assert.deepEqual(
    named,
    searchPrefixes.map(({ name }) => name),
  );
});

test('every error code is explained, and no other', () => {
  const listed = namesInTables(read('server/cli/README.md')).filter((name) => !/[./]/.test(name));
  assert.deepEqual(listed.sort(), Object.keys(errorCodes).sort());
});

test('EXPORT.md describes every type of line, and no other', () => {
  const names = exportTypes.map((row) => row.name);
  assert.deepEqual(namesInTables(read('ingest/EXPORT.md')), names);
  assert.deepEqual([...names].sort(), names);
});

test('the README names the command that runs the tests', () => {
  assert.match(read('README.md'), /^ {4}npm test /m);
});
