/**
 * Message-IDs: the ids in a Message-ID, In-Reply-To or References header.
 *
 * In: a raw header value. Out: bare ids (without `<>`) in the order written.
 * Only what stands in angle brackets is an id: Gnus writes `<id> (Name's message of "date")`, and old git
 * send-email took the answer `y` to a prompt for one. Blanks inside come from folding and are taken out.
 */
import { limits } from '../model/limits.ts';
import { decodeEightBit, decodeWords } from './header-text.ts';

/**
 * Ids of one header value. `addresses` (lower-case) are no ids although some mailers put them in brackets.
 */
export function parseMessageIds(value: string, addresses: ReadonlySet<string> = new Set()): string[] {
  const text = decodeIdText(value);
  const ids: string[] = [];
  let open = text.indexOf('<');
  while (open >= 0) {
    const close = text.indexOf('>', open);
    if (close < 0) break;
    const inner = text.slice(open + 1, close);
    const id = dropBlanks(inner.slice(inner.lastIndexOf('<') + 1));
    if (isUsable(id) && !addresses.has(id.toLowerCase())) ids.push(id);
    open = text.indexOf('<', close);
  }
  return ids;
}

/**
 * The id that a mail gives itself: the first in brackets, else a bare token (some mailers leave the brackets
 * out, public-inbox and others file the mail under it all the same); undefined if there is neither.
 */
export function parseOwnMessageId(value: string): string | undefined {
  const bracketed = parseMessageIds(value)[0];
  if (bracketed) return bracketed;
  const token = decodeIdText(value).trim();
  return isUsable(token) && !/[\s<>]/.test(token) ? token : undefined;
}

function decodeIdText(value: string): string {
  // Python's mail package folds long References lists into encoded words, `=?utf-8?q?=3C2021...=3E?=`.
  return decodeWords(decodeEightBit(value));
}

function dropBlanks(id: string): string {
  return id.replace(/[\s\0]+/g, '');
}

function isUsable(id: string): boolean {
  return id.length > 0 && id.length <= limits.messageIdBytes && !/^[yn]$/i.test(id);
}
