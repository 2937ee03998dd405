/**
 * Stored text: text as PostgreSQL can keep it, which is all but the character NUL, and back.
 *
 * NUL becomes \u0001\u0001 and \u0001 itself \u0001\u0002, so that no text is lost and all keep their order.
 */
const nul = '\0';
const one = '\u0001';
const two = '\u0002';

export function encodeText(text: string): string {
  if (!text.includes(nul) && !text.includes(one)) return text;
  return text.replaceAll(one, one + two).replaceAll(nul, one + one);
}

export function decodeText(text: string): string {
  return text.includes(one) ? text.replaceAll(one + one, nul).replaceAll(one + two, one) : text;
}
