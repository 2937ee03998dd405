/**
 * Bulk: many rows written by one statement, as one array a column.
 */
import type { Session, Value } from './session.ts';

/** `numbers` are lists of numbers, joined by blanks; `lexemes` are words, joined by blanks. */
type ColumnType = 'bigint' | 'integer' | 'smallint' | 'text' | 'bytea' | 'numbers' | 'lexemes';

type Columns<Name extends string> = Readonly<Record<Name, ColumnType>>;

/** Inserts rows; `conflict` is what stands behind, such as `ON CONFLICT DO NOTHING`. */
export async function insertRows<Name extends string>(
  session: Session,
  table: string,
  columns: Columns<Name>,
  rows: readonly Readonly<Record<Name, Value>>[],
  conflict = '',
): Promise<void> {
  if (rows.length === 0) return;
  const names = Object.keys(columns) as Name[];
  const arrays = names.map((name) => `?::${isJoined(columns[name]) ? 'text' : columns[name]}[]`);
  await session.all(
    `INSERT INTO ${table} (${names.join(', ')})
     SELECT ${names.map((name) => selected(name, columns[name])).join(', ')}
     FROM unnest(${arrays.join(', ')}) AS given (${names.join(', ')}) ${conflict}`,
    ...names.map((name) => rows.map((row) => row[name])),
  );
}

/** Writes rows over those that have the same keys. Of several given with one key the last counts. */
export async function replaceRows<Name extends string>(
  session: Session,
  table: string,
  keys: readonly NoInfer<Name>[],
  columns: Columns<Name>,
  rows: readonly Readonly<Record<Name, Value>>[],
): Promise<void> {
  const last = new Map(rows.map((row) => [keys.map((key) => row[key]).join('\n'), row]));
  const others = (Object.keys(columns) as Name[]).filter((name) => !keys.includes(name));
  const conflict = `ON CONFLICT (${keys.join(', ')}) DO UPDATE
    SET ${others.map((name) => `${name} = excluded.${name}`).join(', ')}`;
  await insertRows(session, table, columns, [...last.values()], conflict);
}

function isJoined(type: ColumnType): boolean {
  return type === 'numbers' || type === 'lexemes';
}

function selected(name: string, type: ColumnType): string {
  if (type === 'numbers') return `string_to_array(${name}, ' ')::bigint[]`;
  if (type === 'lexemes') return `array_to_tsvector(string_to_array(${name}, ' '))`;
  return name;
}
