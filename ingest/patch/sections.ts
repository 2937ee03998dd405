/**
 * Sections: which lines of a posting are headers in the body, commit message, change log, diffstat, diff, signature.
 *
 * In: a body. Out: line spans, `end` exclusive. The first `---` ends the commit message; what stands between it and the
 * diff, without the diffstat, is the change log, and so is what follows the trailers before it. Lines before a scissors line, and the preamble of stable review mails
 * (`------------------`), are no part of the message. The diff: ./diff.ts. The author: ./identity.ts
 */
import type { Trailer } from '../model/posting.ts';
import { parseDiffLines } from './diff.ts';
import type { Diff } from './diff-types.ts';
import { parseTrailers } from './trailer.ts';

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** `From:`, `Date:`, `Subject:` in the first lines of the body; they override the mail's own. */
export interface InBodyHeaders {
  readonly from: string | null;
  readonly date: string | null;
  readonly subject: string | null;
  readonly span: Span | null;
}

export interface Sections {
  readonly lines: readonly string[];
  readonly inBodyHeaders: InBodyHeaders;
  /** With its trailers, and without what some write behind them. */
  readonly message: Span;
  readonly trailers: readonly Trailer[];
  /** Text between trailers or `---` and the diff that is no diffstat. */
  readonly changeLog: readonly Span[];
  readonly diffstat: Span | null;
  readonly diff: Diff;
  readonly signature: Span | null;
}

/** Splits a body into its sections. */
export function splitPosting(body: string): Sections {
  const lines = body.split('\n');
  const diff = parseDiffLines(lines);
  const hasDiff = diff.files.length > 0;
  const signature = findSignature(lines, hasDiff ? diff.end : 0);
  const textEnd = hasDiff ? diff.start : (signature?.start ?? lines.length);
  const inBodyHeaders = readInBodyHeaders(lines, messageStart(lines, textEnd), textEnd);
  const start = Math.min(inBodyHeaders.span?.end ?? messageStart(lines, textEnd), textEnd);
  const separator = findSeparator(lines, start, textEnd);
  const diffstat = findDiffstat(lines, start, textEnd);
  const message = trimSpan(lines, { start, end: Math.min(separator, diffstat?.start ?? textEnd) });
  const trailers = parseTrailers(lines, message.start, message.end);
  const notes = { start: trailers.at(-1)?.end ?? message.end, end: message.end };
  const changeLog = separator < textEnd ? without({ start: separator + 1, end: textEnd }, diffstat) : [];
  return {
    lines,
    inBodyHeaders,
    message: { ...message, end: notes.start },
    trailers,
    changeLog: [notes, ...changeLog].filter((span) => span.start < span.end),
    diffstat,
    diff,
    signature,
  };
}

/** `---` alone; `--- a/x` is none. Apple's mail program makes one long dash of it. */
function isSeparator(line: string): boolean {
  const text = line.trimEnd();
  return text === '---' || text === '\u2014';
}

/**
 * The `---` that ends the commit message: the first one, unless the sign-off stands behind it and before a later one (a
 * greeting or nothing at all stood before the first).
 */
function findSeparator(lines: readonly string[], start: number, end: number): number {
  const first = findLine(lines, start, end, isSeparator);
  const signOff = findLine(lines, start, end, (line) => /^signed-off-by: /i.test(line));
  const later = findLine(lines, signOff, end, isSeparator);
  return first < signOff && later < end ? later : first;
}

/** `-- >8 --`, `8< ----`: more than half of the line are dashes and scissors. */
function isScissors(line: string): boolean {
  if (!/8<|>8|✂/.test(line.slice(0, 200)) || line.length > 200) return false;
  const marks = line.replace(/[^-<>8✂%]/g, '').length;
  return marks >= 4 && line.includes('-') && marks * 3 > line.replace(/\s/g, '').length;
}

