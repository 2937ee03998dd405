/** Source faults: files cut short or replaced, clocks that jump, git objects that are broken, history made anew. */
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { openStore } from '../../ingest/store/open.ts';
import { commit } from '../support/inbox.ts';
import { findTool, runTool } from '../support/tools.ts';
import type { Fault } from './fault.ts';
import { ingestHere, toMbox } from './world.ts';

const dayMs = 86_400_000;

/** A file that is read while it is cut anywhere, and again when it is whole. */
function cutFile(
  name: string,
  file: string,
  pack: (mbox: Buffer) => Buffer,
  strikes: Pick<Fault, 'short' | 'long'>,
): Fault {
  return {
    name,
    ...strikes,
    strike: async ({ world, store, folder, chance }) => {
      const source = join(folder, file);
      const whole = pack(readFileSync(world.mbox));
      writeFileSync(source, whole.subarray(0, Math.floor(chance() * whole.length)));
      const seen = await ingestHere(store, source).then(
        () => 'read to the cut',
        (error: { code?: string }) => assert.equal(error.code, 'source-unknown') ?? 'no mail in it yet',
      );
      writeFileSync(source, whole);
      return { seen, source };
    },
  };
}

const cutMbox = cutFile('an mbox is cut short, then whole', 'all.mbox', (mbox) => mbox, {
  short: 8,
  long: 120,
});

const cutGzip = cutFile('an mbox.gz is cut short, then whole', 'all.mbox.gz', (mbox) => gzipSync(mbox), {
  short: 4,
  long: 60,
});

const replacedMbox: Fault = {
  name: 'the mbox is replaced by one in another order',
  short: 1,
  long: 20,
  strike: async ({ world, store, folder, chance }) => {
    const source = join(folder, 'all.mbox');
    const shuffled = world.mails.map((mail) => ({ mail, rank: chance() })).sort((a, b) => a.rank - b.rank);
    const some = shuffled.slice(0, Math.ceil(chance() * shuffled.length)).map(({ mail }) => mail);
    writeFileSync(source, toMbox(some));
    await ingestHere(store, source);
    writeFileSync(source, readFileSync(world.mbox));
    return { seen: 'read again', source };
  },
};

const jumpingClock: Fault = {
  name: 'the clock jumps by years, forth and back',
  short: 1,
  long: 20,
  strike: async ({ world, store, chance }) => {
    const nowMs = () => Math.floor((chance() * 60 - 20) * 365 * dayMs + Date.UTC(2024, 0, 1));
    await ingestHere(store, world.source, { nowMs });
    return { seen: 'done' };
  },
};

const newerStore: Fault = {
  name: 'the store is one of a newer version',
  short: 1,
  long: 10,
  strike: async ({ world, store }) => {
    await ingestHere(store, join(world.source, '0-tools.mbox'));
    const version = setVersion(store, 9999);
    const before = readFileSync(store);
    await assert.rejects(ingestHere(store, world.source), { code: 'store-newer' });
    await assert.rejects(openStore(store, { readOnly: true }), { code: 'store-newer' });
    assert.ok(before.equals(readFileSync(store)), 'it is left as it was');
    setVersion(store, version);
    return { seen: 'refused in words' };
  },
};

function setVersion(path: string, version: number): number {
  const database = new Database(path);
  const before = Number(database.pragma('user_version', { simple: true }));
  database.pragma(`user_version = ${version}`);
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
  return before;
}

const whyNoGit = () => (findTool('git') ? undefined : 'no git here');

/** A public-inbox repository of one epoch, with loose objects so that each can be hurt alone. */
function makeInbox(folder: string, mails: readonly Buffer[]): string {
  const repository = join(folder, 'inbox', 'git', '0.git');
  mkdirSync(repository, { recursive: true });
  runTool('git', ['init', '--quiet', '--bare', '--initial-branch=master', repository]);
  runTool('git', ['-C', repository, 'config', 'fastimport.unpackLimit', '100000']);
  commit(
    repository,
    mails.filter(isText).map((mail) => ({ m: mail.toString('utf8') })),
  );
  // The importer is given text: mail that is none lies beside the inbox.
  writeFileSync(join(folder, 'rest.mbox'), toMbox(mails.filter((mail) => !isText(mail))));
  return repository;
}

const isText = (mail: Buffer) => Buffer.from(mail.toString('utf8'), 'utf8').equals(mail);

const brokenObject: Fault = {
  name: 'a git object is broken, then repaired',
  short: 3,
  long: 60,
  missing: whyNoGit,
  strike: async ({ world, store, folder, chance, at }) => {
    const { path, bytes } = pickObject(makeInbox(folder, world.mails), chance);
    chmodSync(path, 0o644);
    if (at % 3 === 0) rmSync(path);
    else if (at % 3 === 1) writeFileSync(path, bytes.subarray(0, Math.floor(chance() * bytes.length)));
    else {
      const hurt = Buffer.from(bytes);
      const place = Math.floor(chance() * hurt.length);
      hurt[place] = (hurt[place] ?? 0) ^ 0xff;
      writeFileSync(path, hurt);
    }
    const seen = await ingestHere(store, folder).then(
      ({ failed, troubles }) =>
        failed.length > 0 ? 'told as unreadable' : troubles > 4 ? 'a mail told as missing' : 'nothing seen',
      (error: { code?: string }) => {
        assert.match(error.code ?? '', /^source-/, String(error));
        return 'refused in words';
      },
    );
    rmSync(path, { force: true });
    writeFileSync(path, bytes);
    return { seen: `${['gone', 'cut', 'changed'][at % 3]}: ${seen}`, source: folder };
  },
};

function pickObject(repository: string, chance: () => number): { path: string; bytes: Buffer } {
  const objects = join(repository, 'objects');
  const paths = readdirSync(objects, { recursive: true, encoding: 'utf8' })
    .filter((name) => /^[0-9a-f]{2}\/[0-9a-f]{38}$/.test(name))
    .sort()
    .map((name) => join(objects, name));
  const path = paths[Math.floor(chance() * paths.length)] ?? assert.fail('the repository has loose objects');
  return { path, bytes: readFileSync(path) };
}

const rewrittenHistory: Fault = {
  name: 'the history of a git inbox is made anew',
  short: 1,
  long: 20,
  missing: whyNoGit,
  strike: async ({ world, store, folder, chance }) => {
    const some = world.mails.slice(0, Math.ceil(chance() * world.mails.length));
    const repository = makeInbox(folder, some);
    await ingestHere(store, folder);
    rmSync(repository, { recursive: true });
    makeInbox(folder, [...world.mails].reverse());
    await ingestHere(store, folder);
    return { seen: 'read again', source: folder };
  },
};

export const sourceFaults: readonly Fault[] = [
  cutMbox,
  cutGzip,
  replacedMbox,
  jumpingClock,
  newerStore,
  brokenObject,
  rewrittenHistory,
];
