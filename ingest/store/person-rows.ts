/**
 * Person rows: people as senders, with counts that are made anew for whoever a batch touched.
 */
import type { Connection } from './connection.ts';
import { type Dialect, sqliteDialect } from './dialect.ts';
import { makePage, pageLimit, readPosition } from './page-cursor.ts';
import { all, get, type Steps } from './steps.ts';
import type { Page, PageRequest, PersonRow } from './store.ts';

/** Counts the mails of these people again. The name is that of their newest mail that has one. */
export function refreshPeople(connection: Connection, people: Iterable<number>): void {
  connection.steps(countMails(sqliteDialect, people));
}

/** The same, on any engine. */
export function* countMails(dialect: Dialect, people: Iterable<number>): Steps<void> {
  yield* all(
    `UPDATE person SET (messages, postings, first_ms, last_ms) = (
       SELECT count(*), coalesce(sum(is_posting), 0), coalesce(min(sort_ms), 0), coalesce(max(sort_ms), 0)
       FROM message WHERE from_key = person_key),
       name = coalesce((SELECT from_name FROM message WHERE from_key = person_key AND from_name <> ''
         ORDER BY search_key DESC LIMIT 1), '')
     WHERE person_key ${dialect.among}`,
    dialect.many(people),
  );
}

interface Row extends Omit<PersonRow, 'series' | 'trailersGiven'> {
  series: number;
  trailersGiven: number;
}

const columns = `p.address, p.name, p.messages, p.postings, p.first_ms AS "firstMs", p.last_ms AS "lastMs",
  (SELECT count(*) FROM series s WHERE s.author_address = p.address) AS series,
  (SELECT count(*) FROM given_trailer g WHERE g.address = p.address) AS "trailersGiven"`;

export function* readPerson(address: string): Steps<PersonRow | undefined> {
  return yield* get<Row>(
    `SELECT ${columns} FROM person p WHERE p.address = ? AND p.messages > 0`,
    address.toLowerCase(),
  );
}

/** Those who sent most first; with a text, those whose name or address contains it. */
export function* listPeople(
  dialect: Dialect,
  filter: { readonly text?: string },
  page: PageRequest,
): Steps<Page<PersonRow>> {
  const limit = pageLimit(page);
  const [messages, address] = readPosition(page, ['number', 'string']) ?? [Number.MAX_SAFE_INTEGER, ''];
  const text = (filter.text ?? '').toLowerCase();
  const rows = yield* all<Row>(
    `SELECT ${columns} FROM person p
     WHERE p.messages > 0 AND (${dialect.position}(p.address, ?) > 0 OR ${dialect.position}(lower(p.name), ?) > 0)
       AND (-p.messages, p.address) > (?, ?)
     ORDER BY p.messages DESC, p.address LIMIT ?`,
    text,
    text,
    -Number(messages),
    String(address),
    limit + 1,
  );
  return makePage(
    rows,
    limit,
    (row) => [row.messages, row.address],
    (row) => row,
  );
}

/** Counts of what these people sent to some lists; those who sent nothing there are left out. */
export function* countPeople(
  dialect: Dialect,
  people: readonly PersonRow[],
  lists: readonly string[],
): Steps<PersonRow[]> {
  const open = dialect.many(lists);
  const onLists = (key: string) => `${key} IN (SELECT message_key FROM message_list JOIN list USING (list_key)
     WHERE name ${dialect.among})`;
  const counted: PersonRow[] = [];
  for (const person of people) {
    const { address } = person;
    const counts = yield* get<Omit<PersonRow, 'address' | 'name'>>(
      `SELECT count(*) AS messages, coalesce(sum(is_posting), 0) AS postings, min(sort_ms) AS "firstMs",
         max(sort_ms) AS "lastMs",
         (SELECT count(*) FROM series s WHERE s.author_address = ? AND EXISTS (SELECT 1 FROM placement pl
            WHERE pl.series_key = s.series_key AND ${onLists('pl.message_key')})) AS series,
         (SELECT count(*) FROM given_trailer g WHERE g.address = ? AND ${onLists('g.owner_key')}) AS "trailersGiven"
       FROM message WHERE from_key = (SELECT person_key FROM person WHERE address = ?) AND ${onLists('message_key')}`,
      ...[address, open, address, open, address, open],
    );
    if (counts && counts.messages > 0) counted.push({ ...person, ...counts });
  }
  return counted;
}
