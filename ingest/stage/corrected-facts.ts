/**
 * Corrected facts: what people said of points, stances and trailers goes before what was read.
 *
 * Applied to every fact as it is made, so a correction outlives a rebuild and new mail, and one that is taken back
 * leaves what the rules say.
 */

import { surestOf } from '../model/fact.ts';
import {
  type FactCorrection,
  type FactCorrectionKind,
  factCorrectionKinds,
  parseFactCorrection,
} from '../model/fact-correction.ts';
import type { GivenTrailer, Point, Stance } from '../model/review.ts';
import { stancesOfTrailer, trailerRule } from '../reply/stance.ts';
import type { Correction, Store, StoredFact } from '../store/store.ts';

/** What somebody said, by whom. */
interface Said {
  readonly correction: FactCorrection;
  readonly by: string;
}

/** Corrections that hold, by the mail that they are about; oldest first. */
export type FactCorrections = ReadonlyMap<string, readonly Said[]>;

/** Reads them all: people make few. */
export async function readFactCorrections(store: Pick<Store, 'getCorrections'>): Promise<FactCorrections> {
  const found: Correction[] = [];
  for (const kind of factCorrectionKinds) found.push(...(await store.getCorrections({ kind })));
  const bySubject = new Map<string, Said[]>();
  for (const { kind, subject, value, by, undoneBy } of found.sort((a, b) => a.id - b.id)) {
    const correction = undoneBy === null ? parseFactCorrection(kind, value) : null;
    if (correction) bySubject.set(subject, [...(bySubject.get(subject) ?? []), { correction, by }]);
  }
  return bySubject;
}

/** The facts as people say that they are; of a stance that a mail takes twice, the surest that is left. */
export function correctFacts(facts: readonly StoredFact[], corrections: FactCorrections): StoredFact[] {
  const corrected = corrections.size === 0 ? facts : sayOver(facts, corrections);
  const stances = corrected.filter(({ kind }) => kind === 'stance');
  const kept = new Set(surestOf(stances, ({ owner, value }) => `${owner} ${(value as Stance).kind}`));
  return corrected.filter((fact) => fact.kind !== 'stance' || kept.has(fact));
}

function sayOver(facts: readonly StoredFact[], corrections: FactCorrections): StoredFact[] {
  return facts.flatMap((fact) => {
    // One by one: a later word may be about what an earlier one made of it.
    let now: StoredFact | null = fact;
    for (const said of corrections.get(fact.owner) ?? [])
      if (now && isAbout(now, said.correction)) now = correct(now, said);
    return now ?? [];
  });
}

/** Whether a mail has what a correction speaks of. */
export function isHeldFact(facts: readonly StoredFact[], correction: FactCorrection): boolean {
  return facts.some((fact) => fact.kind === correction.kind && isAbout(fact, correction));
}

function isAbout(fact: StoredFact, correction: FactCorrection): boolean {
  switch (correction.kind) {
    case 'point':
      return fact.kind === 'point' && (fact.value as Point).id === `${fact.owner}#${correction.line}`;
    case 'stance':
      return fact.kind === 'stance' && (fact.value as Stance).kind === correction.from;
    case 'trailer':
      if (fact.kind === 'trailer') return trailerLine(fact.value as GivenTrailer) === correction.line;
      return isSaidBy(correction.line, fact);
  }
}

/** Null where a person says that there is no such thing. */
function correct(fact: StoredFact, { correction, by }: Said): StoredFact | null {
  const basis = { rule: 'person', confidence: 1, by };
  if (correction.kind === 'point' && correction.status !== 'none') {
    const value: Point = {
      ...(fact.value as Point),
      status: { value: correction.status, ...basis, evidence: [] },
    };
    return { ...fact, value };
  }
  if (correction.kind === 'stance' && correction.to !== 'none')
    return { ...fact, ...basis, value: { ...(fact.value as Stance), kind: correction.to } };
  return null;
}

/** As a correction names it. */
export function trailerLine({ name, value }: GivenTrailer): string {
  return `${name}: ${value}`;
}

/** A trailer says what its giver thinks; what he says in words beside it is another matter. */
function isSaidBy(line: string, fact: StoredFact): boolean {
  const kinds = stancesOfTrailer(line.slice(0, line.indexOf(':')));
  return fact.kind === 'stance' && fact.rule === trailerRule && kinds.includes((fact.value as Stance).kind);
}

/** Whether a correction is about something that was read from a mail. */
export function isFactCorrection(kind: string): kind is FactCorrectionKind {
  return factCorrectionKinds.some((one) => one === kind);
}
