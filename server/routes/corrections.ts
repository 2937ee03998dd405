/**
 * Corrections: what people said against or beside the rules.
 *
 * A correction only marks what has to be derived anew; deriving is the pipeline's work, which `serve` runs.
 */
import { z } from 'zod';
import { PatchtrailError, UsageError } from '../../ingest/model/errors.ts';
import { parseFactCorrection } from '../../ingest/model/fact-correction.ts';
import { isFactCorrection, isHeldFact } from '../../ingest/stage/corrected-facts.ts';
import type { Correction, Stage, Store } from '../../ingest/store/store.ts';
import { correctionSchema } from '../openapi-review-schema.ts';
import { correctionRequestSchema, correctionsRequestSchema } from '../openapi-status-schema.ts';
import { undoPatchChange } from '../patchwork/patch-change.ts';
import { presentCorrection } from '../present/correction.ts';
import { isRuler, nobody, roleOn } from '../rights/asker.ts';
import { currentAsker } from '../rights/current.ts';
import type { CorrectionRequest } from '../wire.ts';
import { notHeld } from './find-series.ts';
import { changes, reads } from './json-route.ts';
import { nameParameter } from './page-query.ts';
import { seriesStates } from './series-states.ts';

export const correctionRoutes = [
  reads({
    name: 'GET /api/v1/corrections',
    says: 'Corrections, also those that were taken back.',
    query: z.strictObject({ subject: nameParameter.exactOptional(), kind: nameParameter.exactOptional() }),
    gives: z.object({ items: z.array(correctionSchema) }),
    async answer({ store }, { query }) {
      return { items: (await store.getCorrections(query)).map(presentCorrection) };
    },
  }),
  changes({
    name: 'POST /api/v1/corrections',
    says: 'Says that a posting follows another or does not, that a series has a state, or what a mail really says.',
    body: correctionRequestSchema,
    gives: correctionSchema,
    isForOwnPage: false,
    async answer({ store, nowMs, wake }, { body, by }) {
      await requireSubjects(store, body);
      const correction = await store.addCorrection({ atMs: nowMs(), by, ...body });
      await markAnew(store, correction);
      wake();
      return presentCorrection(correction);
    },
  }),
  changes({
    name: 'POST /api/v1/corrections/bulk',
    says: 'Says several things at once, such as the state of many series: all are kept, or none.',
    body: correctionsRequestSchema,
    gives: z.object({ items: z.array(correctionSchema) }),
    isForOwnPage: false,
    async answer({ store, nowMs, wake }, { body, by }) {
      for (const item of body.items) await requireSubjects(store, item);
      const kept = await store.together(async () => {
        const corrections: Correction[] = [];
        for (const item of body.items) {
          const correction = await store.addCorrection({ atMs: nowMs(), by, ...item });
          await markAnew(store, correction);
          corrections.push(correction);
        }
        return corrections;
      });
      wake();
      return { items: kept.map(presentCorrection) };
    },
  }),
  changes({
    name: 'DELETE /api/v1/corrections/{id}',
    says: 'Takes a correction back; both stay on record.',
    body: z.null(),
    gives: correctionSchema,
    isForOwnPage: false,
    async answer({ store, nowMs, wake }, { id, by }) {
      if (!/^\d{1,15}$/.test(id))
        throw new UsageError('A correction is known by its number', { remedy: 'See /api/v1/corrections.' });
      const undone = (await store.getCorrections({})).find((one) => one.id === Number(id));
      const correction = await store.undoCorrection(Number(id), by, nowMs());
      if (undone && !(await undoPatchChange(store, undone))) await markAnew(store, undone);
      wake();
      return presentCorrection(correction);
    },
  }),
];

/** A correction about what is not held would do nothing, in silence. @throws NotFoundError, UsageError */
async function requireSubjects(store: Store, { kind, subject, value }: CorrectionRequest): Promise<void> {
  await requireRole(store, subject);
  if (kind === 'state') {
    if (!(await store.getSeries([subject])).has(subject)) throw notHeld('There is no such series', subject);
    if (!seriesStates.safeParse(value).success) {
      throw new UsageError('There is no such state', {
        remedy: `Give one of ${seriesStates.options.join(', ')}.`,
      });
    }
    return;
  }
  if (isFactCorrection(kind)) return requireFact(store, kind, subject, value);
  const postings = await store.getPostings([subject, value]);
  for (const id of [subject, value])
    if (!postings.has(id)) throw notHeld('No posting has this Message-ID', id);
  if (subject === value)
    throw new UsageError('A posting does not follow itself', { remedy: 'Name another one.' });
}

/** @throws NotFoundError, UsageError */
async function requireFact(store: Store, kind: string, subject: string, value: string): Promise<void> {
  if (!(await store.getEntries([subject])).has(subject)) throw notHeld('The message is not held', subject);
  const correction = parseFactCorrection(kind, value);
  if (!correction)
    throw new UsageError('This says nothing of a point, stance or trailer', {
      subject: value,
      remedy: 'See CorrectionRequest in /openapi.json.',
    });
  const facts = await store.getFacts({ kinds: [kind], owners: [subject] });
  if (!isHeldFact(facts, correction))
    throw notHeld(`Nothing like "${value}" was read from this mail`, subject);
}

/** What has to be derived anew: what a mail says, links of both postings, or the row of the series. */
async function markAnew(store: Store, { kind, subject, value }: Correction): Promise<void> {
  if (isFactCorrection(kind)) return store.markWaiting('review', [subject]);
  const stage: Stage = kind === 'state' ? 'series' : 'link';
  await store.markWaiting(stage, kind === 'state' ? [subject] : [subject, String(value)]);
}

/** Who comes by a name may correct on lists where they have a role, and what they sent themselves. @throws PatchtrailError */
async function requireRole(store: Store, subject: string): Promise<void> {
  const asker = currentAsker() ?? nobody;
  const entry = (await store.getEntries([subject])).get(subject);
  if (!entry || asker.kind === 'owner' || asker.kind === 'nobody' || isRuler(asker)) return;
  const held = entry.lists.map((list) => roleOn(asker, list));
  const isOwn = asker.lists === null && asker.account?.addresses.includes(entry.fromAddress);
  if (isOwn || held.includes('maintainer') || held.includes('reviewer')) return;
  throw new PatchtrailError('forbidden', 'This user may not correct what is on these lists', {
    remedy: 'A maintainer or reviewer of one of them may.',
  });
}
