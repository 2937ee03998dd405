/**
 * Report guard: reports that come with a token must be sealed by it, each by a seal of its own (../check/report-seal.ts).
 *
 * A page of our own has no token and needs no seal: ../security.ts asks more of it already.
 */
import type { Context } from 'hono';
import { PatchtrailError } from '../../ingest/model/errors.ts';
import { checkSeal, sealHeader, type UsedSeals } from '../check/report-seal.ts';
import { readCredentials } from '../rights/recognise.ts';

/** @throws PatchtrailError `forbidden` where the seal is missing, wrong or old, `report-replayed` where it was used */
export function requireSeal(c: Context, used: UsedSeals, lines: readonly string[], nowMs: number): void {
  const given = c.req.header('authorization');
  const token = given === undefined ? undefined : readCredentials(given)?.secret;
  if (token === undefined) return;
  const seal = c.req.header(sealHeader) ?? '';
  const wrong = checkSeal(seal, { token, lines, nowMs });
  if (wrong === '') {
    if (used.use(seal, nowMs)) return;
    throw new PatchtrailError('report-replayed', 'A report with this seal was taken already', {
      remedy: 'There is nothing to do, or seal it anew: a report that is sent twice is kept once.',
    });
  }
  throw new PatchtrailError('forbidden', wrong, {
    remedy: 'Send it by `patchtrail check --report`, and set the clock of the machine.',
  });
}
