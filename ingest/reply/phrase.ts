/**
 * Phrases: tables of what people write when they mean something, matched sentence by sentence.
 *
 * In: a sentence and a table. Out: the first row that fits. A row has a pattern, and one that must not stand in the
 * same sentence: most misreadings are a negation (`I don't object`) or talk of a third thing (`somebody could fix`).
 * Tables: ./point-kinds.ts, ./answer-kinds.ts, ./stance-kinds.ts
 */

export interface Phrase<Kind extends string> {
  readonly kind: Kind;
  /** Names the rule in a fact: stable. */
  readonly rule: string;
  /** Linear; looked for anywhere in the sentence unless it begins with `^`. */
  readonly pattern: RegExp;
  /** Where this stands in the sentence too, the row does not fit. */
  readonly unless?: RegExp;
  /** How often sentences that fit mean this. */
  readonly confidence: number;
  /** A sentence that fits; the tests read it. */
  readonly sample: string;
  /** A sentence with the same words that does not fit. */
  readonly trap?: string;
}

/** One pattern out of several sentences, each with whole words at its ends. */
export function anyOf(...sentences: readonly string[]): RegExp {
  // Where a word begins is asked once for all of them: asked for each, it takes most of the time.
  const words = sentences.filter((text) => !beginsForItself(text));
  const others = sentences.filter(beginsForItself);
  const starts = [
    words.length > 0 ? `(?<![\\w'-])(?:${words.join('|')})` : [],
    others.length > 0 ? `(?:${others.join('|')})` : [],
  ].flat();
  return new RegExp(starts.map((start) => `${start}(?!\\w)`).join('|'), 'iu');
}

/** A sentence that begins with a sign or at the start stands for itself. */
function beginsForItself(text: string): boolean {
  return /^(?:\^|\\[?W]|,)/.test(text);
}

/** Longest part of a sentence that is looked at. */
const longest = 600;

/** The first row of a table that fits the sentence. */
export function findPhrase<Kind extends string>(
  sentence: string,
  table: readonly Phrase<Kind>[],
): Phrase<Kind> | undefined {
  return findPlainPhrase(plainSentence(sentence), table);
}

/** The same for a sentence that was made plain before. */
export function findPlainPhrase<Kind extends string>(
  plain: string,
  table: readonly Phrase<Kind>[],
): Phrase<Kind> | undefined {
  return table.find((phrase) => phrase.pattern.test(plain) && !phrase.unless?.test(plain));
}

/** Blanks collapsed, typographic signs made plain, and what stands between quotation marks left out: it is cited. */
export function plainSentence(sentence: string): string {
  return sentence
    .slice(0, longest)
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/"[^"]{0,300}"/g, '"')
    .replace(/`[^`]{0,300}`/g, '`')
    .replace(/\s+/g, ' ')
    .trim();
}
