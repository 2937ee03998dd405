/**
 * Bad wire: stands between us and a server on loopback, and does to what the server says whatever networks do.
 *
 * In: the server's port. Out: a port of its own, and a fault that may be set and healed at any time. Faults begin
 * after so many bytes of the answers, counted over all connections since the fault was set.
 */
import { connect, createServer, type Socket } from 'node:net';
import type { Ending } from './public-inbox.ts';

export type WireFault =
  | { readonly kind: 'none' }
  /** The connection is reset, and no new one lasts. */
  | { readonly kind: 'cut'; readonly afterBytes: number }
  /** The answer ends as if it were whole. */
  | { readonly kind: 'end'; readonly afterBytes: number }
  /** Some bytes never arrive. */
  | { readonly kind: 'lose'; readonly afterBytes: number; readonly bytes: number }
  /** Nothing more comes, and nobody says so. */
  | { readonly kind: 'silence'; readonly afterBytes: number }
  /** One byte now and then: enough that no timeout strikes that waits for any byte. */
  | { readonly kind: 'drip'; readonly afterBytes: number; readonly everyMs: number }
  /** Numbers that say how long something is are other ones. */
  | { readonly kind: 'sizes'; readonly afterBytes: number; readonly change: (size: number) => number };

export interface BadWire {
  readonly port: number;
  /** From now on; `none` heals it. */
  set(fault: WireFault): void;
  /** Breaks every connection that there is now. */
  breakAll(): void;
  /** How many connections were made so far. */
  connections(): number;
}

/** `{123}` before an IMAP literal, and two headers of HTTP. */
const sizePattern = /\{\d{1,12}\}|(?<=RFC822\.SIZE |content-length: )\d{1,12}/gi;

export async function startBadWire(t: Ending, target: number): Promise<BadWire> {
  let fault: WireFault = { kind: 'none' };
  let passed = 0;
  let made = 0;
  const pairs = new Set<readonly [Socket, Socket]>();
  const server = createServer((client) => {
    made++;
    const upstream = connect(target, '127.0.0.1');
    const pair = [client, upstream] as const;
    pairs.add(pair);
    const end = () => {
      for (const socket of pair) socket.destroy();
      pairs.delete(pair);
    };
    for (const socket of pair) socket.on('close', end).on('error', end);
    client.pipe(upstream);
    upstream.on('data', (bytes) => {
      const before = passed;
      passed += bytes.length;
      carry(bytes, before, fault, client, end);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const breakAll = () => {
    for (const [client] of pairs) client.resetAndDestroy();
  };
  t.after(() => {
    breakAll();
    server.close();
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    set(next) {
      fault = next;
      passed = 0;
      if (next.kind === 'none') breakAll();
    },
    breakAll,
    connections: () => made,
  };
}

function carry(bytes: Buffer, before: number, fault: WireFault, client: Socket, end: () => void): void {
  const good = fault.kind === 'none' ? bytes.length : Math.max(0, fault.afterBytes - before);
  if (good > 0) client.write(bytes.subarray(0, good));
  const rest = bytes.subarray(good);
  if (rest.length === 0) return;
  switch (fault.kind) {
    case 'cut':
      client.resetAndDestroy();
      end();
      return;
    case 'end':
      client.end();
      return;
    case 'lose': {
      const lost = Math.max(0, fault.afterBytes + fault.bytes - (before + good));
      client.write(rest.subarray(lost));
      return;
    }
    case 'drip':
      drip(rest, client, fault.everyMs);
      return;
    case 'sizes':
      client.write(
        Buffer.from(
          rest.toString('latin1').replace(sizePattern, (text) => changed(text, fault)),
          'latin1',
        ),
      );
      return;
    case 'silence':
    case 'none':
  }
}

function changed(text: string, fault: WireFault & { readonly kind: 'sizes' }): string {
  return text.replace(/\d+/, (digits) => String(fault.change(Number(digits))));
}

function drip(bytes: Buffer, client: Socket, everyMs: number): void {
  let at = 0;
  const timer = setInterval(() => {
    if (client.destroyed || at >= bytes.length) clearInterval(timer);
    else client.write(bytes.subarray(at, ++at));
  }, everyMs);
  timer.unref();
}
