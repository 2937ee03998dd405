/**
 * Content patterns: regular expressions of a MAINTAINERS file (`N:` on paths, `K:` on what a patch says), made safe.
 *
 * In: a pattern as get_maintainer.pl takes it (Perl, with /x). Out: a RegExp that takes at most the square of a line's
 * length, or null where that cannot be seen from it, or where Perl and JavaScript read it differently. A sender chooses
 * the text: one pattern that tries for ever would stop the queue of everybody.
 */

const longest = 300;
/** Letters of one line, and lines of one series, that are looked at. */
export const contentLimits = { line: 400, lines: 20_000 } as const;

/** Escapes that mean the same in both languages. */
const sameEscape = /^[bBdDsSwWnt.\\/|()[\]{}*+?^$#'"<>=:;,!@%&~`-]$/;

export function contentPattern(text: string): RegExp | null {
  const isAnyCase = text.startsWith('(?i)');
  const source = plain(isAnyCase ? text.slice(4) : text);
  if (source === null || source === '' || source.length > longest || !isBounded(source)) return null;
  try {
    return new RegExp(source, isAnyCase ? 'i' : '');
  } catch {
    // Perl knows forms that JavaScript does not.
    return null;
  }
}

/** Blanks and notes taken out, as /x does; null where something is said that only Perl understands. */
function plain(text: string): string | null {
  let source = '';
  let isInClass = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? '';
    if (sign === '\\') {
      const next = text[++at] ?? '';
      if (!sameEscape.test(next)) return null;
      source += sign + next;
      continue;
    }
    if (sign === '[' && !isInClass) isInClass = true;
    else if (sign === ']') isInClass = false;
    if (isInClass && text.startsWith('[:', at) && at > 0 && text[at - 1] === '[') return null;
    if (!isInClass && sign === '#') break;
    if (!isInClass && /\s/.test(sign)) continue;
    if (!isInClass && sign === '(' && text[at + 1] === '?' && text[at + 2] !== ':') return null;
    source += sign;
  }
  return source;
}

/** One part that repeats without end, and no group that repeats: then no more is tried than length times length. */
function isBounded(source: string): boolean {
  const bare = source.replace(/\\./g, '_').replace(/\[\^?\]?[^\]]*\]/g, '_');
  const endless = bare.match(/[*+]|\{\d*,\}/g) ?? [];
  const counted = bare.match(/\{(\d+)(?:,(\d+))?\}/g) ?? [];
  const isLarge = counted.some((text) => (text.match(/\d+/g) ?? []).some((digits) => Number(digits) > 64));
  const repeatsGroup = /\)(?:[*+]|\{)/.test(bare);
  return endless.length <= 1 && !isLarge && counted.length <= 2 && !repeatsGroup;
}
