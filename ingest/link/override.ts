/**
 * Overrides: what people said about links. They outrank every rule and survive a rebuild.
 *
 * In: corrections of kind `link` and `unlink` that hold (not undone), oldest first; the newest about a pair counts.
 * Out: questions that ./predecessor.ts and ./lineage.ts ask.
 */

export interface LinkCorrection {
  readonly kind: 'link' | 'unlink';
  /** The newer posting. */
  readonly subject: string;
  /** The older posting that it follows, or does not follow. */
  readonly value: string;
  readonly by: string;
}

export interface Overrides {
  /** The older posting that a person tied this one to; null where nobody did. */
  linkedTo(messageId: string): string | null;
  linkedBy(messageId: string): string | null;
  isUnlinked(newer: string, older: string): boolean;
}

export const noOverrides: Overrides = makeOverrides([]);

export function makeOverrides(corrections: readonly LinkCorrection[]): Overrides {
  const linked = new Map<string, LinkCorrection>();
  const unlinked = new Set<string>();
  for (const correction of corrections) {
    const pair = `${correction.subject} ${correction.value}`;
    if (correction.kind === 'link') {
      linked.set(correction.subject, correction);
      unlinked.delete(pair);
    } else {
      unlinked.add(pair);
      if (linked.get(correction.subject)?.value === correction.value) linked.delete(correction.subject);
    }
  }
  return {
    linkedTo: (messageId) => linked.get(messageId)?.value ?? null,
    linkedBy: (messageId) => linked.get(messageId)?.by ?? null,
    isUnlinked: (newer, older) => unlinked.size > 0 && unlinked.has(`${newer} ${older}`),
  };
}
