/**
 * Header text: a raw header value made readable.
 *
 * In: the value as received, one character a byte. Out: text, unfolded, with encoded words (RFC 2047)
 * decoded. Bytes above 127 are no encoded word; they are read as UTF-8 where that fits, else as Latin-1 (real
 * mails have both). Unfolding takes out line ends only, so a fold never adds a blank inside a word.
 * Message-IDs are read elsewhere: ./message-id.ts
 */
import libmime from 'libmime';
import { guessText } from './charset.ts';

/**
 * Decodes a value and collapses its blanks; NUL is dropped (PostgreSQL refuses it, and no sender means it).
 */
export function decodeHeaderText(value: string): string {
  const text = decodeWords(unfold(decodeEightBit(value)));
  return (text.includes('\0') ? text.replaceAll('\0', '') : text).replace(/\s+/g, ' ').trim();
}

/** Takes the line ends of folds out; the blanks behind them stay. */
export function unfold(value: string): string {
  return value.includes('\n') || value.includes('\r') ? value.replace(/[\r\n]+/g, '') : value;
}

/** Reads characters above 127, which stand for bytes, as UTF-8 if they are that; else as Latin-1. */
export function decodeEightBit(value: string): string {
  return hasEightBit(value) ? guessText(Buffer.from(value, 'latin1')) : value;
}

/** Decodes encoded words; text without any is returned as it is. */
export function decodeWords(text: string): string {
  return text.includes('=?') ? libmime.decodeWords(text) : text;
}

function hasEightBit(value: string): boolean {
  for (let index = 0; index < value.length; index++) if (value.charCodeAt(index) > 0x7f) return true;
  return false;
}
