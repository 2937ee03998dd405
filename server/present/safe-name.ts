/**
 * Safe names: what a stranger calls himself, made so that nobody is taken for somebody else.
 *
 * In: a name and the address that it came with. Out: the name as it is shown everywhere. Signs that are not seen or that
 * turn the direction of what follows go. A name that looks like another one (letters of two scripts in one word, another
 * address in it) is shown with its address, which alone tells who wrote: Unicode TR 39 calls the first "mixed-script
 * confusable".
 */

/** Joiners stay: Persian and Indian names need them. U+061C, U+200E, U+200F are marks, the others embed and override. */
const hidden = /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu;

export function safeName(name: string, address: string): string {
  const seen = name
    .replace(hidden, '')
    .replace(/\p{Cc}/gu, '\u{fffd}')
    .trim();
  if (address === '' || seen.includes(`<${address}>`)) return seen;
  return isMisleading(seen, address) ? `${seen} <${address}>` : seen;
}

function isMisleading(name: string, address: string): boolean {
  if (name.includes('@')) return name.toLowerCase() !== address.toLowerCase();
  return name.split(/[^\p{L}\p{M}]/u).some(mixesScripts);
}

/** Latin, Cyrillic and Greek have letters that look alike. */
function mixesScripts(word: string): boolean {
  const scripts = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u];
  return scripts.filter((script) => script.test(word)).length > 1;
}
