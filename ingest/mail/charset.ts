/**
 * Charsets: bytes of a text part made text.
 *
 * In: decoded bytes and the charset that the part names. Out: text with LF line ends, and what was odd.
 * Whatever the name says, bytes that it cannot mean are read as UTF-8, and if they are not that as Latin-1,
 * so no byte is lost to U+FFFD. ISO-8859-1 is read as windows-1252, its superset, as all browsers do.
 */
import { isAscii, isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { limits } from '../model/limits.ts';
import type { Trouble } from '../model/message.ts';

export interface DecodedText {
  readonly text: string;
  readonly troubles: readonly Trouble[];
}

/** Charsets in which ASCII bytes do not all mean themselves. */
const shifted = /^(?:iso-2022|csiso2022|utf-?16|utf-?32|utf-?7|unicode|hz-gb)/;
const unicodeNames = new Set(['utf-8', 'utf8', 'us-ascii', 'ascii', 'usascii', 'ansi_x3.4-1968']);
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
/**
 * Characters of the bytes 80 to 9F; Node 20's own decoder leaves them control characters (nodejs/node 56542).
 */
const windows1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';
/** Decoders by lower-case label; only labels that exist get in, so it cannot grow without bound. */
const decoders = new Map<string, TextDecoder>();

/** Decodes at most limits.bodyBytes of `bytes`; `charset` is empty where the part names none. */
export function decodeText(bytes: Uint8Array, charset: string): DecodedText {
  const troubles: Trouble[] = [];
  let kept = bytes;
  if (bytes.length > limits.bodyBytes) {
    kept = bytes.subarray(0, limits.bodyBytes);
    troubles.push({ code: 'body-long', detail: `${bytes.length} bytes, ${limits.bodyBytes} read` });
  }
  const text = decode(kept, charset.trim().toLowerCase(), troubles);
  return { text: text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text, troubles };
}

/** Reads bytes whose charset nobody says: UTF-8 if they are that, else Latin-1 (as windows-1252). */
export function guessText(bytes: Uint8Array): string {
  return isUtf8(bytes) ? utf8.decode(bytes) : decodeLatin1(bytes);
}

function decodeLatin1(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return text.replace(/[\u0080-\u009f]/g, (one) => windows1252[one.charCodeAt(0) - 0x80] ?? one);
}

function decode(bytes: Uint8Array, label: string, troubles: Trouble[]): string {
  if (isAscii(bytes) && !shifted.test(label)) {
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  }
  if (label === '' || unicodeNames.has(label)) {
    const isTrue = isUtf8(bytes) && label.startsWith('utf');
    if (!isTrue) troubles.push({ code: label ? 'charset-wrong' : 'charset-missing', detail: label });
    return guessText(bytes);
  }
  const decoder = findDecoder(label);
  if (decoder?.encoding === 'windows-1252') return decodeLatin1(bytes);
  if (!decoder) {
    troubles.push({ code: 'charset-unknown', detail: label.slice(0, 60) });
    return guessText(bytes);
  }
  try {
    return decoder.decode(bytes);
  } catch {
    // A fatal decoder throws for bytes that the charset does not have.
    troubles.push({ code: 'charset-wrong', detail: label });
    return guessText(bytes);
  }
}

function findDecoder(label: string): TextDecoder | undefined {
  const known = decoders.get(label);
  if (known) return known;
  try {
    const decoder = new TextDecoder(label, { fatal: true, ignoreBOM: true });
    decoders.set(label, decoder);
    return decoder;
  } catch {
    // The constructor throws a RangeError for a label that no standard knows.
    return undefined;
  }
}
