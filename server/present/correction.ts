/**
 * Corrections: what people said against or beside the rules, as the wire has it.
 */
import type { Correction } from '../../ingest/store/store.ts';
import type { WireCorrection } from '../wire.ts';

/** Kinds that are about a series or what its mails say; others are changes of a patch's mark. */
const shownKinds = new Set(['state', 'link', 'unlink', 'point', 'stance', 'trailer']);

export function presentCorrection(correction: Correction): WireCorrection {
  const { id, atMs, by, kind, subject, value, reason, undoneBy } = correction;
  return { id, atMs, by, kind, subject, value, reason, undoneBy };
}

/** Those that a series' page shows. */
export function presentCorrections(corrections: readonly Correction[]): WireCorrection[] {
  return corrections.filter(({ kind }) => shownKinds.has(kind)).map(presentCorrection);
}
