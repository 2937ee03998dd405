/**
 * Audit: what people and programs changed, for who rules the site; and how a change gets into it.
 */
import { z } from 'zod';
import { UsageError } from '../../ingest/model/errors.ts';
import type { AuditRow } from '../../ingest/store/tracker.ts';
import { auditSchema } from '../openapi-status-schema.ts';
import { requireRuler } from '../rights/current.ts';
import { reads } from './json-route.ts';
import { cursorParameter, limitParameter, pageOf } from './page-query.ts';

export const auditRoutes = [
  reads({
    name: 'GET /api/v1/audit',
    says: 'What people and programs changed, newest first; for admins and the machine itself.',
    query: z.strictObject({ limit: limitParameter.exactOptional(), cursor: cursorParameter.exactOptional() }),
    gives: z.object({ items: z.array(auditSchema), next: z.string().nullable() }),
    async answer({ store }, { query }) {
      requireRuler('The log of changes is for those who rule the site');
      const { limit, cursor } = pageOf(query);
      const rows = await store.tracker.listAudit(readCursor(cursor), limit + 1);
      const items = rows.slice(0, limit);
      const last = items.at(-1);
      return {
        items: items.map(presentAudit),
        next: rows.length > limit && last ? String(last.number) : null,
      };
    },
  }),
];

function presentAudit({ atMs, by, action, subject, detail }: AuditRow) {
  return { atMs, by, action, subject, detail };
}

function readCursor(cursor: string | undefined): number | null {
  if (cursor === undefined) return null;
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor);
  throw new UsageError('This page cursor is not one of ours', { remedy: 'Start at the first page.' });
}
