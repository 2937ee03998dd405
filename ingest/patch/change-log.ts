/**
 * Change logs: which versions a posting speaks of, and where.
 *
 * In: body lines. Out: version labels with their lines: `Changes in v3:`, `v2 -> v3:`, `v2..v3`, `Changes since v1`, `V3:`.
 * In a step from one version to the next both are spoken of. Links beside them: ./stated-link.ts
 */
import type { Span } from './sections.ts';

/** A version as it stands in a text, at an offset. */
export interface VersionWord {
  readonly version: number;
  readonly at: number;
}

export interface SpokenVersion {
  readonly version: number;
  readonly line: number;
}

/** A version as a word of its own: `v3`, `V3:`, `..v3`; no part of `x86v3`, `5.v3` or `v3.2`. */
const versionWord = /(?<![\w/-]|[^.]\.)v(\d{1,3})(?![\w/]|\.\d)/gi;
/** Begins like an entry of a change log. */
const entryPattern =
  /^[\s*#>=-]{0,12}(?:(?:changes?|changed|changelog|differences?|diff|updates?|delta|what's new|since|history|from)\b.{0,60}?\bv\d|\(?\[?(?:patch |rfc )?v\d{1,3}\b)/i;

/** `Non-RFC v1:`, `PATCH v2 changes:`; `RFC version:` has none */
const headingPattern = /^\s{0,4}[^\s:][^:]{0,38}:\s*$/;

/** Versions that lines of a change log speak of, in order. */
export function readSpokenVersions(lines: readonly string[], spans: readonly Span[]): SpokenVersion[] {
  const spoken: SpokenVersion[] = [];
  for (const { start, end } of spans) {
    for (let line = start; line < end; line++) {
      for (const version of entryVersions(lines[line] ?? '')) spoken.push({ version, line });
    }
  }
  return spoken;
}

/** Versions of a line that begins an entry (`v2 -> v3:` has two); none for other lines. */
export function entryVersions(line: string): number[] {
  const text = line.slice(0, 200);
  if (!entryPattern.test(text) && !headingPattern.test(text)) return [];
  return versionsIn(text).map((found) => found.version);
}

/** True for a heading of the sendings before the first version, which ends the entry above it. */
export function isUnversionedHeading(line: string): boolean {
  return headingPattern.test(line.slice(0, 200)) && /\brfc\b/i.test(line) && versionsIn(line).length === 0;
}

/** All version words of a text with their places. */
export function versionsIn(text: string): VersionWord[] {
  return [...text.matchAll(versionWord)].map((match) => ({ version: Number(match[1]), at: match.index }));
}
