/** Watch fault: a mail server is watched by IDLE, over a connection that breaks again and again. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { ingest } from '../../ingest/pipeline.ts';
import { openSources } from '../../ingest/source/open.ts';
import { derive } from '../../ingest/stage/derive.ts';
import { openStore } from '../../ingest/store/open.ts';
import { Keeper } from '../../server/cli/keeper.ts';
import { startBadWire } from '../support/bad-wire.ts';
import { startDovecot } from '../support/dovecot.ts';
import { type Fault, whyMissing } from './fault.ts';

export const watchFault: Fault = {
  name: 'IDLE is cut again and again',
  short: 1,
  long: 10,
  missing: () => whyMissing('dovecot', 'openssl'),
  strike: async ({ world, store: path, chance }) => {
    const server = await startDovecot(world);
    const wire = await startBadWire(world, server.port);
    const source = `imap://${server.user}@127.0.0.1:${wire.port}/Lists`;
    const open = { passwordCommand: `echo ${server.password}` };
    const store = await openStore(path);
    const stop = new AbortController();
    const terminal = { nowMs: () => Date.now(), tell: () => undefined, signal: stop.signal };
    const keeper = new Keeper({
      parts: { followMaintainers: async () => [], ingest, derive },
      terminal,
      store,
      open: async () => openSources(source, open),
      everyMs: 3_600_000,
    });
    const held = async () => (await store.getSources())[0]?.mails ?? 0;
    const rounds = 3;
    const part = Math.ceil(world.mails.length / rounds);
    const deliver = (round: number) => {
      for (const [at, mail] of world.mails.slice(round * part, (round + 1) * part).entries())
        server.deliver('Lists', `${round + 1}.${1000 + at}`, mail);
      return Math.min((round + 1) * part, world.mails.length);
    };
    deliver(0);
    const running = keeper.run();
    for (let round = 0; round < rounds; round++) {
      const expected = round === 0 ? part : deliver(round);
      while ((await held()) < expected) await sleep(20);
      if (chance() < 0.5) await sleep(chance() * 300);
      wire.breakAll();
    }
    assert.ok(wire.connections() >= rounds, 'mail came over new connections');
    stop.abort();
    await running;
    await store.close();
    return { seen: 'connected again, all mail there', source, open, end: () => server.stop() };
  },
};
