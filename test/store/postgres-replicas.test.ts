/** Servers that follow the one with the store: what is read from them, and what becomes of it when one of them breaks. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { symlinkSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { openStore } from '../../ingest/store/open.ts';
import { PostgresStore } from '../../ingest/store/postgres/postgres.ts';
import type { Store } from '../../ingest/store/store.ts';
import { makeFolder } from '../support/folders.ts';
import {
  locationIn,
  type PostgresServer,
  postgresOptions,
  type ReplicaServer,
  startPostgres,
  startReplica,
} from '../support/postgres.ts';
import { letter, source } from './letters.ts';

const times = { askMs: 20, patienceMs: 300, behindMs: 60_000 };

describe('a store in PostgreSQL with a replica', postgresOptions, () => {
  let primary: PostgresServer;
  let replica: ReplicaServer;
  before(async () => {
    primary = await startPostgres();
    await (await openStore(await primary.makeDatabase('followed'))).close();
    replica = await startReplica(primary, 'replica');
  });
  after(() => {
    replica.stop();
    primary.stop();
  });

  /** A store that reads from the replica, beside one of another program. */
  async function withStores(story: (store: Store, other: Store) => Promise<void>): Promise<void> {
    const location = primary.locate('followed');
    const replicas = [replica.locate('followed')];
    const store = await PostgresStore.open(location, { replicas, replicaTimes: times });
    const other = await openStore(location);
    try {
      await story(store, other);
    } finally {
      await store.close();
      await other.close();
    }
  }

  const holds = async (store: Store, id: string) => (await store.getEntries([id])).size === 1;

  /**
   * Lets the replica stand still; gives a mail that another program wrote since, so that who reads from the replica does
   * not see it. The store must have seen before that the replica holds what it needs, which may take several rounds.
   */
  async function standStill(store: Store, other: Store): Promise<string> {
    for (let round = 1; round <= 200; round++) {
      await replica.tell('SELECT pg_wal_replay_resume()');
      await setTimeout(5 * times.askMs);
      await replica.tell('SELECT pg_wal_replay_pause()');
      const id = `theirs-${++made}`;
      await other.putMails([letter({ id })], source({ cursor: id }), made);
      if (!(await holds(store, id))) return id;
    }
    return assert.fail('the replica was never read from');
  }

  it('reads from it, and never less than what was written through the same program', () =>
    withStores(async (store, other) => {
      await store.putMails([letter({ id: 'before' })], source({ cursor: '1' }), 1);
      const unseen = await standStill(store, other);
      const mark = await store.changeMark();
      await store.putMails([letter({ id: 'mine' })], source({ cursor: '3' }), 3);
      assert.ok(await holds(store, 'mine'));
      assert.ok(await holds(store, unseen));
      assert.notEqual(await store.changeMark(), mark);
      await replica.tell('SELECT pg_wal_replay_resume()');
      assert.ok(await holds(store, 'mine'));
    }));

  it('shows whoever changed something through another program what he made', () =>
    withStores(async (store, other) => {
      const unseen = await standStill(store, other);
      assert.equal(await holds(store, unseen), false);
      const changes = await other.countChanges();
      assert.equal(await store.seeing(changes, () => holds(store, unseen)), true);
      assert.notEqual(await store.seeing(changes, () => store.changeMark()), await store.changeMark());
      await replica.tell('SELECT pg_wal_replay_resume()');
    }));

  it('derives from what the primary holds', () =>
    withStores(async (store, other) => {
      const unseen = await standStill(store, other);
      const seen = await store.alone('derive', { isPatient: true }, () => holds(store, unseen));
      assert.equal(seen, true);
      await replica.tell('SELECT pg_wal_replay_resume()');
    }));

  it('answers from the primary while the replica hangs', () =>
    withStores(async (store, other) => {
      await other.putMails([letter({ id: 'held' })], source({ cursor: '5' }), 5);
      signal(replica, 'STOP');
      try {
        for (let asked = 0; asked < 5; asked++) assert.ok(await holds(store, 'held'));
        const query = { op: 'all' } as const;
        assert.ok((await store.search(query, 'newest', { limit: 3 })).items.length > 0);
      } finally {
        signal(replica, 'CONT');
      }
    }));
});

describe('a store in PostgreSQL whose primary is lost', postgresOptions, () => {
  it('goes on with the promoted replica: nothing acknowledged is lost, nothing is there twice', async (t) => {
    const primary = await startPostgres(["synchronous_standby_names='heir'"]);
    // Until somebody follows, nobody can acknowledge anything.
    await primary.tell("ALTER SYSTEM SET synchronous_commit = 'local'");
    await primary.tell('SELECT pg_reload_conf()');
    const heir = await startReplica(primary, 'heir');
    t.after(() => heir.stop());
    await primary.tell("ALTER SYSTEM SET synchronous_commit = 'on'");
    await primary.tell('SELECT pg_reload_conf()');
    await primary.makeDatabase('lost');
    // What a name in DNS or an address that moves is elsewhere.
    const address = join(makeFolder(t), 'address');
    symlinkSync(primary.folder, address);
    const store = await openStore(locationIn(address, 'lost'));
    t.after(() => store.close());
    let acknowledged = 0;
    const put = async (number: number) => {
      const mails = [letter({ id: `m${number}` })];
      await store.putMails(mails, source({ cursor: String(number), mails: number }), number);
      acknowledged = number;
    };
    for (let number = 1; number <= 5; number++) await put(number);
    signal(primary, 'KILL');
    const failed = await put(6).catch((error: unknown) => error);
    assert.ok(
      failed instanceof Error && 'code' in failed && String(failed.code).startsWith('store-'),
      String(failed),
    );
    heir.promote();
    unlinkSync(address);
    symlinkSync(heir.folder, address);
    const [row] = await store.getSources();
    assert.equal(Number(row?.cursor) >= acknowledged, true);
    for (let number = Number(row?.cursor) + 1; number <= 8; number++) await put(number);
    assert.equal((await store.info()).messages, 8);
    assert.deepEqual(
      (await store.verify()).filter((finding) => !finding.includes('still wait')),
      [],
    );
    primary.stop();
  });
});

let made = 0;

/** To a server and all of its processes. */
function signal({ pid }: PostgresServer, name: 'STOP' | 'CONT' | 'KILL'): void {
  const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' });
  for (const one of [pid, ...children.split(/\s+/).filter(Boolean).map(Number)]) {
    try {
      process.kill(one, `SIG${name}`);
    } catch {
      // It ended meanwhile, which is what was wanted.
    }
  }
}
