/**
 * Statistics rows: time to the first review, rounds, load, response times and open points, counted in SQL.
 *
 * Everything is made of two sets: the series that the filter picks (`picked`) and the reviews that it picks (`given`).
 * Ranks come from window functions, which every engine of a store has.
 */

import type {
  Bucket,
  ListLoad,
  PeriodLoad,
  ReviewerLoad,
  ReviewWeek,
  Spread,
  Statistics,
  StatisticsFilter,
  WeekLoad,
} from '../model/statistics.ts';
import type { Dialect } from './dialect.ts';
import { all, count, get, type Steps, type StepValue } from './steps.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const responseBounds = [hourMs, 4 * hourMs, dayMs, 3 * dayMs, 7 * dayMs, 14 * dayMs, 30 * dayMs, 90 * dayMs];
const ageBounds = [dayMs, 7 * dayMs, 30 * dayMs, 90 * dayMs, 365 * dayMs];

/** Far outside every time, so that a filter always has two bounds. */
const everMs = 8.64e15;

export function* readStatistics(
  dialect: Dialect,
  filter: StatisticsFilter,
  nowMs: number,
  reviewers: number,
): Steps<Statistics> {
  const picked = pickedSql(dialect, filter);
  const given = givenSql(dialect, filter);
  const { lists } = filter;
  const names = lists === undefined ? [] : [dialect.many(lists)];
  return {
    series: yield* count(`WITH ${picked.text} SELECT count(*) AS count FROM picked`, ...picked.values),
    reviews: yield* count(`WITH ${given.text} SELECT count(*) AS count FROM given`, ...given.values),
    firstReview: yield* spread(picked, 'SELECT first_review_ms - first_ms AS span FROM picked'),
    untilTaken: yield* spread(picked, 'SELECT taken_ms - first_ms AS span FROM picked'),
    rounds: yield* all(
      `WITH ${picked.text} SELECT rounds, count(*) AS series FROM picked WHERE taken_ms IS NOT NULL
       GROUP BY rounds ORDER BY rounds`,
      ...picked.values,
    ),
    responses: yield* buckets(given, 'SELECT delay_ms AS span FROM given', responseBounds),
    openPoints: yield* buckets(
      { text: picked.text, values: [...picked.values, nowMs, ...names] },
      `SELECT ? - o.since_ms AS span FROM picked JOIN open_point o ON o.series_key = picked.series_key
       ${lists === undefined ? '' : `WHERE ${onListsSql(dialect, 'o.message_key')}`}`,
      ageBounds,
    ),
    reviewers: yield* readReviewers(given, reviewers),
    lists: yield* readLists(dialect, picked, given, names),
    months: yield* readMonths(dialect, picked, given),
    weeks: yield* readWeeks(dialect, filter),
    reviewWeeks: yield* readReviewWeeks(given),
  };
}

/** Common table expressions, and the values of their marks in order. */
interface Sql {
  readonly text: string;
  readonly values: readonly StepValue[];
}

/** Series that began in the span, by the person, on one of the lists; mails that are on none of them tell nothing. */
function pickedSql(dialect: Dialect, filter: StatisticsFilter): Sql {
  const { tests, values } = conditions(filter, 'a.first_ms', 'a.author_key');
  const { lists } = filter;
  const names = lists === undefined ? [] : [dialect.many(lists)];
  if (lists !== undefined) {
    tests.push(`a.series_key IN (SELECT sl.series_key FROM series_list sl JOIN list l ON l.list_key = sl.list_key
      WHERE l.name ${dialect.among})`);
  }
  const onLists = (column: string) => (lists === undefined ? '' : ` AND ${onListsSql(dialect, column)}`);
  const takenOnLists =
    lists === undefined ? '' : ` AND (a.taken_key IS NULL OR ${onListsSql(dialect, 'a.taken_key')})`;
  return {
    text: `picked AS (
      SELECT a.series_key, a.first_ms, a.rounds,
        CASE WHEN a.taken_ms IS NOT NULL${takenOnLists} THEN a.taken_ms END AS taken_ms,
        (SELECT min(r.at_ms) FROM review r WHERE r.series_key = a.series_key${onLists('r.message_key')})
          AS first_review_ms
      FROM series_activity a WHERE ${tests.join(' AND ')})`,
    values: [...names, ...names, ...values, ...names],
  };
}

