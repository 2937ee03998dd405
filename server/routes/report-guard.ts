/**
 * Report guard: reports that come with a token must be sealed by it (../check/report-seal.ts).
 *
 * A page of our own has no token and needs no seal: ../security.ts asks more of it already.
 */
import type { Context } from 'hono';
import { PatchtrailError } from '../../ingest/model/errors.ts';
import { checkSeal, sealHeader } from '../check/report-seal.ts';
import { readCredentials } from '../rights/recognise.ts';

/** @throws PatchtrailError `forbidden` where the seal is missing, wrong or old */
export function requireSeal(c: Context, lines: readonly string[], nowMs: number): void {
  const given = c.req.header('authorization');
  const token = given === undefined ? undefined : readCredentials(given)?.secret;
  if (token === undefined) return;
  const wrong = checkSeal(c.req.header(sealHeader), { token, lines, nowMs });
  if (wrong === '') return;
  throw new PatchtrailError('forbidden', wrong, {
    remedy: 'Send it by `patchtrail check --report`, and set the clock of the machine.',
  });
}
