/**
 * Link rows: placements, revisions, series and what they give to statistics, written for batches. Reading them:
 * ../link-rows.ts, ../series-rows.ts
 */
import { activityValues } from '../activity-rows.ts';
import type { Links } from '../link-rows.ts';
import { packedBytes, packJson } from '../packed-json.ts';
import { seriesValues } from '../series-rows.ts';
import type { SeriesActivity, SeriesRow } from '../store.ts';
import { insertRows, replaceRows } from './bulk.ts';
import { keyIn, makeKeys, makeListKeys, makePersonKeys } from './keys.ts';
import type { Session } from './session.ts';

const keysOf = '(SELECT message_key FROM message_id WHERE id = ANY(?))';

export async function writeLinks(session: Session, { revisions, placements, gone }: Links): Promise<void> {
  if (gone.length > 0) await session.all(`DELETE FROM revision WHERE revision_key IN ${keysOf}`, gone);
  const keys = await makeKeys(session, [
    ...revisions.flatMap(({ id, series }) => [id, series]),
    ...placements.flatMap(({ messageId, revision, series, lineage, previous }) =>
      [messageId, revision, series, lineage, previous].filter((id) => id !== null),
    ),
  ]);
  await replaceRows(
    session,
    'revision',
    ['revision_key'],
    { revision_key: 'bigint', series_key: 'bigint', sent_ms: 'bigint', data: 'bytea' },
    revisions.map(({ id, series, ...rest }) => ({
      revision_key: keyIn(keys, id),
      series_key: keyIn(keys, series),
      sent_ms: rest.sentMs,
      data: packedBytes(packJson(rest)),
    })),
  );
  const keyOf = (id: string | null) => (id === null ? null : keyIn(keys, id));
  const columns = {
    ...({
      message_key: 'bigint',
      revision_key: 'bigint',
      series_key: 'bigint',
      lineage_key: 'bigint',
    } as const),
    ...({
      version: 'integer',
      position: 'integer',
      total: 'integer',
      previous_key: 'bigint',
      data: 'bytea',
    } as const),
  };
  const rows = placements.map(({ messageId, revision, series, lineage, previous, link, ...rest }) => ({
    message_key: keyIn(keys, messageId),
    revision_key: keyIn(keys, revision),
    series_key: keyIn(keys, series),
    lineage_key: keyOf(lineage),
    previous_key: keyOf(previous),
    data: link === null ? null : packedBytes(packJson(link)),
    version: rest.version,
    position: rest.position,
    total: rest.total,
  }));
  await replaceRows(session, 'placement', ['message_key'], columns, rows);
}

export async function writeSeries(
  session: Session,
  rows: readonly SeriesRow[],
  gone: readonly string[],
  nowMs: number,
): Promise<void> {
  await session.all(`DELETE FROM series_list WHERE series_key IN ${keysOf}`, gone);
  const removed = await session.all<{ id: string }>(
    `DELETE FROM series s USING message_id i WHERE i.message_key = s.series_key AND i.id = ANY(?) RETURNING i.id`,
    gone,
  );
  const keys = await makeKeys(
    session,
    rows.flatMap(({ id, latestRevision }) => [id, latestRevision]),
  );
  await replaceRows(
    session,
    'series',
    ['series_key'],
    seriesColumns,
    rows.map((row) => seriesRow(row, keys)),
  );
  await writeSeriesLists(session, rows, keys);
  for (const id of [...removed.map((row) => row.id), ...rows.map((row) => row.id)]) {
    session.events.push({ atMs: nowMs, kind: 'series', subject: id });
  }
}

const seriesColumns = {
  ...({ series_key: 'bigint', title: 'text', title_words: 'text', author_address: 'text' } as const),
  ...({ author_name: 'text', first_ms: 'bigint', last_ms: 'bigint', latest_revision_key: 'bigint' } as const),
  ...({ version: 'integer', total: 'integer', is_rfc: 'smallint', state: 'text', turn: 'text' } as const),
  ...({ waiting_person: 'text', waiting_since_ms: 'bigint', waiting_why: 'text' } as const),
  ...({
    open_points: 'integer',
    acked: 'integer',
    reviewed: 'integer',
    tested: 'integer',
    data: 'bytea',
  } as const),
};

