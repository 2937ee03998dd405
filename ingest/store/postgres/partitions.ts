/**
 * Partitions: the parts of the tables that grow with the mail, made when the first row for one comes.
 *
 * Bytes are parted by arrival, so that old parts are never written again and can lie on slower disks; index text by
 * sending time, so that a search for the newest reads the newest parts only. Dates before 1990 and behind 2060, most of
 * them forged, share one part each.
 */
import { firstSearchKey } from '../search-key.ts';
import type { Session } from './session.ts';

/** Blocks of one part: some 20 GB of mail, 6 GB packed. */
const blocksEach = 200_000;
const firstYear = 1990;
const lastYear = 2060;

interface Range {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** Makes the parts for blocks with these keys. */
export function partBlocks(session: Session, keys: readonly number[]): Promise<void> {
  const numbers = new Set(keys.map((key) => Math.floor(key / blocksEach)));
  const ranges = [...numbers].map((number) => ({
    name: `raw_block_${number}`,
    from: String(number * blocksEach),
    to: String((number + 1) * blocksEach),
  }));
  return makeParts(session, 'raw_block', ranges);
}

/** Makes the parts for index text of messages sent at these times. */
export function partTexts(session: Session, searchKeys: readonly number[]): Promise<void> {
  const years = new Set(searchKeys.map(yearOf));
  return makeParts(session, 'search_text', [...years].map(yearRange));
}

function yearOf(searchKey: number): number {
  let year = Math.min(
    lastYear,
    Math.max(firstYear - 1, 1970 + Math.floor(searchKey / firstSearchKey(31_556_952_000))),
  );
  while (year >= firstYear && searchKey < startOf(year)) year--;
  while (year < lastYear && searchKey >= startOf(year + 1)) year++;
  return year;
}

/** Keys begin with 1970: those of earlier years are in the part before the first. */
function startOf(year: number): number {
  return firstSearchKey(Date.UTC(year, 0, 1));
}

function yearRange(year: number): Range {
  const name = `search_text_${year}`;
  if (year < firstYear) return { name, from: 'MINVALUE', to: String(startOf(firstYear)) };
  return {
    name,
    from: String(startOf(year)),
    to: year === lastYear ? 'MAXVALUE' : String(startOf(year + 1)),
  };
}

async function makeParts(session: Session, table: string, ranges: readonly Range[]): Promise<void> {
  if (ranges.length === 0) return;
  const known = await session.all<{ name: string }>(
    'SELECT c.relname::text AS name FROM pg_class c WHERE c.relname = ANY(?) AND pg_table_is_visible(c.oid)',
    ranges.map(({ name }) => name),
  );
  const there = new Set(known.map(({ name }) => name));
  for (const { name, from, to } of ranges) {
    if (there.has(name)) continue;
    await session.script(`CREATE TABLE ${name} PARTITION OF ${table} FOR VALUES FROM (${from}) TO (${to})`);
  }
}
