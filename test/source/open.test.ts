import assert from 'node:assert/strict';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { openSources } from '../../ingest/source/open.ts';
import { makeFolder, pull, smallMail } from '../support/folders.ts';

const mbox = `From ada@example.org Mon Jul  6 17:08:32 2020\n${smallMail('boxed')}\n`;
const page = 'Title\n\nFrom: Ada\nDate: Mon Jul 06 2020 - 17:08:36 EST\n\nwords\n';

/** The sources of a path as `kind list place`, the place relative to `folder`. */
async function describe(folder: string, path = folder): Promise<string[]> {
  const sources = await openSources(path);
  return sources.map(
    (one) => `${one.kind} ${one.list || '-'} ${one.location.slice(folder.length + 1) || '.'}`,
  );
}

test('files are told apart by content, not by name', async (t) => {
  const folder = makeFolder(t, {
    'a.txt': mbox,
    'b.eml': gzipSync(mbox),
    c: smallMail('c'),
    'd.mbox': page,
    'io-uring.mbox.gz': gzipSync(mbox),
    'e.eml': 'no mail at all: really\n\nnone\n',
  });
  assert.deepEqual(await describe(folder, join(folder, 'a.txt')), ['mbox a.txt a.txt']);
  assert.deepEqual(await describe(folder, join(folder, 'b.eml')), ['mbox b.eml b.eml']);
  assert.deepEqual(await describe(folder, join(folder, 'c')), ['eml - c']);
  assert.deepEqual(await describe(folder, join(folder, 'd.mbox')), ['archive-text - d.mbox']);
  assert.deepEqual(await describe(folder, join(folder, 'io-uring.mbox.gz')), [
    'mbox io-uring io-uring.mbox.gz',
  ]);
  await assert.rejects(openSources(join(folder, 'e.eml')), { code: 'source-unknown' });
});

test('a folder is searched to its leaves', async (t) => {
  const folder = makeFolder(t, {
    'x.mbox': mbox,
    'README.md': '# Notes\n',
    'odd/one.eml': smallMail('one'),
    'odd/two.txt': page,
    'odd/MANIFEST.tsv': 'file\twhat\n',
    'mail/cur/1:2,S': smallMail('seen'),
    'mail/new/2': smallMail('fresh'),
    'mail/new/5': '',
    'mail/tmp/3': smallMail('unfinished'),
    'mail/.Sub/cur/4': smallMail('hidden'),
  });
  mkdirSync(join(folder, 'empty'));
  assert.deepEqual(await describe(folder), ['maildir - mail', 'eml - odd', 'mbox x x.mbox', 'eml - .']);
  const [maildir, odd, , rest] = await openSources(folder);
  assert.ok(maildir && odd && rest);
  const boxed = await pull(maildir);
  assert.deepEqual([boxed.mails.sort(), boxed.troubles], [['fresh', 'seen'], ['5 mail-empty']]);
  const loose = await pull(odd);
  assert.deepEqual([loose.mails.sort(), loose.troubles], [['?', 'one'], ['MANIFEST.tsv not-mail']]);
  const others = await pull(rest);
  assert.deepEqual([others.mails, others.troubles], [[], ['README.md not-mail']]);
});

test('a list given by hand counts more than the name', async (t) => {
  const folder = makeFolder(t, { 'x.mbox': mbox });
  const [source] = await openSources(folder, { list: 'other' });
  assert.equal(source?.list, 'other');
});

test('a maildir and a folder give only what came since', async (t) => {
  const folder = makeFolder(t, {
    'box/cur/1': smallMail('a'),
    'box/new/2': smallMail('b'),
    'loose/1': smallMail('c'),
  });
  mkdirSync(join(folder, 'box/tmp'));
  const [box, loose] = await openSources(folder);
  assert.ok(box && loose);
  const first = await pull(box);
  assert.deepEqual(first.mails.sort(), ['a', 'b']);
  assert.deepEqual((await pull(box, first.cursor)).mails, []);
  writeFileSync(join(folder, 'box/tmp/0'), smallMail('d'));
  renameSync(join(folder, 'box/tmp/0'), join(folder, 'box/new/0'));
  assert.deepEqual((await pull(box, first.cursor)).mails, ['d']);
  const firstLoose = await pull(loose);
  writeFileSync(join(folder, 'loose/0'), smallMail('e'));
  assert.deepEqual((await pull(loose, firstLoose.cursor)).mails, ['e']);
});

test('a mail over the limit is reported', async (t) => {
  const folder = makeFolder(t, {
    'x.eml': smallMail('x', 'x'.repeat(33 * 1024 * 1024)),
    'y.eml': smallMail('y'),
  });
  const [source] = await openSources(folder);
  assert.ok(source);
  const { mails, troubles } = await pull(source);
  assert.deepEqual([mails, troubles], [['y'], ['x.eml mail-long']]);
});

test('what is not there and what is no source is refused in words', async (t) => {
  await assert.rejects(openSources('/nowhere/at-all'), {
    message: 'There is no such file or folder: /nowhere/at-all. Give a file, a folder or an imaps:// URL.',
  });
  await assert.rejects(openSources('gopher://user:secret@example.org/x'), {
    code: 'usage',
    message: /^This kind of source is not known: gopher\./,
  });
  await assert.rejects(openSources(makeFolder(t)), { code: 'source-unknown' });
});
