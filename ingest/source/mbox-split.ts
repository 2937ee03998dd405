/**
 * Mbox splitter: mails out of a stream of bytes cut anywhere.
 *
 * In: chunks. Out: mails with their offsets in the stream, escapes undone.
 * Variants: where Content-Length leads exactly to the next separator or the end, it is believed and nothing
 * is unescaped (mboxcl2); else mails end at separators and one `>` comes off `>From ` lines (mboxrd, and
 * mboxo, which differs only in lines that begin with `>>From `). Memory is bounded by limits.mailBytes: a
 * longer mail is passed over and reported. What a separator is: ./mbox-separator.ts
 */
import { limits } from '../model/limits.ts';
import { isGitSeparator, isMboxrdSeparator, isSeparatorAt } from './mbox-separator.ts';

export interface MboxPiece {
  /** Null for a mail longer than limits.mailBytes. */
  readonly raw: Buffer | null;
  /** Offset of the separator line before the mail. */
  readonly start: number;
  /** Offset behind the mail, where the next separator stands. */
  readonly end: number;
}

const newline = 0x0a;
/** Bytes kept when a long mail is passed over, so that a separator cut in two is seen. */
const overlap = 8;

export class MboxSplitter {
  /** Offset in the stream of the buffer's first byte. */
  #base: number;
  #buffer: Buffer = Buffer.alloc(0);
  /** Chunks not joined to the buffer yet: joining at each would cost the square of a long mail's size. */
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  /** Where the mail's own bytes start; -1 before its separator line is whole. */
  #mailStart = -1;
  #pieceStart: number;
  #scan = 0;
  #length: 'unread' | 'none' | number = 'unread';
  #isOverlong = false;
  #allowsGitSeparators: boolean | undefined;

  /** `offset`: where in the file the stream starts, which must be at a separator. */
  constructor(offset = 0) {
    this.#base = offset;
    this.#pieceStart = offset;
  }

  /** Takes the next bytes, gives the mails that are now whole. */
  push(chunk: Uint8Array): MboxPiece[] {
    this.#waiting.push(chunk);
    this.#waitingBytes += chunk.length;
    return this.#waitingBytes * 4 < this.#buffer.length ? [] : this.#drain(false);
  }

  /** Gives the last mail. */
  end(): MboxPiece[] {
    return this.#drain(true);
  }

