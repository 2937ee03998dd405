/**
 * Facts: what Patchtrail inferred, never without the words that prove it.
 *
 * A fact is data that a rule or a person returns; nobody writes it into a record in place. Its evidence
 * points at lines of a message's body (see message.ts for what "body" is) or at a header.
 */

/** Where the proving words stand. Lines are 0-based, `end` is exclusive; a header has no lines (0, 0). */
export interface Evidence {
  readonly messageId: string;
  /** `body`, or the lower-case name of the header that holds the words. */
  readonly part: string;
  readonly start: number;
  readonly end: number;
}

/** How sure a rule is, 0 to 1: the share of such facts that are true, as measured or estimated. */
export type Confidence = number;

/** Why something is held to be so. `by` is `rule`, or the name of the person who said it. */
export interface Basis {
  readonly rule: string;
  readonly confidence: Confidence;
  readonly evidence: readonly Evidence[];
  readonly by: string;
}

/** A value with its basis. */
export interface Fact<T> extends Basis {
  readonly value: T;
}

/** The word shown to people for a confidence. */
export function confidenceWord(confidence: Confidence): 'certain' | 'likely' | 'guess' {
  if (confidence >= 0.95) return 'certain';
  return confidence >= 0.7 ? 'likely' : 'guess';
}

/** Evidence for lines `start` to `end` (exclusive) of a message's body. */
export function bodyEvidence(messageId: string, start: number, end: number): Evidence {
  return { messageId, part: 'body', start, end };
}

/** Evidence for a whole header of a message. */
export function headerEvidence(messageId: string, header: string): Evidence {
  return { messageId, part: header.toLowerCase(), start: 0, end: 0 };
}

/** The surest of each that has the same key, the first of equals, in the order in which they came. */
export function surestOf<One extends { readonly confidence: number }>(
  facts: readonly One[],
  keyOf: (one: One) => string,
): One[] {
  const best = new Map<string, One>();
  for (const one of facts) {
    const known = best.get(keyOf(one));
    if (!known || one.confidence > known.confidence) best.set(keyOf(one), one);
  }
  return facts.filter((one) => best.get(keyOf(one)) === one);
}
