/**
 * Sight rows: what mail tells of that stands on hidden lists only.
 */
import type { Dialect } from './dialect.ts';
import { all, type Steps } from './steps.ts';

/** Ids of that mail, and the subjects of facts that it gave: postings, and titles of which notices speak. */
export function* readHiddenSubjects(dialect: Dialect, lists: readonly string[]): Steps<string[]> {
  const names = dialect.many(lists);
  const hidden = `(SELECT list_key FROM list WHERE name ${dialect.among})`;
  const rows = yield* all<{ id: string }>(
    `WITH hidden AS MATERIALIZED (SELECT DISTINCT h.message_key FROM message_list h WHERE h.list_key IN ${hidden}
         AND NOT EXISTS (SELECT 1 FROM message_list o
           WHERE o.message_key = h.message_key AND o.list_key NOT IN ${hidden}))
       SELECT id FROM message_id WHERE message_key IN (SELECT message_key FROM hidden
         UNION SELECT f.subject_key FROM hidden h JOIN fact d ON d.owner_key = h.message_key
           JOIN fact_subject f ON f.owner_key = d.owner_key AND f.kind = d.kind)`,
    names,
    names,
  );
  return rows.map(({ id }) => id);
}