/** Reviews that were given in the span, by the person, on one of the lists. */
function givenSql(dialect: Dialect, filter: StatisticsFilter): Sql {
  const { tests, values } = conditions(filter, 'r.at_ms', 'r.person_key');
  if (filter.lists !== undefined) {
    tests.push(onListsSql(dialect, 'r.message_key'));
    values.push(dialect.many(filter.lists));
  }
  return { text: `given AS (SELECT r.* FROM review r WHERE ${tests.join(' AND ')})`, values };
}

/** Names of lists are bound as one value. */
function onListsSql(dialect: Dialect, column: string): string {
  return `EXISTS (SELECT 1 FROM message_list ml JOIN list l ON l.list_key = ml.list_key
    WHERE ml.message_key = ${column} AND l.name ${dialect.among})`;
}

function conditions(
  { person, fromMs, toMs }: StatisticsFilter,
  time: string,
  who: string,
): { tests: string[]; values: StepValue[] } {
  const tests = [`${time} >= ?`, `${time} < ?`];
  const values: StepValue[] = [fromMs ?? -everMs, toMs ?? everMs];
  if (person !== undefined) {
    tests.push(`${who} = (SELECT person_key FROM person WHERE address = ?)`);
    values.push(person.toLowerCase());
  }
  return { tests, values };
}

/** Nearest ranks of the spans that `spans` gives; those that are null are left out. */
function* spread(sql: Sql, spans: string): Steps<Spread> {
  const rank = (share: number, name: string) =>
    `max(CASE WHEN place = (${share} * n + 99) / 100 THEN span END) AS "${name}"`;
  const row = yield* get<Spread>(
    `WITH ${sql.text}, ranked AS (
       SELECT span, row_number() OVER (ORDER BY span) AS place, count(*) OVER () AS n
       FROM (${spans}) s WHERE span IS NOT NULL)
     SELECT count(*) AS count, ${rank(25, 'p25Ms')}, ${rank(50, 'p50Ms')}, ${rank(75, 'p75Ms')}, ${rank(90, 'p90Ms')}
     FROM ranked`,
    ...sql.values,
  );
  return row ?? { count: 0, p25Ms: null, p50Ms: null, p75Ms: null, p90Ms: null };
}

function* buckets(sql: Sql, spans: string, bounds: readonly number[]): Steps<Bucket[]> {
  const cases = bounds.map((bound, at) => `WHEN span < ${bound} THEN ${at}`).join(' ');
  const rows = yield* all<{ bucket: number; count: number }>(
    `WITH ${sql.text} SELECT CASE ${cases} ELSE ${bounds.length} END AS bucket, count(*) AS count
     FROM (${spans}) s GROUP BY bucket`,
    ...sql.values,
  );
  const counts = new Map(rows.map(({ bucket, count }) => [bucket, count]));
  return [...bounds, null].map((belowMs, at) => ({ belowMs, count: counts.get(at) ?? 0 }));
}

/** The middle of each group: the rank that half of the group does not exceed. */
const isMiddle = 'place = (n + 1) / 2';

function* readReviewers(given: Sql, most: number): Steps<ReviewerLoad[]> {
  return yield* all<ReviewerLoad>(
    `WITH ${given.text}, ranked AS (
       SELECT person_key, series_key, delay_ms,
         row_number() OVER (PARTITION BY person_key ORDER BY delay_ms) AS place,
         count(*) OVER (PARTITION BY person_key) AS n FROM given)
     SELECT p.address, p.name, count(*) AS reviews, count(DISTINCT r.series_key) AS series,
       max(CASE WHEN ${isMiddle} THEN r.delay_ms END) AS "medianMs"
     FROM ranked r JOIN person p ON p.person_key = r.person_key
     GROUP BY p.address, p.name ORDER BY reviews DESC, p.address LIMIT ?`,
    ...given.values,
    most,
  );
}

function* readLists(
  dialect: Dialect,
  picked: Sql,
  given: Sql,
  names: readonly StepValue[],
): Steps<ListLoad[]> {
  return yield* all<ListLoad>(
    `WITH ${picked.text}, ${given.text}, ranked AS (
       SELECT sl.list_key, picked.taken_ms, picked.first_review_ms - picked.first_ms AS span,
         row_number() OVER (PARTITION BY sl.list_key
           ORDER BY CASE WHEN picked.first_review_ms IS NULL THEN 1 ELSE 0 END,
             picked.first_review_ms - picked.first_ms) AS place,
         count(picked.first_review_ms) OVER (PARTITION BY sl.list_key) AS n
       FROM picked JOIN series_list sl ON sl.series_key = picked.series_key),
     reviewed AS (
       SELECT sl.list_key, count(*) AS reviews FROM given JOIN series_list sl ON sl.series_key = given.series_key
       GROUP BY sl.list_key)
     SELECT l.name AS list, count(r.place) AS series, count(r.taken_ms) AS taken,
       coalesce(max(v.reviews), 0) AS reviews, max(CASE WHEN ${isMiddle} THEN r.span END) AS "medianMs"
     FROM list l LEFT JOIN ranked r ON r.list_key = l.list_key LEFT JOIN reviewed v ON v.list_key = l.list_key
     ${names.length > 0 ? `WHERE l.name ${dialect.among}` : ''}
     GROUP BY l.name HAVING count(r.place) > 0 OR max(v.reviews) > 0 ORDER BY l.name`,
    ...picked.values,
    ...given.values,
    ...names,
  );
}