function seriesRow(row: SeriesRow, keys: ReadonlyMap<string, number>) {
  const values = seriesValues(row, (id) => keyIn(keys, id));
  return { ...values, data: packedBytes(values.data) };
}

async function writeSeriesLists(
  session: Session,
  rows: readonly SeriesRow[],
  keys: ReadonlyMap<string, number>,
): Promise<void> {
  await session.all(
    'DELETE FROM series_list WHERE series_key = ANY(?)',
    rows.map(({ id }) => keyIn(keys, id)),
  );
  const lists = await makeListKeys(
    session,
    rows.flatMap((row) => row.lists),
  );
  await insertRows(
    session,
    'series_list',
    { list_key: 'bigint', series_key: 'bigint' },
    rows.flatMap((row) =>
      row.lists.map((list) => ({ list_key: keyIn(lists, list), series_key: keyIn(keys, row.id) })),
    ),
    'ON CONFLICT (list_key, series_key) DO NOTHING',
  );
}

export async function writeActivity(
  session: Session,
  rows: readonly SeriesActivity[],
  gone: readonly string[],
): Promise<void> {
  for (const table of ['series_activity', 'review', 'open_point', 'series_role']) {
    await session.all(`DELETE FROM ${table} WHERE series_key IN ${keysOf}`, [
      ...gone,
      ...rows.map((row) => row.series),
    ]);
  }
  const keys = await makeKeys(
    session,
    rows.flatMap(({ series, taken, reviews, openPoints }) => [
      series,
      // What a git tree shows needs no mail.
      ...(taken && taken.messageId !== '' ? [taken.messageId] : []),
      ...[...reviews, ...openPoints].map(({ messageId }) => messageId),
    ]),
  );
  const people = await makePersonKeys(
    session,
    rows.flatMap(({ author, reviews, roles }) => [
      author,
      ...reviews.map(({ person }) => person),
      ...roles.map(({ person }) => person.address),
    ]),
  );
  await insertActivity(session, rows, keys, people);
}

async function insertActivity(
  session: Session,
  rows: readonly SeriesActivity[],
  keys: ReadonlyMap<string, number>,
  people: ReadonlyMap<string, number>,
): Promise<void> {
  const keyOf = (row: SeriesActivity) => keyIn(keys, row.series);
  await insertRows(
    session,
    'series_activity',
    {
      ...({ series_key: 'bigint', author_key: 'bigint', first_ms: 'bigint', rounds: 'integer' } as const),
      ...({ taken_ms: 'bigint', taken_key: 'bigint' } as const),
    },
    rows.map((row) => ({
      ...activityValues(row, (id) => keyIn(keys, id)),
      author_key: keyIn(people, row.author),
    })),
  );
  await insertRows(
    session,
    'review',
    {
      series_key: 'bigint',
      message_key: 'bigint',
      person_key: 'bigint',
      at_ms: 'bigint',
      delay_ms: 'bigint',
    },
    rows.flatMap((row) =>
      row.reviews.map(({ messageId, person, atMs, delayMs }) => ({
        ...{ series_key: keyOf(row), message_key: keyIn(keys, messageId), person_key: keyIn(people, person) },
        ...{ at_ms: atMs, delay_ms: delayMs },
      })),
    ),
  );
  await insertRows(
    session,
    'series_role',
    { series_key: 'bigint', person_key: 'bigint', role: 'text' },
    rows.flatMap((row) =>
      row.roles.map(({ role, person }) => ({
        series_key: keyOf(row),
        person_key: keyIn(people, person.address),
        role,
      })),
    ),
    'ON CONFLICT (person_key, role, series_key) DO NOTHING',
  );
  await insertRows(
    session,
    'open_point',
    { series_key: 'bigint', place: 'integer', message_key: 'bigint', since_ms: 'bigint' },
    rows.flatMap((row) =>
      row.openPoints.map(({ messageId, atMs }, place) => ({
        ...{ series_key: keyOf(row), place, message_key: keyIn(keys, messageId), since_ms: atMs },
      })),
    ),
  );
}
