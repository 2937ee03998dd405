/**
 * Pool: the connections of one store, each with our types and limits.
 */
import pg from 'pg';
import { decodeText } from './stored-text.ts';

/** Connections of one process: a server needs few, and PostgreSQL pays some MB for each. */
const connectionsMost = 10;
/** How long a connection may take to be made or to become free. */
const connectMs = 10_000;
/** A connection that is not used ends. */
const idleMs = 30_000;

const oids = { bytea: 17, int8: 20, text: 25, numeric: 1700, textArray: 1009, int8Array: 1016 } as const;

type Parse = (value: string) => unknown;

/** Text is decoded (./stored-text.ts), 64-bit numbers and sums are plain numbers. */
const parsers = new Map<number, Parse>([
  [oids.int8, Number],
  [oids.numeric, Number],
  [oids.text, decodeText],
]);

const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    parsers.get(oid) ?? pg.types.getTypeParser(oid, format as 'text'),
};

export interface PoolOptions {
  readonly isReadOnly: boolean;
  readonly connectionsMost?: number;
  /** How long any answer may take; without it PostgreSQL alone bounds it. */
  readonly patienceMs?: number;
}

/**
 * A pool that connects when it is first asked. That a connection ended is told by the call that uses it, and is no news
 * where none does: without a listener it would end the whole program.
 */
export function makePool(location: string, options: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: location,
    max: options.connectionsMost ?? connectionsMost,
    connectionTimeoutMillis: options.patienceMs ?? connectMs,
    idleTimeoutMillis: idleMs,
    ...(options.patienceMs ? { query_timeout: options.patienceMs } : {}),
    application_name: 'patchtrail',
    // Not as a start option: one in the location would take its place.
    ...(options.isReadOnly ? { onConnect: refuseWrites } : {}),
    types,
  });
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

async function refuseWrites(client: pg.ClientBase): Promise<void> {
  await client.query('SET default_transaction_read_only = on');
}
