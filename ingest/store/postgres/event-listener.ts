/**
 * Event listener: one connection on which PostgreSQL tells of new events (./event-rows.ts).
 *
 * What is told is only the newest number: the table has them. A connection that breaks is made again, and then what came
 * meanwhile is told of; one that hangs tells nothing, so whoever listens still has to ask from time to time.
 */
import pg from 'pg';
import { eventChannel } from './event-rows.ts';

/** Until a lost connection is made again. */
const retryMs = 1000;

export type Wake = (newest: number) => void;

export class EventListener {
  readonly #location: string;
  readonly #wakes = new Set<Wake>();
  #client: pg.Client | null = null;
  #retry: NodeJS.Timeout | null = null;

  constructor(location: string) {
    this.#location = location;
  }

  /** Calls with the newest number after each commit that told of something, until the returned function is called. */
  watch(wake: Wake): () => void {
    // Two that give the same function are two.
    const own: Wake = (newest) => wake(newest);
    this.#wakes.add(own);
    if (!this.#client && !this.#retry) this.#connect();
    return () => {
      this.#wakes.delete(own);
      if (this.#wakes.size === 0) void this.close();
    };
  }

  async close(): Promise<void> {
    if (this.#retry) clearTimeout(this.#retry);
    this.#retry = null;
    const client = this.#client;
    this.#client = null;
    await client?.end().catch(() => undefined);
  }

  #connect(): void {
    const client = new pg.Client({
      connectionString: this.#location,
      application_name: 'patchtrail events',
      keepAlive: true,
    });
    this.#client = client;
    client.on('notification', ({ payload }) => this.#tell(Number(payload)));
    client.on('error', () => this.#lose(client));
    client.on('end', () => this.#lose(client));
    this.#listen(client).catch(() => this.#lose(client));
  }

  async #listen(client: pg.Client): Promise<void> {
    await client.connect();
    await client.query(`LISTEN ${eventChannel}`);
    // What was committed before is not told of.
    const { rows } = await client.query<{ newest: number }>(
      'SELECT coalesce(max(sequence), 0)::float8 AS newest FROM event',
    );
    this.#tell(rows[0]?.newest ?? 0);
  }

  #tell(newest: number): void {
    for (const wake of this.#wakes) wake(newest);
  }

  #lose(client: pg.Client): void {
    if (this.#client !== client) return;
    this.#client = null;
    void client.end().catch(() => undefined);
    this.#retry = setTimeout(() => {
      this.#retry = null;
      this.#connect();
    }, retryMs).unref();
  }
}
