/**
 * Tokens: the words by which text is indexed and asked for. One maker for both sides and for every store engine.
 *
 * In: any text. Out: lower-case runs of letters, digits and `_`, diacritics folded. An identifier gives itself and then
 * its pieces (`io_uring_cmd io uring cmd`), so the whole, each piece and any phrase through it can be found; all other
 * characters only separate, so `a-b`, `core.c` and addresses are phrases of their pieces.
 */
import { limits } from '../model/limits.ts';

/** `sched_getcpu`, `v5`, `größe` folded to `große`: letters, digits and `_` of any script. */
const word = /[\p{L}\p{N}_]+/gu;
const asciiWord = /[a-z0-9_]+/g;
const marks = /\p{M}+/gu;

/** Text as tokens are cut from it. */
export function foldText(text: string): string {
  return isAscii(text)
    ? text.toLowerCase()
    : text.normalize('NFKD').replace(marks, '').normalize('NFKC').toLowerCase();
}

/** The tokens of a text, in order. */
export function tokens(text: string): string[] {
  const found: string[] = [];
  const folded = foldText(text);
  for (const [run] of folded.matchAll(isAscii(folded) ? asciiWord : word)) {
    if (run.length > limits.tokenLength) continue;
    if (!run.includes('_')) {
      found.push(run);
      continue;
    }
    const pieces = run.split('_').filter(Boolean);
    if (pieces.length > 0) found.push(run, ...pieces);
  }
  return found;
}

/** The tokens to ask for: those of the text, but an identifier at the end is told by itself, without its pieces. */
export function queryTokens(text: string): string[] {
  const found = tokens(text);
  const last = found.findLastIndex((token) => token.includes('_'));
  if (last < 0) return found;
  const pieces = (found[last] ?? '').split('_').filter(Boolean).length;
  return last + pieces === found.length - 1 ? found.slice(0, last + 1) : found;
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) return false;
  return true;
}
