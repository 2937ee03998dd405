/**
 * Page queries: how much of a list is wanted, and from where.
 */
import { z } from 'zod';
import { limits } from '../../ingest/model/limits.ts';
import type { PageRequest } from '../../ingest/store/store.ts';

export const limitParameter = z.coerce
  .number<string>()
  .int()
  .min(1)
  .max(limits.pageRows)
  .meta({ description: `At most ${limits.pageRows}; 50 where it is not given.` });

export const cursorParameter = z
  .string()
  .min(1)
  .max(limits.queryBytes)
  .meta({ description: '`next` of the page before.' });

/** A name, an address, an id. */
export const nameParameter = z.string().min(1).max(limits.messageIdBytes);

const usualRows = 50;

/** What the store is asked for. */
export function pageOf(query: { readonly limit?: number; readonly cursor?: string }): PageRequest {
  const { limit = usualRows, cursor } = query;
  return cursor === undefined ? { limit } : { limit, cursor };
}
