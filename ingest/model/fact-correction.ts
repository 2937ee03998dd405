/**
 * Fact corrections: what a person says of a point, a stance or a trailer that was read from a mail.
 *
 * The mail is the correction's subject; its value is one line of words, so that every engine and client keeps it as it
 * does all others: `<line> <status>`, `<kind> <kind>`, `<Name>: <value>`. `none` says that there is no such thing.
 */
import type { PointStatus, StanceKind } from './review.ts';

/** Kinds of corrections whose subject is a mail that something was read from. */
export const factCorrectionKinds = ['point', 'stance', 'trailer'] as const;
export type FactCorrectionKind = (typeof factCorrectionKinds)[number];

export const pointStatuses = [
  'open',
  'answered',
  'agreed',
  'addressed',
  'contested',
  'withdrawn',
] as const satisfies readonly PointStatus[];

export const stanceKinds = [
  'ack',
  'review',
  'test',
  'objection',
  'change-requested',
  'question',
  'agreement',
  'applied',
] as const satisfies readonly StanceKind[];

export type FactCorrection =
  /** `line`: the first own line of the point, as its id has it. */
  | { readonly kind: 'point'; readonly line: number; readonly status: PointStatus | 'none' }
  | { readonly kind: 'stance'; readonly from: StanceKind; readonly to: StanceKind | 'none' }
  /** The trailer, as `Name: value`, was not given. */
  | { readonly kind: 'trailer'; readonly line: string };

/** Null for what is none. */
export function parseFactCorrection(kind: string, value: unknown): FactCorrection | null {
  if (typeof value !== 'string') return null;
  const [first = '', second = '', ...more] = value.split(' ');
  if (kind === 'trailer') return value.includes(': ') ? { kind, line: value } : null;
  if (more.length > 0) return null;
  if (kind === 'point') {
    const status = oneOf([...pointStatuses, 'none'] as const, second);
    return status !== undefined && /^\d{1,9}$/.test(first) ? { kind, line: Number(first), status } : null;
  }
  if (kind !== 'stance') return null;
  const from = oneOf(stanceKinds, first);
  const to = oneOf([...stanceKinds, 'none'] as const, second);
  return from !== undefined && to !== undefined ? { kind, from, to } : null;
}

function oneOf<const Word extends string>(words: readonly Word[], text: string): Word | undefined {
  return words.find((word) => word === text);
}
