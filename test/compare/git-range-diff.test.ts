/** Lineages pair the patches of two series as `git range-diff` does, on series made and mailed by git itself. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { placeSeries } from '../../ingest/link/lineage.ts';
import { noOverrides } from '../../ingest/link/override.ts';
import { assembleSendings } from '../../ingest/link/sending.ts';
import { parseMessage } from '../../ingest/mail/mime.ts';
import type { Posting } from '../../ingest/model/posting.ts';
import { readPosting } from '../../ingest/patch/posting.ts';
import { toolOptions } from '../support/tools.ts';

/** One commit: its title, and the lines that it puts into files. */
type Step = readonly [title: string, files: Readonly<Record<string, readonly string[]>>];

const lines = (word: string, count: number) => Array.from({ length: count }, (_, at) => `${word} line ${at}`);

const older: readonly Step[] = [
  ['pump: count strokes', { 'pump.c': lines('count', 12) }],
  ['valve: open slowly', { 'valve.c': lines('slow', 12) }],
  ['tank: measure the level', { 'tank.c': lines('level', 12) }],
  ['docs: tell about it', { 'doc.txt': lines('tell', 12) }],
];

const newer: readonly Step[] = [
  ['build: clean up first', { Makefile: lines('clean', 9) }],
  ['tank: measure the level', { 'tank.c': [...lines('level', 11), 'level line changed'] }],
  ['pump: count every stroke', { 'pump.c': [...lines('count', 11), 'count line changed'] }],
  ['docs: tell about it', { 'doc.txt': lines('tell', 12) }],
];

test(
  'reordered, renamed, changed, new and dropped patches are paired as git pairs them',
  toolOptions('git'),
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'range-diff-'));
    try {
      const git = (...args: readonly string[]) =>
        execFileSync(
          'git',
          ['-C', folder, '-c', 'user.name=Ada Example', '-c', 'user.email=ada@example.org', ...args],
          { encoding: 'utf8' },
        );
      git('init', '-q', '-b', 'main');
      git('commit', '-q', '--allow-empty', '-m', 'start');
      const branch = (name: string, steps: readonly Step[]) => {
        git('checkout', '-q', '-b', name, 'main');
        for (const [title, files] of steps) {
          for (const [file, text] of Object.entries(files))
            writeFileSync(join(folder, file), `${text.join('\n')}\n`);
          git('add', '.');
          git('commit', '-q', '-m', title);
        }
      };
      branch('one', older);
      branch('two', newer);
      const told = git('range-diff', '--no-color', '-s', 'main..one', 'main..two');
      const expected = [...told.matchAll(/^ *(\d+|-): +\S+ ([=!<>]) +(\d+|-): /gm)].map(
        (row) => `${row[1]} ${row[3]}`,
      );
      const postings = [...(await mailed(git, folder, 'one', 1)), ...(await mailed(git, folder, 'two', 2))];
      assert.deepEqual(pairs(postings).sort(), expected.sort());
      assert.deepEqual(expected.length, 5);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);

/** The branch as git mails it. */
async function mailed(
  git: (...args: string[]) => string,
  folder: string,
  branch: string,
  version: number,
): Promise<Posting[]> {
  const files = git(
    'format-patch',
    '-q',
    '--thread=shallow',
    `-v${version}`,
    '-o',
    join(folder, branch),
    `main..${branch}`,
  );
  assert.equal(files, '');
  const names = git('ls-files', '--others', `${branch}/`).trim().split('\n').sort();
  const messages = await Promise.all(names.map((name) => parseMessage(readFileSync(join(folder, name)))));
  return messages.flatMap((message) => readPosting(message) ?? []);
}

/** `old new` positions of each pair, `-` where there is none. */
function pairs(postings: readonly Posting[]): string[] {
  const places = placeSeries('s', assembleSendings(postings), noOverrides);
  const first = places.filter((place) => place.version === 1);
  const second = places.filter((place) => place.version === 2);
  const position = (lineage: string | null, among: typeof places) =>
    among.find((place) => place.lineage === lineage)?.position ?? '-';
  const lineages = new Set(places.map((place) => place.lineage));
  return [...lineages].map((lineage) => `${position(lineage, first)} ${position(lineage, second)}`);
}
