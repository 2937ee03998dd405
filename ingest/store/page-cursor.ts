/**
 * Page cursors: the position behind a page's last row, opaque to whoever carries it.
 *
 * A cursor is the sort values of that row, not a count of rows, so a page neither repeats nor skips rows when others
 * come or go in between.
 */
import { UsageError } from '../model/errors.ts';
import { limits } from '../model/limits.ts';
import type { Page, PageRequest } from './store.ts';

export type Position = readonly (string | number)[];

/** The position to go on behind; null at the start. @throws UsageError for what we never gave out. */
export function readPosition(request: PageRequest, kinds: readonly ('string' | 'number')[]): Position | null {
  if (request.cursor === undefined) return null;
  const position = parse(request.cursor);
  const isOurs =
    Array.isArray(position) &&
    position.length === kinds.length &&
    position.every((value, at) => typeof value === kinds[at]);
  if (!isOurs)
    throw new UsageError('This page cursor is not one of ours', { remedy: 'Start at the first page.' });
  return position;
}

/** How many rows a page may have. */
export function pageLimit(request: PageRequest): number {
  return Math.max(1, Math.min(Math.floor(request.limit) || 1, limits.pageRows));
}

/** A page from one row more than it shows. */
export function makePage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  positionOf: (row: Row) => Position,
  itemOf: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next = rows.length > limit && last !== undefined ? writePosition(positionOf(last)) : null;
  return { items: shown.map(itemOf), next };
}

export function writePosition(position: Position): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** The same cursor with other texts in it; for readers who know things by other names. */
export function renameCursor(cursor: string, rename: (name: string) => string): string {
  const position = parse(cursor);
  if (!Array.isArray(position)) return cursor;
  return writePosition(position.map((part) => (typeof part === 'string' ? rename(part) : part)));
}

function parse(cursor: string): Position | undefined {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    // Not JSON, so not ours: the caller says so.
    return undefined;
  }
}
