/**
 * The form of a linking rule: a pure function of two sendings that gives reasons, each with its words.
 *
 * One file a kind of evidence; ./all.ts is the table. What a reason is worth: ../weights.ts.
 */
import type { Evidence } from '../../model/fact.ts';
import type { Likeness } from '../likeness.ts';
import type { Sending } from '../sending.ts';
import type { SendingRule } from '../weights.ts';

export interface Reason {
  readonly rule: SendingRule;
  readonly evidence: readonly Evidence[];
}

/** Two sendings to judge, the newer one first, with what is costly to find out about them. */
export interface SendingPair {
  readonly newer: Sending;
  readonly older: Sending;
  /** Pairs of patches with the same title or the same diff. */
  readonly samePatches: number;
  readonly hasSameDiff: boolean;
  /** Likeness of the best remaining pair of patches; null where either has no diff. */
  readonly best: Likeness | null;
  readonly isOnePerson: boolean;
}

export type Rule = (pair: SendingPair) => readonly Reason[];
