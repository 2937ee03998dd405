/**
 * Tracker rows: numbers of messages, what was tracked when a mail came, marks and checks of patches, senders by number.
 */
import { makeConditionList } from './condition-list.ts';
import type { Connection } from './connection.ts';
import { findKeys, keySet, makeKey } from './keys.ts';
import type { MailToStore } from './store.ts';
import type { Counted, Order, PatchCheck, PatchMark, StoredCheck, Submitter, Window } from './tracker.ts';

/** Notes when a mail was first held, and under which name and hash trackers know it. */
export function trackMail(
  connection: Connection,
  messageKey: number,
  { patchName, patchHash }: Pick<MailToStore, 'patchName' | 'patchHash'>,
  nowMs: number,
): void {
  connection.run(
    `INSERT INTO tracked (message_key, held_ms, name, hash) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET name = excluded.name, hash = excluded.hash`,
    messageKey,
    nowMs,
    patchName ?? null,
    patchHash == null ? null : Buffer.from(patchHash, 'hex'),
  );
}

export function readIds(connection: Connection, numbers: readonly number[]): Map<number, string> {
  const rows = connection.all<{ message_key: number; id: string }>(
    'SELECT message_key, id FROM message_id WHERE message_key IN (SELECT value FROM json_each(?))',
    keySet(numbers),
  );
  return new Map(rows.map((row) => [row.message_key, row.id]));
}

export function readListNumbers(connection: Connection): Map<string, number> {
  const rows = connection.all<{ list_key: number; name: string }>(
    `SELECT list_key, name FROM list WHERE name <> '' ORDER BY list_key`,
  );
  return new Map(rows.map((row) => [row.name, row.list_key]));
}

export function writePatchMark(connection: Connection, messageId: string, mark: PatchMark): void {
  connection.run(
    `INSERT OR REPLACE INTO patch_mark (message_key, state, is_archived, delegate, commit_ref, pull_url)
     VALUES (?, ?, ?, ?, ?, ?)`,
    makeKey(connection, messageId),
    mark.state,
    Number(mark.isArchived),
    mark.delegate,
    mark.commitRef,
    mark.pullUrl,
  );
}

export function writeChecks(connection: Connection, checks: readonly PatchCheck[]): number[] {
  return checks.map(
    ({ message, context, state, description, url, at, by }) =>
      connection.run(
        `INSERT INTO patch_check (message_key, context, state, description, url, at_ms, by)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
        makeKey(connection, message),
        context,
        state,
        description,
        url,
        at,
        by,
      ).key,
  );
}

export function readChecks(connection: Connection, messageIds: readonly string[]): StoredCheck[] {
  return connection.all<StoredCheck>(
    `SELECT c.check_key AS number, i.id AS message, c.context, c.state, c.description, c.url, c.at_ms AS at, c.by
     FROM patch_check c JOIN message_id i USING (message_key)
     WHERE c.message_key IN (SELECT value FROM json_each(?)) ORDER BY c.check_key`,
    keySet(findKeys(connection, messageIds).values()),
  );
}

const submitterOrders = { id: 'p.person_key', name: 'lower(p.name)', email: 'p.address' } as const;

export function listSubmitters(
  connection: Connection,
  filter: {
    readonly words?: readonly string[];
    readonly numbers?: readonly number[];
    readonly addresses?: readonly string[];
    readonly lists?: readonly string[];
  },
  order: Order<keyof typeof submitterOrders>,
  window: Window,
): Counted<Submitter> {
  const { conditions, values, add } = makeConditionList();
  add('p.messages > 0');
  for (const word of filter.words ?? []) {
    add('(instr(lower(p.name), ?) > 0 OR instr(p.address, ?) > 0)', word.toLowerCase(), word.toLowerCase());
  }
  if (filter.numbers) add('p.person_key IN (SELECT value FROM json_each(?))', keySet(filter.numbers));
  if (filter.addresses) {
    const addresses = filter.addresses.map((address) => address.toLowerCase());
    add('p.address IN (SELECT value FROM json_each(?))', JSON.stringify(addresses));
  }
  if (filter.lists) {
    add(
      `EXISTS (SELECT 1 FROM message m JOIN message_list l USING (message_key) JOIN list USING (list_key)
         WHERE m.from_key = p.person_key AND list.name IN (SELECT value FROM json_each(?)))`,
      JSON.stringify(filter.lists),
    );
  }
  const from = `FROM person p WHERE ${conditions.join(' AND ')}`;
  const { count } = connection.get<{ count: number }>(`SELECT count(*) AS count ${from}`, ...values) ?? {
    count: 0,
  };
  const direction = order.isDescending ? 'DESC' : 'ASC';
  const items = connection.all<Submitter>(
    `SELECT p.person_key AS number, p.name, p.address ${from}
     ORDER BY ${submitterOrders[order.by]} ${direction}, p.person_key ${direction} LIMIT ? OFFSET ?`,
    ...values,
    window.limit,
    window.offset,
  );
  return { items, count };
}