function* readMonths(dialect: Dialect, picked: Sql, given: Sql): Steps<PeriodLoad[]> {
  const { month } = dialect;
  return yield* all<PeriodLoad>(
    `WITH ${picked.text}, ${given.text}, begun AS (
       SELECT ${month('first_ms')} AS month, taken_ms, first_review_ms, first_review_ms - first_ms AS span FROM picked),
     ranked AS (
       SELECT month, taken_ms, span, row_number() OVER (PARTITION BY month
           ORDER BY CASE WHEN span IS NULL THEN 1 ELSE 0 END, span) AS place,
         count(span) OVER (PARTITION BY month) AS n FROM begun),
     begun_months AS (
       SELECT month, count(*) AS series, count(taken_ms) AS taken, max(CASE WHEN ${isMiddle} THEN span END) AS median
       FROM ranked GROUP BY month),
     review_months AS (
       SELECT ${month('at_ms')} AS month, count(*) AS reviews FROM given GROUP BY ${month('at_ms')})
     SELECT all_months.month, coalesce(b.series, 0) AS series, coalesce(b.taken, 0) AS taken,
       coalesce(v.reviews, 0) AS reviews, b.median AS "medianMs"
     FROM (SELECT month FROM begun_months UNION SELECT month FROM review_months) all_months
     LEFT JOIN begun_months b ON b.month = all_months.month
     LEFT JOIN review_months v ON v.month = all_months.month ORDER BY all_months.month`,
    ...picked.values,
    ...given.values,
  );
}

/** 1970 began on a Thursday. */
const mondayMs = 3 * dayMs;
const weekMs = 7 * dayMs;
/** Ten years: more do not fit on a page. */
const mostWeeks = 520;

function* readWeeks(dialect: Dialect, filter: StatisticsFilter): Steps<WeekLoad[]> {
  const { tests, values } = conditions(filter, 'm.sort_ms', 'm.from_key');
  if (filter.lists !== undefined) {
    tests.push(onListsSql(dialect, 'm.message_key'));
    values.push(dialect.many(filter.lists));
  }
  const rows = yield* all<{ week: number; mails: number; patches: number }>(
    `SELECT (m.sort_ms + ${mondayMs}) / ${weekMs} AS week, count(*) AS mails, sum(m.is_posting) AS patches
     FROM message m WHERE ${tests.join(' AND ')} GROUP BY week ORDER BY week DESC LIMIT ?`,
    ...values,
    mostWeeks,
  );
  return rows.reverse().map(({ week, mails, patches }) => ({
    weekMs: week * weekMs - mondayMs,
    mails,
    patches: Number(patches),
  }));
}

/** Half a year and twenty people: a table that can be looked at. */
const reviewWeeksMost = 26;
const weekPeopleMost = 20;

function* readReviewWeeks(given: Sql): Steps<ReviewWeek[]> {
  const week = `(at_ms + ${mondayMs}) / ${weekMs}`;
  const rows = yield* all<{ address: string; name: string; week: number; reviews: number }>(
    `WITH ${given.text}, weekly AS (
       SELECT person_key, ${week} AS week, count(*) AS reviews FROM given GROUP BY person_key, ${week}),
     recent AS (
       SELECT * FROM weekly WHERE week > (SELECT max(week) FROM weekly) - ${reviewWeeksMost}),
     busy AS (
       SELECT person_key FROM recent GROUP BY person_key ORDER BY sum(reviews) DESC, person_key LIMIT ${weekPeopleMost})
     SELECT p.address, p.name, r.week, r.reviews
     FROM recent r JOIN busy b ON b.person_key = r.person_key JOIN person p ON p.person_key = r.person_key
     ORDER BY r.week, p.address`,
    ...given.values,
  );
  return rows.map(({ address, name, week: number, reviews }) => ({
    address,
    name,
    weekMs: Number(number) * weekMs - mondayMs,
    reviews: Number(reviews),
  }));
}