/** The line behind the last scissors, or behind a stable review mail's preamble. */
function messageStart(lines: readonly string[], end: number): number {
  let start = 0;
  let isPreamble = false;
  for (let at = 0; at < end; at++) {
    const line = lines[at] ?? '';
    if (isSeparator(line)) break;
    // "4.19-stable review patch.  If anyone has any objections, please let me know." and a line of dashes
    isPreamble ||= line.includes('-stable review patch');
    if (isScissors(line) || (isPreamble && /^-{10,}$/.test(line))) start = at + 1;
  }
  return start;
}

const headerPattern = /^(From|Date|Subject|Author): *(\S.*)$/i;

/** A body header goes on in lines that begin with a blank; an empty line ends them. */
function readInBodyHeaders(lines: readonly string[], from: number, end: number): InBodyHeaders {
  const values = new Map<string, string>();
  let at = from;
  while (at < end && lines[at]?.trim() === '') at++;
  const start = at;
  let name = '';
  for (; at < end; at++) {
    const line = lines[at] ?? '';
    const match = headerPattern.exec(line.slice(0, 1000).trimEnd());
    if (match) {
      name = (match[1] ?? '').toLowerCase().replace('author', 'from');
      if (!values.has(name)) values.set(name, match[2] ?? '');
    } else if (name !== '' && /^[ \t]+\S/.test(line)) values.set(name, `${values.get(name)} ${line.trim()}`);
    else break;
  }
  const isPerson = values.get('from')?.includes('@') ?? true;
  if (values.size === 0 || !isPerson || (lines[at]?.trim() ?? '') !== '') {
    return { from: null, date: null, subject: null, span: null };
  }
  return {
    from: values.get('from') ?? null,
    date: values.get('date') ?? null,
    subject: values.get('subject') ?? null,
    span: { start, end: at },
  };
}

/** ` ingest/x.c | 12 +++--` */
const statLine = /^ {1,2}\S.{0,400}\| {1,10}(?:\d{1,9}|Bin)\b/;
/** ` 3 files changed, 10 insertions(+)` */
const statSum = /^ {1,2}\d{1,6} files? changed(?:,|$)/;
/** ` create mode 100644 x.c` */
const statNote = /^ (?:create|delete|rename|copy|mode change|rewrite) /;

function findDiffstat(lines: readonly string[], start: number, end: number): Span | null {
  const sum = findLine(lines, start, end, (line) => statSum.test(line.trimEnd()));
  if (sum === end) return null;
  let first = sum;
  while (first > start && statLine.test(lines[first - 1] ?? '')) first--;
  let last = sum + 1;
  while (last < end && statNote.test(lines[last] ?? '')) last++;
  return { start: first, end: last };
}

/** `-- ` behind the diff. Web archives and some programs drop its blank: `--` counts where it is the last block. */
function findSignature(lines: readonly string[], from: number): Span | null {
  const at = findLine(lines, from, lines.length, (line) => line === '-- ' || line === '-- \r');
  if (at < lines.length) return { start: at, end: lines.length };
  const bare = lines.lastIndexOf('--');
  const isLastBlock = bare >= from && lines.length - bare <= 12;
  return isLastBlock ? { start: bare, end: lines.length } : null;
}

function findLine(
  lines: readonly string[],
  start: number,
  end: number,
  isWanted: (line: string) => boolean,
): number {
  for (let at = start; at < end; at++) if (isWanted(lines[at] ?? '')) return at;
  return end;
}

function without(span: Span, hole: Span | null): Span[] {
  if (!hole) return [span];
  return [
    { start: span.start, end: hole.start },
    { start: Math.max(span.start, hole.end), end: span.end },
  ];
}

function trimSpan(lines: readonly string[], span: Span): Span {
  let { start, end } = span;
  while (start < end && (lines[start]?.trim() === '' || isSeparator(lines[start] ?? ''))) start++;
  while (end > start && lines[end - 1]?.trim() === '') end--;
  return { start, end };
}
