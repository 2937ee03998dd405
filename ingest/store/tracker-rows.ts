/**
 * Tracker rows: numbers of messages, what was tracked when a mail came, marks and checks of patches, senders by number.
 */
import { makeConditionList } from './condition-list.ts';
import type { Connection } from './connection.ts';
import type { Dialect } from './dialect.ts';
import { findKeysOf, keyOf } from './key-steps.ts';
import { all, count, get, type Steps } from './steps.ts';
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
     ON CONFLICT (message_key) DO UPDATE SET name = excluded.name, hash = excluded.hash`,
    messageKey,
    nowMs,
    patchName ?? null,
    patchHash == null ? null : Buffer.from(patchHash, 'hex'),
  );
}

export function* readIds(dialect: Dialect, numbers: readonly number[]): Steps<Map<number, string>> {
  const rows = yield* all<{ message_key: number; id: string }>(
    `SELECT message_key, id FROM message_id WHERE message_key ${dialect.among}`,
    dialect.many(numbers),
  );
  return new Map(rows.map((row) => [row.message_key, row.id]));
}

export function* readListNumbers(): Steps<Map<string, number>> {
  const rows = yield* all<{ list_key: number; name: string }>(
    `SELECT list_key, name FROM list WHERE name <> '' ORDER BY list_key`,
  );
  return new Map(rows.map((row) => [row.name, row.list_key]));
}

export function* writePatchMark(messageId: string, mark: PatchMark): Steps<void> {
  yield* all(
    `INSERT INTO patch_mark (message_key, state, is_archived, delegate, commit_ref, pull_url)
     VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (message_key) DO UPDATE SET state = excluded.state, is_archived = excluded.is_archived,
       delegate = excluded.delegate, commit_ref = excluded.commit_ref, pull_url = excluded.pull_url`,
    yield* keyOf(messageId),
    mark.state,
    Number(mark.isArchived),
    mark.delegate,
    mark.commitRef,
    mark.pullUrl,
  );
}

interface MarkRow {
  id: string;
  state: string | null;
  is_archived: number;
  delegate: number | null;
  commit_ref: string | null;
  pull_url: string | null;
}

export function* readPatchMarks(
  dialect: Dialect,
  messageIds: readonly string[],
): Steps<Map<string, PatchMark>> {
  const rows = yield* all<MarkRow>(
    `SELECT i.id, k.state, k.is_archived, k.delegate, k.commit_ref, k.pull_url
     FROM patch_mark k JOIN message_id i USING (message_key) WHERE k.message_key ${dialect.among}`,
    dialect.many((yield* findKeysOf(dialect, messageIds)).values()),
  );
  return new Map(
    rows.map(({ id, state, is_archived, delegate, commit_ref, pull_url }) => [
      id,
      { state, isArchived: is_archived === 1, delegate, commitRef: commit_ref, pullUrl: pull_url },
    ]),
  );
}

export function* writeChecks(checks: readonly PatchCheck[]): Steps<number[]> {
  const numbers: number[] = [];
  for (const { message, context, state, description, url, at, by } of checks) {
    const made = yield* get<{ number: number }>(
      `INSERT INTO patch_check (message_key, context, state, description, url, at_ms, by)
       VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING check_key AS number`,
      yield* keyOf(message),
      context,
      state,
      description,
      url,
      at,
      by,
    );
    numbers.push(made?.number ?? 0);
  }
  return numbers;
}

export function* readChecks(dialect: Dialect, messageIds: readonly string[]): Steps<StoredCheck[]> {
  return yield* all<StoredCheck>(
    `SELECT c.check_key AS number, i.id AS message, c.context, c.state, c.description, c.url, c.at_ms AS at, c.by
     FROM patch_check c JOIN message_id i USING (message_key)
     WHERE c.message_key ${dialect.among} ORDER BY c.check_key`,
    dialect.many((yield* findKeysOf(dialect, messageIds)).values()),
  );
}

const submitterOrders = { id: 'p.person_key', name: 'lower(p.name)', email: 'p.address' } as const;

export function* listSubmitters(
  dialect: Dialect,
  filter: {
    readonly words?: readonly string[];
    readonly numbers?: readonly number[];
    readonly addresses?: readonly string[];
    readonly lists?: readonly string[];
  },
  order: Order<keyof typeof submitterOrders>,
  window: Window,
): Steps<Counted<Submitter>> {
  const { conditions, values, add } = makeConditionList();
  add('p.messages > 0');
  for (const word of filter.words ?? []) {
    const has = (text: string) => `${dialect.position}(${text}, ?) > 0`;
    add(`(${has('lower(p.name)')} OR ${has('p.address')})`, word.toLowerCase(), word.toLowerCase());
  }
  if (filter.numbers) add(`p.person_key ${dialect.among}`, dialect.many(filter.numbers));
  if (filter.addresses) {
    const addresses = filter.addresses.map((address) => address.toLowerCase());
    add(`p.address ${dialect.among}`, dialect.many(addresses));
  }
  if (filter.lists) {
    add(
      `EXISTS (SELECT 1 FROM message m JOIN message_list l USING (message_key) JOIN list USING (list_key)
         WHERE m.from_key = p.person_key AND list.name ${dialect.among})`,
      dialect.many(filter.lists),
    );
  }
  const from = `FROM person p WHERE ${conditions.join(' AND ')}`;
  const whole = yield* count(`SELECT count(*) AS count ${from}`, ...values);
  const direction = order.isDescending ? 'DESC' : 'ASC';
  const items = yield* all<Submitter>(
    `SELECT p.person_key AS number, p.name, p.address ${from}
     ORDER BY ${submitterOrders[order.by]} ${direction}, p.person_key ${direction} LIMIT ? OFFSET ?`,
    ...values,
    window.limit,
    window.offset,
  );
  return { items, count: whole };
}
