/**
 * Trailers: `Reviewed-by:` and kin, in a commit message or given in a reply.
 *
 * In: body lines. Out: trailers with their lines; values as written, blanks collapsed, wrapped ones joined.
 * In a commit message they stand in its last paragraphs. In a reply they stand alone on an unquoted line anywhere above
 * the signature, and only kinds that can be given count. Quoted ones belong to who wrote them and are left out.
 * Kinds: ./trailer-kinds.ts. Whose patch they are for: ../reply
 */
import { limits } from '../model/limits.ts';
import type { Trailer } from '../model/posting.ts';
import { personOf } from './person.ts';
import { findTrailerKind, isFalseFriend, type TrailerKind } from './trailer-kinds.ts';

/** `Reviewed-by: A B <a@example.org>`; up to three blanks before it */
const trailerPattern = /^ {0,3}([A-Za-z][\w-]{0,60}) ?:[ \t]+(\S.*)$/;
/** `[ada: fixed a typo]`, a note of who passed the patch on */
const notePattern = /^\[[^\]]{1,400}\]?$/;

/** Trailers of a commit message that stands in lines `from` to `to` (exclusive). */
export function parseTrailers(lines: readonly string[], from: number, to: number): Trailer[] {
  const trailers: Trailer[] = [];
  let end = to;
  let isLast = true;
  while (end > from && trailers.length < limits.trailers) {
    while (end > from && isBlank(lines[end - 1])) end--;
    let start = end;
    while (start > from && !isBlank(lines[start - 1])) start--;
    const found = readParagraph(lines, start, end);
    // Some write the change log behind the trailers: above it only a paragraph of nothing but trailers counts.
    const isTaken = found !== null && (isLast || trailers.length > 0 || found.isClean);
    if (isTaken) trailers.unshift(...found.trailers);
    else if (trailers.length > 0) break;
    isLast = false;
    end = start;
  }
  return trailers.slice(0, limits.trailers);
}

/** Trailers that the writer of a reply gives. */
export function parseGivenTrailers(lines: readonly string[]): Trailer[] {
  const trailers: Trailer[] = [];
  for (let at = 0; at < lines.length && trailers.length < limits.trailers; at++) {
    if (isSignature(lines[at])) break;
    const trailer = readTrailer(lines, at, lines.length);
    if (!trailer) continue;
    const kind = findTrailerKind(trailer.name);
    if (kind?.isGiven && isFitting(kind, trailer.value)) trailers.push(trailer);
    at = trailer.end - 1;
  }
  return trailers;
}

interface TrailerParagraph {
  readonly trailers: readonly Trailer[];
  /** True where nothing else stands in it. */
  readonly isClean: boolean;
}

/** The trailers of one paragraph; null where it is prose. */
function readParagraph(lines: readonly string[], start: number, end: number): TrailerParagraph | null {
  const trailers: Trailer[] = [];
  let known = 0;
  let others = 0;
  for (let at = start; at < end && trailers.length < limits.trailers; ) {
    const trailer = readTrailer(lines, at, end);
    if (trailer && !isFalseFriend(trailer.name)) {
      trailers.push(trailer);
      const kind = findTrailerKind(trailer.name);
      if (kind && isFitting(kind, trailer.value)) known++;
      at = trailer.end;
    } else {
      // b4 writes `To:` beside `Cc:` for itself.
      if (trailer?.name !== 'To' && !notePattern.test((lines[at] ?? '').trim())) others++;
      at++;
    }
  }
  if (known === 0) return null;
  // One known trailer makes the others of a clean paragraph trailers; beside prose only known ones count.
  if (others === 0) return { trailers, isClean: true };
  const kept = trailers.filter((trailer) => {
    const kind = findTrailerKind(trailer.name);
    return kind && isFitting(kind, trailer.value);
  });
  return others <= kept.length * 3 ? { trailers: kept, isClean: false } : null;
}

/** Reads a trailer at line `at`, with the lines that were wrapped off it. */
function readTrailer(lines: readonly string[], at: number, end: number): Trailer | undefined {
  const match = trailerPattern.exec((lines[at] ?? '').slice(0, limits.patternLine).trimEnd());
  const [, name, first] = match ?? [];
  if (name === undefined || first === undefined) return undefined;
  let value = collapse(first);
  let next = at + 1;
  while (next < end && next < at + 4 && isWrapped(name, value, lines[next] ?? '')) {
    value = `${value} ${collapse(lines[next] ?? '')}`;
    next++;
  }
  return { name, value, start: at, end: next };
}

/** True where `line` is the rest of a value: the address of a name, or the end of a title in quotes. */
function isWrapped(name: string, value: string, line: string): boolean {
  const kind = findTrailerKind(name);
  if (kind?.value === 'person')
    return !value.includes('@') && /^\s*<[^<>\s]{1,200}@[^<>\s]{1,200}>/.test(line);
  if (kind?.value === 'commit') {
    return /\("/.test(value) && !/"?\)$/.test(value) && /\S/.test(line) && !trailerPattern.test(line);
  }
  return false;
}

/** False where the value cannot be what the kind asks for. */
function isFitting(kind: TrailerKind, value: string): boolean {
  if (kind.value === 'person') return isPerson(value);
  if (kind.value === 'commit') return /^(?:commit )?[0-9a-f]{6,40}\b/i.test(value);
  if (kind.value === 'url') return /[:/]\/|^<?[^\s<>]+@|^#?\d+$/.test(value);
  return true;
}

/** A person has an address, or at least two words that both begin like names. */
function isPerson(value: string): boolean {
  if (personOf(value)) return true;
  const words = (value.split(/\s[#([]/, 1)[0] ?? '').split(' ');
  return words.length >= 2 && words.length <= 5 && words.every((word) => /^[\p{Lu}\p{Lo}]/u.test(word));
}

/** A line of dashes parts paragraphs as well as an empty one. */
function isBlank(line: string | undefined): boolean {
  return line === undefined || /^-*$/.test(line.trim());
}

function isSignature(line: string | undefined): boolean {
  return line === '-- ' || line === '-- \r';
}

function collapse(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
