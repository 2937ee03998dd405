/**
 * PostgreSQL's part in taking mails away: what it keeps in its own way (../mail-removal.ts has the rest).
 */
import type { RemovalParts } from '../mail-removal.ts';
import { all } from '../steps.ts';
import { postgresDialect } from './dialect.ts';
import { deleteFactsSql } from './fact-rows.ts';
import { deletePostingSql } from './posting-rows.ts';
import { trimBlock } from './raw-rows.ts';
import { deleteTextSql } from './search-text-rows.ts';

export const removalParts: RemovalParts = {
  dialect: postgresDialect,
  *deleteText(held) {
    yield* all(deleteTextSql, [held.search_key]);
    for (const sql of deletePostingSql) yield* all(sql, [held.message_key]);
  },
  *deleteFacts(ownerKey) {
    for (const sql of deleteFactsSql) yield* all(sql, ownerKey);
  },
  trimBlock,
};
