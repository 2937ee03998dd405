/**
 * Mail URLs: the Message-ID that the address of a mail in a web archive holds.
 *
 * In: a URL such as `https://lore.kernel.org/r/ID`, `https://patch.msgid.link/ID`, `https://example.org/list/ID/T/#u`.
 * Out: the bare id, or undefined. Any host will do: a part of the path with an `@` inside is an id, because archives that
 * number their mails have none. Which links a posting states: ./stated-link.ts
 */

/** Characters that end an id in running text. */
const noId = /[\s<>()[\]"',;]/;
const idLength = { left: 500, right: 250 };

/** The id of a mail that a URL leads to. */
export function findMessageIdOfUrl(url: string): string | undefined {
  const text = url.split('#', 1)[0] ?? '';
  const scheme = text.indexOf('://');
  if (scheme < 0) return undefined;
  const pathStart = text.indexOf('/', scheme + 3);
  if (pathStart < 0) return undefined;
  for (const part of text.slice(pathStart + 1).split(/[/?&=]/)) {
    const id = cleanMessageId(decodePercent(part));
    if (id !== undefined) return id;
  }
  return undefined;
}

/** A bare id without the marks and the full stop that prose puts around it; undefined where it is none. */
export function cleanMessageId(text: string): string | undefined {
  const id = text.replace(/^<+/, '').replace(/[>.,;:!?]{1,10}$/, '');
  return isId(id) ? id : undefined;
}

/** True where an `@` has enough on both sides, and not too much. */
function isId(text: string): boolean {
  if (text.length > idLength.left + 1 + idLength.right || noId.test(text)) return false;
  const at = text.lastIndexOf('@', Math.min(idLength.left, text.length - 2));
  return at >= Math.max(1, text.length - 1 - idLength.right);
}

function decodePercent(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    // Not percent-coded after all: the text itself is the best reading.
    return text;
  }
}
