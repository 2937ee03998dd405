/**
 * Headers: the block of lines before a mail's (or a part's) first blank line.
 *
 * In: raw bytes. Out: each header with its raw value, where the body starts, and what was odd.
 * A line that is neither a header nor a continuation is skipped instead of ending the block (RFC 5322 knows
 * no such line): real ones are `From ` and `>From ` lines left by mbox tools, with true headers behind them.
 * What the values mean: ./header-text.ts, ./envelope.ts
 */
import { limits } from '../model/limits.ts';
import type { RawHeader, Trouble } from '../model/message.ts';

export interface Head {
  readonly headers: readonly RawHeader[];
  /** Offset in the bytes of the first line behind the blank line. */
  readonly bodyStart: number;
  readonly troubles: readonly Trouble[];
}

/** Headers by lower-case name, in the order received. */
export type HeaderIndex = ReadonlyMap<string, readonly string[]>;

/** Reads the header block at the start of `raw`. */
export function parseHeaders(raw: Uint8Array): Head {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const end = findHeadEnd(bytes);
  const troubles: Trouble[] = [];
  let readEnd = end.head;
  if (readEnd > limits.headerBytes) {
    readEnd = limits.headerBytes;
    troubles.push({ code: 'header-long', detail: `${end.head} bytes of headers, ${readEnd} read` });
  }
  const lines = bytes.toString('latin1', 0, readEnd).split('\n');
  return { headers: collectHeaders(lines, troubles), bodyStart: end.body, troubles };
}

/** Groups headers by name, so that each look-up costs nothing. */
export function indexHeaders(headers: readonly RawHeader[]): HeaderIndex {
  const index = new Map<string, string[]>();
  for (const header of headers) {
    const name = header.name.toLowerCase();
    const values = index.get(name);
    if (values) values.push(header.value);
    else index.set(name, [header.value]);
  }
  return index;
}

/** Offset behind an mbox `From ` line at the top, 0 without one. */
export function skipFromLine(raw: Uint8Array): number {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  if (bytes.toString('latin1', 0, 5) !== 'From ') return 0;
  const lineEnd = bytes.indexOf(0x0a);
  return lineEnd < 0 ? bytes.length : lineEnd + 1;
}

function findHeadEnd(bytes: Buffer): { head: number; body: number } {
  if (bytes[0] === 0x0a) return { head: 0, body: 1 };
  if (bytes[0] === 0x0d && bytes[1] === 0x0a) return { head: 0, body: 2 };
  const plain = bytes.indexOf('\n\n', 0, 'latin1');
  const window = plain < 0 ? bytes : bytes.subarray(0, plain + 2);
  const carriage = window.indexOf('\n\r\n', 0, 'latin1');
  if (carriage >= 0) return { head: carriage + 1, body: carriage + 3 };
  if (plain >= 0) return { head: plain + 1, body: plain + 2 };
  return { head: bytes.length, body: bytes.length };
}

function collectHeaders(lines: readonly string[], troubles: Trouble[]): RawHeader[] {
  const headers: RawHeader[] = [];
  let name = '';
  let folds: string[] = [];
  const flush = () => {
    if (name) headers.push({ name, value: folds.length === 1 ? (folds[0] ?? '') : folds.join('\n') });
    name = '';
  };
  for (const line of lines) {
    const text = line.endsWith('\r') ? line.slice(0, -1) : line;
    if (text === '') continue;
    if (text.startsWith(' ') || text.startsWith('\t')) {
      if (name) folds.push(text);
      continue;
    }
    flush();
    if (headers.length >= limits.headerCount) {
      troubles.push({ code: 'header-many', detail: `only the first ${limits.headerCount} were read` });
      return headers;
    }
    const colon = nameEnd(text);
    if (colon > 0) {
      name = text.slice(0, colon).trimEnd();
      folds = [text.slice(colon + 1).trimStart()];
    } else if (!text.startsWith('From ') && !text.startsWith('>From ')) {
      troubles.push({ code: 'header-malformed', detail: text.slice(0, 80) });
    }
  }
  flush();
  return headers;
}

/**
 * Index of the colon behind a header name (RFC 5322 3.6.8, blanks before the colon as in 4.5); -1 if none.
 */
function nameEnd(line: string): number {
  let index = 0;
  while (index < line.length) {
    const code = line.charCodeAt(index);
    if (code <= 0x20 || code === 0x3a || code >= 0x7f) break;
    index++;
  }
  if (index === 0) return -1;
  while (line[index] === ' ' || line[index] === '\t') index++;
  return line[index] === ':' ? index : -1;
}