  #drain(isEnd: boolean): MboxPiece[] {
    this.#buffer = Buffer.concat([this.#buffer, ...this.#waiting]);
    this.#waiting = [];
    this.#waitingBytes = 0;
    const pieces: MboxPiece[] = [];
    let piece = this.#next(isEnd);
    while (piece) {
      pieces.push(piece);
      piece = this.#next(isEnd);
    }
    return pieces;
  }

  #next(isEnd: boolean): MboxPiece | undefined {
    if (this.#mailStart < 0 && !this.#openMail()) return undefined;
    const counted = this.#endByLength(isEnd);
    if (counted === 'more') return undefined;
    if (counted >= 0) return this.#cut(counted, true);
    const separator = this.#findSeparator(isEnd);
    if (separator >= 0) return this.#cut(separator, false);
    if (isEnd) return this.#cut(this.#buffer.length, false);
    this.#passOverLongMail();
    return undefined;
  }

  /** Reads the separator line; blank lines before it belong to nothing. */
  #openMail(): boolean {
    let blank = 0;
    while (this.#buffer[blank] === newline || this.#buffer[blank] === 0x0d) blank++;
    this.#buffer = this.#buffer.subarray(blank);
    this.#base += blank;
    const lineEnd = this.#buffer.indexOf(newline);
    if (lineEnd < 0) return false;
    this.#allowsGitSeparators ??= isGitSeparator(this.#buffer, 0) || isMboxrdSeparator(this.#buffer, 0);
    this.#pieceStart = this.#base;
    this.#mailStart = lineEnd + 1;
    this.#scan = lineEnd;
    this.#length = 'unread';
    this.#isOverlong = false;
    return true;
  }

  /** Offset of the mail's end as its Content-Length says; -1 where that cannot be believed. */
  #endByLength(isEnd: boolean): number | 'more' {
    if (this.#length === 'none') return -1;
    if (this.#length === 'unread') {
      const head = findHeadEnd(this.#buffer, this.#mailStart);
      if (head < 0 && !isEnd && this.#buffer.length - this.#mailStart < limits.headerBytes) return 'more';
      const length =
        head < 0 ? -1 : readContentLength(this.#buffer.toString('latin1', this.#mailStart, head));
      this.#length = length < 0 || length > limits.mailBytes ? 'none' : head + length;
      return this.#endByLength(isEnd);
    }
    const end = this.#length;
    if (this.#buffer.length < end || (!isEnd && this.#buffer.length < end + overlap)) {
      if (!isEnd) return 'more';
      this.#length = 'none';
      return -1;
    }
    const follows = this.#buffer.toString('latin1', end, end + 7).replace(/^\r?\n/, '');
    const isTrue = follows.startsWith('From ') || (isEnd && follows === '');
    if (!isTrue) this.#length = 'none';
    return isTrue ? end : -1;
  }

  #findSeparator(isEnd: boolean): number {
    let at = this.#buffer.indexOf('\nFrom ', this.#scan, 'latin1');
    while (at >= 0) {
      const answer = isSeparatorAt(this.#buffer, at + 1, isEnd);
      if (answer === 'more') break;
      if (answer === 'yes' && (this.#allowsGitSeparators || !isGitSeparator(this.#buffer, at + 1)))
        return at + 1;
      at = this.#buffer.indexOf('\nFrom ', at + 1, 'latin1');
    }
    this.#scan = at >= 0 ? at : Math.max(this.#scan, this.#buffer.length - overlap);
    return -1;
  }

  #cut(end: number, isCounted: boolean): MboxPiece | undefined {
    const bytes = this.#buffer.subarray(this.#mailStart, end);
    if (bytes.length === 0 && end === this.#buffer.length) return undefined;
    const raw = this.#isOverlong || bytes.length > limits.mailBytes ? null : finish(bytes, isCounted);
    const piece = { raw, start: this.#pieceStart, end: this.#base + end };
    this.#buffer = this.#buffer.subarray(end);
    this.#base += end;
    this.#mailStart = -1;
    this.#pieceStart = this.#base;
    return piece;
  }

  #passOverLongMail(): void {
    if (!this.#isOverlong && this.#buffer.length - this.#mailStart <= limits.mailBytes) return;
    this.#isOverlong = true;
    this.#length = 'none';
    const dropped = Math.max(0, Math.min(this.#scan, this.#buffer.length - overlap));
    this.#buffer = Buffer.from(this.#buffer.subarray(dropped));
    this.#base += dropped;
    this.#scan -= dropped;
    this.#mailStart = 0;
  }
}

/** The mail's own bytes: the blank line that ends it taken off, escapes undone. */
function finish(bytes: Buffer, isCounted: boolean): Buffer {
  if (isCounted) return Buffer.from(bytes);
  let end = bytes.length;
  if (bytes[end - 1] === newline && bytes[end - 2] === newline) end -= 1;
  else if (bytes.toString('latin1', Math.max(0, end - 4), end) === '\r\n\r\n') end -= 2;
  return unescapeFromLines(bytes.subarray(0, end));
}

/** Takes one `>` off each line that matches `^>+From `; gives a copy. */
export function unescapeFromLines(bytes: Buffer): Buffer {
  const kept: Buffer[] = [];
  let from = 0;
  let at = bytes.indexOf('>From ', 0, 'latin1');
  while (at >= 0) {
    let lineStart = at;
    while (bytes[lineStart - 1] === 0x3e) lineStart--;
    if (lineStart === 0 || bytes[lineStart - 1] === newline) {
      kept.push(bytes.subarray(from, lineStart));
      from = lineStart + 1;
    }
    at = bytes.indexOf('>From ', at + 1, 'latin1');
  }
  kept.push(bytes.subarray(from));
  return Buffer.concat(kept);
}

/** Offset behind the first blank line from `from` on; -1 if none stands within limits.headerBytes. */
function findHeadEnd(bytes: Buffer, from: number): number {
  const last = Math.min(bytes.length, from + limits.headerBytes);
  let line = from;
  while (line < last) {
    if (bytes[line] === newline) return line + 1;
    if (bytes[line] === 0x0d && bytes[line + 1] === newline) return line + 2;
    const lineEnd = bytes.indexOf(newline, line);
    if (lineEnd < 0) return -1;
    line = lineEnd + 1;
  }
  return -1;
}

function readContentLength(head: string): number {
  const match = /^content-length:[ \t]*(\d{1,9})[ \t\r]*$/im.exec(head);
  return match ? Number(match[1]) : -1;
}
