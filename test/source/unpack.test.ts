/**
 * Compressed files: read like plain ones, by whichever program packed them.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { openMbox } from '../../ingest/source/mbox.ts';
import { openSources } from '../../ingest/source/open.ts';
import { makeFolder, pull, smallMail } from '../support/folders.ts';
import { toolOptions } from '../support/tools.ts';

const mbox = (...ids: string[]) =>
  ids.map((id) => `From mboxrd@z Thu Jan  1 00:00:00 1970\n${smallMail(id)}\n`).join('');

const pack = (program: string, bytes: string | Buffer) => execFileSync(program, ['-c'], { input: bytes });

const programs = [
  { program: 'gzip', packing: 'gzip', ending: 'gz' },
  { program: 'bzip2', packing: 'bzip2', ending: 'bz2' },
  { program: 'xz', packing: 'xz', ending: 'xz' },
  { program: 'zstd', packing: 'zstd', ending: 'zst' },
];

for (const { program, packing, ending } of programs) {
  const options = toolOptions(program);

  test(
    `a mailbox packed by ${program} is one of its list, and is read on behind each mail`,
    options,
    async (t) => {
      const name = `some-list.mbox.${ending}`;
      const folder = makeFolder(t, { [name]: pack(program, mbox('a', 'b', 'c')) });
      const [source] = await openSources(join(folder, name));
      assert.ok(source);
      assert.deepEqual([source.kind, source.list], ['mbox', 'some-list']);
      const { mails, events } = await pull(source);
      assert.deepEqual(mails, ['a', 'b', 'c']);
      const cursors = events.flatMap((event) => (event.type === 'mail' ? [event.cursor] : []));
      for (const [at, cursor] of cursors.entries())
        assert.deepEqual((await pull(source, cursor)).mails, mails.slice(at + 1));
    },
  );

  test(`a mail alone, packed by ${program}, is a mail`, options, async (t) => {
    const [source] = await openSources(
      join(makeFolder(t, { [`x.${ending}`]: pack(program, smallMail('a')) }), `x.${ending}`),
    );
    assert.deepEqual([source?.kind, source && (await pull(source)).mails], ['eml', ['a']]);
  });

  test(`a file packed by ${program} and cut short gives what is whole, then says so`, options, async (t) => {
    // Incompressible words, several blocks of the largest size.
    const ids = Array.from(
      { length: 30_000 },
      (_, at) => `m${((at * 2_654_435_761) % 2 ** 32).toString(36)}`,
    );
    const whole = pack(program, mbox(...ids));
    const path = join(makeFolder(t, { x: whole.subarray(0, (whole.length * 3) / 4) }), 'x');
    const { mails, troubles } = await pull(openMbox(path, ''));
    assert.ok(mails.length > 0 && mails.length < ids.length, `${mails.length} mails`);
    assert.deepEqual(mails, ids.slice(0, mails.length));
    assert.deepEqual(
      troubles.map((one) => one.split(' ')[2]),
      [`${packing}-broken`],
    );
  });

  test(`a file packed by ${program} that grows too much is stopped`, options, async (t) => {
    const bomb = pack(program, Buffer.concat([Buffer.from(mbox('a', 'b')), Buffer.alloc(60 * 1024 * 1024)]));
    const { mails, events } = await pull(openMbox(join(makeFolder(t, { x: bomb }), 'x'), ''));
    assert.deepEqual(mails, ['a']);
    const trouble = events.find((event) => event.type === 'trouble');
    assert.equal(trouble?.code, `${packing}-broken`);
    assert.match(trouble?.detail ?? '', /grows more than mail can/);
  });
}

test(
  'where the program is missing the file is told, and the others are read',
  toolOptions('xz'),
  async (t) => {
    const folder = makeFolder(t, { 'a.mbox': mbox('a'), 'b.mbox.xz': pack('xz', mbox('b')) });
    const path = process.env.PATH;
    process.env.PATH = folder;
    t.after(() => {
      process.env.PATH = path;
    });
    const sources = await openSources(folder);
    const read = [];
    for (const source of sources) read.push(await pull(source));
    assert.deepEqual(
      read.map(({ mails, troubles }) => [mails, troubles]),
      [
        [['a'], []],
        [[], ['b.mbox.xz file-unreadable']],
      ],
    );
    assert.match(
      String(read[1]?.events.find((event) => event.type === 'trouble')?.detail),
      /The program xz is not installed/,
    );
  },
);
