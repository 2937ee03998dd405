/**
 * What goes on behind a running server.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SourceError } from '../../ingest/model/errors.ts';
import type { IngestOptions, IngestResult } from '../../ingest/pipeline.ts';
import type { Source } from '../../ingest/source/source.ts';
import type { Store } from '../../ingest/store/store.ts';
import { Keeper, type KeeperOptions } from '../../server/cli/keeper.ts';

const nothingNew: IngestResult = {
  added: 0,
  known: 0,
  joined: 0,
  removed: 0,
  troubles: 0,
  commits: 0,
  failed: [],
};
const source = { location: 'lists/tools' } as Source;
const store = {} as Store;

/** A keeper whose clock stands where it is put; `stop` ends it. */
function keeperWith(
  parts: Partial<KeeperOptions['parts']>,
  sources: readonly Source[] = [],
  everyMs = 1,
  trees: KeeperOptions['trees'] = [],
) {
  const stop = new AbortController();
  const told: string[] = [];
  const clock = { nowMs: 0 };
  const keeper = new Keeper({
    parts: {
      ingest: async () => nothingNew,
      derive: async () => undefined,
      followMaintainers: async () => [],
      ...parts,
    },
    terminal: {
      nowMs: () => clock.nowMs,
      tell: (sentence) => told.push(sentence),
      signal: stop.signal,
    },
    store,
    open: async () => sources,
    everyMs,
    trees,
  });
  return { keeper, stop: () => stop.abort(), told, clock };
}

/** Lets the clock go on while something works. */
async function whileTicking(clock: { nowMs: number }, work: Promise<void>): Promise<void> {
  const ticking = setInterval(() => {
    clock.nowMs++;
  }, 1);
  try {
    await work;
  } finally {
    clearInterval(ticking);
  }
}

test('a correction is derived when it was made, and not before', async () => {
  let derived = 0;
  const { keeper, stop } = keeperWith({
    derive: async () => {
      derived++;
      stop();
    },
  });
  const running = keeper.run();
  assert.equal(derived, 0);
  keeper.wake();
  await running;
  assert.equal(derived, 1);
});

test('a correction that is made while another is derived is derived, too', async () => {
  let derived = 0;
  const { keeper, stop } = keeperWith({
    derive: async () => {
      derived++;
      if (derived === 1) keeper.wake();
      else stop();
    },
  });
  keeper.wake();
  await keeper.run();
  assert.equal(derived, 2);
});

test('sources are pulled again and again, and one that cannot be read is told and does not end it', async () => {
  let pulls = 0;
  const { keeper, stop, told, clock } = keeperWith(
    {
      ingest: async () => {
        pulls++;
        if (pulls === 1) throw new SourceError('source-unreadable', 'Cannot read', { subject: 'x' });
        clock.nowMs++;
        if (pulls === 3) stop();
        return {
          ...nothingNew,
          failed: [{ location: 'y', error: new SourceError('source-changed', 'Changed') }],
        };
      },
    },
    [source],
  );
  clock.nowMs = 1;
  const running = keeper.run();
  await whileTicking(clock, running);
  assert.equal(pulls, 3);
  assert.deepEqual(told, ['patchtrail: Cannot read: x.', 'patchtrail: Changed.', 'patchtrail: Changed.']);
});

test('while a source is read its page can say how far it is, and afterwards nothing', async () => {
  const seen: unknown[] = [];
  const { keeper, stop, clock } = keeperWith(
    {
      ingest: async ({ onProgress }: IngestOptions) => {
        const at = (done: number, mails: number) =>
          onProgress?.({ location: 'lists/tools', stage: 'read', done, total: 100, unit: 'bytes', mails });
        at(0, 0);
        clock.nowMs += 2000;
        at(25, 500);
        seen.push([...keeper.pulls()]);
        stop();
        return nothingNew;
      },
    },
    [source],
  );
  await whileTicking(clock, keeper.run());
  const pull = { done: 25, total: 100, unit: 'bytes', mailsPerSecond: 250, etaMs: 6000 };
  assert.deepEqual(seen, [[['lists/tools', pull]]]);
  assert.deepEqual([...keeper.pulls()], []);
});

test('a source that says it has news is pulled at once, and only that one', async () => {
  const pulled: string[][] = [];
  let news = () => {};
  const live = {
    location: 'imaps://ada@mail.example.org/Lists',
    async *watch() {
      await new Promise<void>((resolve) => {
        news = resolve;
      });
      yield;
      await new Promise(() => {});
    },
  } as unknown as Source;
  const { keeper, stop, clock } = keeperWith(
    {
      ingest: async ({ sources }: IngestOptions) => {
        pulled.push(sources.map(({ location }) => location));
        if (pulled.length === 1) news();
        else stop();
        return nothingNew;
      },
    },
    [source, live],
    60_000,
  );
  clock.nowMs = 1;
  await keeper.run();
  assert.deepEqual(pulled, [[source.location, live.location], [live.location]]);
  const states = [...keeper.watches()].map(([location, { state }]) => [location, state]);
  assert.deepEqual(states, [
    [source.location, 'polled'],
    [live.location, 'watched'],
  ]);
});

test('the MAINTAINERS files of trees are read again at each look, before what they wake is derived', async () => {
  const done: string[] = [];
  const { keeper, stop, clock } = keeperWith(
    {
      followMaintainers: async (_store, repositories) => {
        done.push(`followed ${repositories.map(({ tree }) => tree).join()}`);
        return [];
      },
      ingest: async () => {
        done.push('pulled');
        if (done.length >= 4) stop();
        return nothingNew;
      },
    },
    [],
    1,
    [{ path: 'pumps.git', tree: 'pumps' }],
  );
  await whileTicking(clock, keeper.run());
  assert.deepEqual(done, ['followed pumps', 'pulled', 'followed pumps', 'pulled']);
});

test('a source that is added is pulled at once, and not when the others are next', async () => {
  const pulled: string[] = [];
  const sources: Source[] = [];
  const { keeper, stop } = keeperWith(
    {
      ingest: async (options) => {
        pulled.push(...options.sources.map(({ location }) => location));
        stop();
        return nothingNew;
      },
    },
    sources,
  );
  const running = keeper.run();
  sources.push(source);
  keeper.look();
  await running;
  assert.deepEqual(pulled, [source.location]);
});
