/**
 * Related patches: Patchwork's name for one patch in several versions, which here is a lineage.
 *
 * A change of it is what a person says against the links that were found: `link` and `unlink` corrections. Lineages are
 * derived from these in the background, so the answer may still show the old ones.
 */
import type { PatchRow } from '../../ingest/store/tracker.ts';
import { roleOn } from '../rights/asker.ts';
import type { Asked } from './asked.ts';
import { loadPatches, loadRelated, numberIn } from './loader.ts';
import { badField, notAllowed, Refusal } from './refusal.ts';

/** True where something was said. @throws Refusal */
export async function changeRelated(
  asked: Asked,
  row: PatchRow,
  value: unknown,
  by: string,
): Promise<boolean> {
  const numbers = (Array.isArray(value) ? value : value === '' || value === null ? [] : [value]).map(
    numberIn,
  );
  if (numbers.length === 0) return unlink(asked, row, by);
  const others = (await loadPatches(asked, numbers, false)).filter(({ number }) => number !== row.number);
  const missing = numbers.find(
    (number) => number !== row.number && !others.some((one) => one.number === number),
  );
  if (missing !== undefined) throw badField('related', `Invalid pk "${missing}" - object does not exist.`);
  const all = [row, ...others];
  const isMaintained = ({ lists }: PatchRow) =>
    lists.some((list) => roleOn(asked.asker, list) === 'maintainer');
  if (!all.every(isMaintained)) throw notAllowed();
  await requireOneRelation(asked, all);
  const ordered = all.sort((a, b) => a.sentMs - b.sentMs || a.number - b.number);
  const pairs = ordered
    .slice(1)
    .map((newer, at) => [newer, ordered[at] ?? newer] as const)
    .filter(([newer, older]) => newer.lineage === null || newer.lineage !== older.lineage);
  for (const [newer, older] of pairs) await say(asked, 'link', newer.messageId, older.messageId, by);
  return pairs.length > 0;
}

/** Two relations of several patches each cannot become one. */
async function requireOneRelation(asked: Asked, rows: readonly PatchRow[]): Promise<void> {
  const related = await loadRelated(asked, rows);
  if ([...related.values()].filter((patches) => patches.length > 1).length > 1) {
    throw new Refusal(409, { detail: 'Multiple relations for patches' });
  }
}

/** Takes this patch alone out of its lineage. */
async function unlink(asked: Asked, row: PatchRow, by: string): Promise<boolean> {
  const lineage = row.lineage ?? '';
  const places = (await asked.parts.store.getLineages([lineage])).get(lineage) ?? [];
  const links = places.filter(
    ({ messageId, previous }) =>
      previous !== null && (messageId === row.messageId || previous === row.messageId),
  );
  for (const { messageId, previous } of links) await say(asked, 'unlink', messageId, previous ?? '', by);
  return links.length > 0;
}

async function say({ parts }: Asked, kind: 'link' | 'unlink', newer: string, older: string, by: string) {
  const { store, nowMs } = parts;
  await store.addCorrection({ atMs: nowMs(), by, kind, subject: newer, value: older, reason: '' });
  await store.markWaiting('link', [newer, older]);
}
