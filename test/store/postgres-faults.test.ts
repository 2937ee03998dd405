/** What happens to a store in PostgreSQL when programs, connections or the way to it break. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import pg from 'pg';
import { StoreError } from '../../ingest/model/errors.ts';
import { openStore } from '../../ingest/store/open.ts';
import type { Store } from '../../ingest/store/store.ts';
import { growTmpfs, mountTmpfs, whyNoMount } from '../support/mounts.ts';
import { type PostgresServer, postgresOptions, startPostgres } from '../support/postgres.ts';
import { killWriter } from './kill-writer.ts';
import { letter, source } from './letters.ts';

describe('a store in PostgreSQL under faults', postgresOptions, () => {
  let server: PostgresServer;
  let made = 0;
  before(async () => {
    server = await startPostgres();
    await (await openStore(await server.makeDatabase('empty'))).close();
  });
  after(() => server.stop());

  const newStore = () => server.makeDatabase(`fault_${++made}`, 'empty');

  async function withStores(
    count: number,
    story: (location: string, first: Store, second: Store) => Promise<void>,
  ): Promise<void> {
    const location = await newStore();
    const first = await openStore(location);
    const second = count > 1 ? await openStore(location) : first;
    try {
      await story(location, first, second);
    } finally {
      await first.close();
      if (second !== first) await second.close();
    }
  }

  it('is whole after its writer was killed, whenever that was', async () => {
    for (const batches of [1, 4]) {
      const location = await newStore();
      await killWriter(location, batches);
      const store = await openStore(location);
      const [row] = await store.getSources();
      assert.equal((await store.info()).messages, row?.mails);
      assert.deepEqual(
        (await store.verify()).filter((finding) => !finding.includes('still wait')),
        [],
      );
      await store.close();
    }
  });

  it('takes back what was written on a connection that the server ended, and goes on', () =>
    withStores(1, async (location, store) => {
      await store.putMails([letter({ id: 'before' })], source({ cursor: '1' }), 1);
      const work = store.together(async () => {
        await store.putMails([letter({ id: 'lost' })], source({ cursor: '2' }), 2);
        await endConnections(location);
        await store.putMails([letter({ id: 'never' })], source({ cursor: '3' }), 3);
      });
      await assert.rejects(work, { code: 'store-busy' });
      assert.equal((await store.info()).messages, 1);
      assert.equal((await store.getSources())[0]?.cursor, '1');
      await store.putMails([letter({ id: 'after' })], source({ cursor: '2' }), 4);
      assert.equal((await store.info()).messages, 2);
    }));

  it('asks with no more connections than it may have, however many ask', async () => {
    const location = await newStore();
    const store = await openStore(location, { connectionsMost: 3 });
    await store.putMails([letter({ id: 'a' })], source(), 1);
    const answers = await Promise.all(Array.from({ length: 200 }, () => store.getEntries(['a'])));
    assert.ok(answers.every((entries) => entries.size === 1));
    const [row] = await tell(
      location,
      `SELECT count(*)::int AS count FROM pg_stat_activity
       WHERE application_name = 'patchtrail' AND datname = current_database()`,
    );
    assert.ok((row?.count ?? 99) <= 3, `${row?.count} connections`);
    await store.close();
  });

  it('says that a statement took longer than the server lets it, and goes on', () =>
    withStores(1, async (location, store) => {
      await store.putMails([letter({ id: 'a' })], source(), 1);
      await tell(location, `ALTER DATABASE ${nameOf(location)} SET statement_timeout = 1000`);
      const late = await openStore(location);
      const holder = new pg.Client(location);
      await holder.connect();
      await holder.query('BEGIN; LOCK TABLE message');
      await assert.rejects(late.getEntries(['a']), { code: 'store-busy' });
      await holder.end();
      assert.equal((await late.getEntries(['a'])).size, 1);
      await late.close();
    }));

  it('says that the disk is full, keeps no half of a batch, and goes on where there is room', async (t) => {
    const why = whyNoMount();
    if (why) return t.skip(why);
    const folder = mkdtempSync(join(tmpdir(), 'patchtrail-full-'));
    const unmount = mountTmpfs(folder, 'size=24m');
    t.after(() => {
      unmount();
      rmdirSync(folder);
    });
    server.own(folder);
    await server.tell(`CREATE TABLESPACE small LOCATION '${folder}'`);
    await server.tell('CREATE DATABASE full_disk TABLESPACE small');
    const store = await openStore(server.locate('full_disk'));
    t.after(() => store.close());
    const put = (batch: number) => {
      const mails = Array.from({ length: 20 }, (_, at) =>
        letter({ id: `${batch}-${at}`, body: randomBytes(20_000).toString('base64') }),
      );
      return store.putMails(mails, source({ cursor: String(batch), mails: batch * 20 }), batch);
    };
    let batch = 1;
    const failed = await (async () => {
      for (; ; batch++) await put(batch);
    })().catch((error: unknown) => error);
    assert.ok(failed instanceof StoreError && failed.code === 'store-full', String(failed));
    assert.equal((await store.info()).messages, (batch - 1) * 20);
    growTmpfs(folder, '200m');
    await put(batch);
    assert.equal((await store.info()).messages, batch * 20);
    assert.equal((await store.getSources())[0]?.cursor, String(batch));
  });

  it('begins anew with tables whose making was interrupted', async () => {
    const location = await server.makeDatabase(`fault_${++made}`);
    const holder = new pg.Client(location);
    await holder.connect();
    await holder.query('SELECT pg_advisory_lock(1347711596)');
    const opening = assert.rejects(openStore(location), { code: 'store-busy' });
    for (;;) {
      const waiting = await holder.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'`);
      if (waiting.rowCount) break;
    }
    await opening;
    await holder.end();
    const store = await openStore(location);
    assert.deepEqual(await store.verify(), []);
    await store.close();
  });

  it('lets one of two programs do what only one may do at once', () =>
    withStores(2, async (_location, first, second) => {
      const order: string[] = [];
      let end = () => undefined as unknown;
      const ended = new Promise((resolve) => {
        end = () => resolve(undefined);
      });
      const long = first.alone('derive', { isPatient: true }, async () => {
        order.push('first');
        await ended;
      });
      while (order.length === 0) await new Promise(setImmediate);
      assert.equal(await second.alone('derive', { isPatient: false }, async () => 'done'), undefined);
      assert.equal(await second.alone('another', { isPatient: false }, async () => 'done'), 'done');
      const waiting = second.alone('derive', { isPatient: true }, async () => {
        order.push('second');
      });
      end();
      await Promise.all([long, waiting]);
      assert.deepEqual(order, ['first', 'second']);
    }));

  it('takes back what a program wrote whose work another one has taken over', () =>
    withStores(2, async (location, late, other) => {
      const work = late.alone('derive', { isPatient: true }, async () => {
        await late.putMails([letter({ id: 'in time' })], source(), 1);
        await tell(location, 'UPDATE lease SET until_ms = 0');
        assert.equal(await other.alone('derive', { isPatient: false }, async () => 'mine'), 'mine');
        await late.putMails([letter({ id: 'too late' })], source(), 2);
      });
      await assert.rejects(work, { code: 'store-busy' });
      assert.deepEqual([...(await other.getEntries(['in time', 'too late'])).keys()], ['in time']);
    }));
});

function nameOf(location: string): string {
  return new URL(location).pathname.slice(1);
}

/** Ends all connections of the program to a database, as a restart of the server would. */
async function endConnections(location: string): Promise<void> {
  await tell(
    location,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE application_name = 'patchtrail' AND datname = current_database()`,
  );
}

async function tell(location: string, sql: string): Promise<Record<string, number>[]> {
  const client = new pg.Client(location);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
