/**
 * Network faults: a mail server and a web archive behind a wire that cuts, loses, stalls, drips, or lies about sizes.
 *
 * Real servers (dovecot, public-inbox), started once for a world; the wire is healed after each strike.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { PatchtrailError } from '../../ingest/model/errors.ts';
import type { OpenOptions } from '../../ingest/source/open.ts';
import { type BadWire, startBadWire, type WireFault } from '../support/bad-wire.ts';
import { startDovecot } from '../support/dovecot.ts';
import { peerTools, startPublicInbox } from '../support/public-inbox.ts';
import { type Fault, type Scene, whyMissing } from './fault.ts';
import { exportOf, ingestHere, newStore, type World } from './world.ts';

interface Server {
  readonly wire: BadWire;
  readonly source: string;
  readonly open: OpenOptions;
  /** About as many bytes as all answers together have. */
  readonly bytes: number;
  readonly expected?: string;
}

type Start = (world: World) => Promise<Server>;

/** Servers are started once for each world. */
function once(start: Start): Start {
  const known = new WeakMap<World, Promise<Server>>();
  return (world) => {
    const server = known.get(world) ?? start(world);
    known.set(world, server);
    return server;
  };
}

const startMail = once(async (world) => {
  const server = await startDovecot(world);
  for (const [at, mail] of world.mails.entries()) server.deliver('Lists', `1.${1000 + at}`, mail);
  const wire = await startBadWire(world, server.port);
  const source = `imap://${server.user}@127.0.0.1:${wire.port}/Lists`;
  return { wire, source, open: { passwordCommand: `echo ${server.password}` }, bytes: bytesOf(world) };
});

const startArchive = once(async (world) => {
  const [address = ''] = await startPublicInbox(world, world.mails, { list: 'sample' });
  const wire = await startBadWire(world, Number(new URL(address).port));
  const source = `http://127.0.0.1:${wire.port}/sample/`;
  // What git sends is packed, about a third.
  return { wire, source, open: { mirrors: join(world.folder, 'mirrors') }, bytes: bytesOf(world) / 3 };
});

/** Of an archive only the feed, or one thread. */
const startPart = (path: (world: World) => string) =>
  once(async (world) => {
    const archive = await startArchive(world);
    const source = `${archive.source}${path(world)}`;
    const store = newStore(world, 'part');
    await ingestHere(store, source, { open: archive.open });
    return { ...archive, source, bytes: 40_000, expected: await exportOf(store) };
  });

const startFeed = startPart(() => 'new.atom');

const startThread = startPart(({ mails }) => {
  const ids = mails.map((mail) => /^References: <([^>]+)>/m.exec(mail.toString('latin1'))?.[1]);
  return `${encodeURIComponent(ids.find((id) => id !== undefined) ?? '')}/`;
});

const bytesOf = (world: World) => world.mails.reduce((sum, mail) => sum + mail.length + 60, 0);

interface Strike {
  readonly name: string;
  readonly fault: (afterBytes: number, scene: Scene) => WireFault;
  /** Servers must be given up within this time of waiting, where the fault is that nothing more comes. */
  readonly patienceMs?: number;
}

const strikes: readonly Strike[] = [
  { name: 'is cut', fault: (afterBytes) => ({ kind: 'cut', afterBytes }) },
  { name: 'ends half an answer', fault: (afterBytes) => ({ kind: 'end', afterBytes }) },
  {
    name: 'loses bytes',
    fault: (afterBytes, { chance }) => ({ kind: 'lose', afterBytes, bytes: Math.ceil(3000 ** chance()) }),
    patienceMs: 2000,
  },
  { name: 'falls silent', fault: (afterBytes) => ({ kind: 'silence', afterBytes }), patienceMs: 1000 },
  {
    name: 'drips a byte now and then (slow loris)',
    fault: (afterBytes) => ({ kind: 'drip', afterBytes, everyMs: 20 }),
    patienceMs: 1000,
  },
  {
    name: 'lies about sizes',
    fault: (afterBytes, { chance }) => ({
      kind: 'sizes',
      afterBytes,
      change: (size) => [size + 1, Math.max(size - 1, 0), size * 1_000_000, 0][Math.floor(chance() * 4)] ?? 0,
    }),
    patienceMs: 2000,
  },
];

function wireFault(
  whose: string,
  start: Start,
  strike: Strike,
  times: Pick<Fault, 'short' | 'long' | 'missing'>,
): Fault {
  return {
    name: `${whose} ${strike.name}`,
    ...times,
    strike: async (scene) => {
      const { world, store, chance, at, folder } = scene;
      const { wire, source, open, bytes, expected } = await start(world);
      // Logins are short, so every other strike is an early one.
      const afterBytes = Math.floor(at % 2 === 0 ? chance() * bytes : chance() ** 2 * 3000);
      const here = open.mirrors === undefined ? open : { ...open, mirrors: join(folder, 'mirrors') };
      const { patienceMs } = strike;
      wire.set(strike.fault(afterBytes, scene));
      const { failed } = await ingestHere(store, source, {
        open: patienceMs === undefined ? here : { ...here, patienceMs },
      });
      wire.set({ kind: 'none' });
      return {
        seen: failed[0] ? wordsOf(failed[0].error) : 'done',
        source,
        open: here,
        ...(expected === undefined ? {} : { expected }),
      };
    },
  };
}

/** An error of ours that says it may be tried again; what the server said is left out. */
function wordsOf(error: PatchtrailError): string {
  assert.match(error.code, /^(?:source-unreadable|limit)/, error.message);
  assert.ok(!error.message.includes('fault of Patchtrail itself'), error.message);
  if (error.message.includes('too slow')) return 'given up as too slow';
  return error.code.startsWith('limit') ? 'refused as too long' : 'told as broken';
}

const mailTools = () => whyMissing('dovecot', 'openssl');
const webTools = () => whyMissing(...peerTools);

export const networkFaults: readonly Fault[] = [
  ...strikes.flatMap((strike) => [
    wireFault('a mail server', startMail, strike, { short: 2, long: 30, missing: mailTools }),
    wireFault('a list on the web', startArchive, strike, { short: 1, long: 12, missing: webTools }),
    wireFault('a feed on the web', startFeed, strike, { short: 1, long: 12, missing: webTools }),
    wireFault('a thread on the web', startThread, strike, { short: 1, long: 12, missing: webTools }),
  ]),
];
