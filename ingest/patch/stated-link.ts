/**
 * Stated links: older (or other) mails that a posting names, with the version label beside each.
 *
 * In: a posting's sections. Out: links with the lines that state them. A label stands on the same line (`v2: URL`,
 * `Link to v1: URL`, `URL (v2)`), behind a footnote's mark (`v1 [1]`, then `[1] URL`), or in the nearest entry of the
 * change log above. Ids in URLs: ./mail-url.ts. What a link is worth: ../link/rules/stated-link.ts
 */
import { bodyEvidence } from '../model/fact.ts';
import { limits } from '../model/limits.ts';
import type { StatedLink } from '../model/posting.ts';
import { entryVersions, isUnversionedHeading, type VersionWord, versionsIn } from './change-log.ts';
import { cleanMessageId, findMessageIdOfUrl } from './mail-url.ts';
import type { Sections, Span } from './sections.ts';

interface Found {
  readonly id: string;
  /** Where it stands in its line. */
  readonly at: number;
  readonly end: number;
}

const urlPattern = /https?:\/\/[^\s<>"'`]{1,1500}/g;
const bareIdPattern = /<([^\s<>@]{1,300}@[^\s<>@]{1,200})>/g;
const idWords = /\bmessage-?id\b|\bmsg-?id\b|\bmid\b/i;
const supersedes = /^\s{0,3}(?:supersedes|replaces|obsoletes|previous-version)\s?:/i;
const footnoteLine = /^\s{0,8}\[(\d{1,3})\]:?\s/;
/** Lines that an entry of a change log holds on to. */
const entryReach = 40;

/** All links that a posting states, in order of their lines, each id once per label. */
export function readStatedLinks(messageId: string, sections: Sections, isCover: boolean): StatedLink[] {
  const links = new Map<string, StatedLink>();
  for (const { span, where } of textSpans(sections, isCover)) {
    for (const { id, version, isSuperseded, start, end } of readSpan(sections.lines, span)) {
      const key = `${id} ${version}`;
      if (id === messageId || links.has(key)) continue;
      links.set(key, {
        messageId: id,
        version,
        where: isSuperseded ? 'trailer' : where,
        evidence: bodyEvidence(messageId, start, end),
      });
      if (links.size === limits.statedLinks) return [...links.values()];
    }
  }
  return [...links.values()];
}

interface LabelledId {
  readonly id: string;
  readonly version: number | null;
  readonly isSuperseded: boolean;
  readonly start: number;
  readonly end: number;
}

/** A version label of a line above, with that line. */
interface LabelLine {
  readonly version: number;
  readonly line: number;
}

function* readSpan(lines: readonly string[], span: Span): Generator<LabelledId> {
  const footnotes = readFootnoteLabels(lines, span);
  let entry: LabelLine | null = null;
  for (let line = span.start; line < span.end; line++) {
    const text = (lines[line] ?? '').slice(0, limits.patternLine);
    if (text.startsWith('>')) continue;
    const spoken = entryVersions(text);
    if (spoken.length > 0) entry = { version: Math.min(...spoken), line };
    else if (isUnversionedHeading(text)) entry = null;
    const ids = findIds(text);
    const versions = ids.length > 0 ? versionsIn(text) : [];
    for (const found of ids) {
      const footnote = footnoteLine.exec(text)?.[1];
      const label = findLabel(versions, found) ?? footnotes.get(footnote ?? '');
      const isOpen = label === undefined && footnote === undefined;
      const above: LabelLine | null = isOpen ? (labelAbove(lines, line, text) ?? entry) : null;
      const near: LabelLine | null = above && line - above.line <= entryReach ? above : null;
      yield {
        id: found.id,
        version: label ?? near?.version ?? null,
        isSuperseded: supersedes.test(text),
        start: near?.line ?? line,
        end: line + 1,
      };
    }
  }
}

/** Texts of a posting, in order. A cover letter is a change log from its first line on. */
function textSpans(
  sections: Sections,
  isCover: boolean,
): readonly { readonly span: Span; readonly where: StatedLink['where'] }[] {
  const message = { span: sections.message, where: isCover ? ('change-log' as const) : ('body' as const) };
  const log = sections.changeLog.map((span) => ({ span, where: 'change-log' as const }));
  const behind = sections.diff.files.length > 0 ? sections.diff.end : (sections.diffstat?.end ?? -1);
  const isCovered = log.some(({ span }) => span.end > behind);
  const end = sections.signature?.start ?? sections.lines.length;
  const tail =
    behind >= 0 && !isCovered && behind < end
      ? [{ span: { start: behind, end }, where: 'change-log' as const }]
      : [];
  return [message, ...log, ...tail];
}

function findIds(text: string): Found[] {
  const found: Found[] = [];
  for (const match of text.matchAll(urlPattern)) {
    const url = match[0].replace(/[)\].,;:]{1,5}$/, '');
    const id = findMessageIdOfUrl(url);
    if (id !== undefined) found.push({ id, at: match.index, end: match.index + match[0].length });
  }
  const isIdLine = idWords.test(text) || supersedes.test(text) || versionsIn(text).length > 0;
  if (found.length > 0 || !isIdLine) return found;
  for (const match of text.matchAll(bareIdPattern)) {
    const id = cleanMessageId(match[1] ?? '');
    if (id !== undefined) found.push({ id, at: match.index, end: match.index + match[0].length });
  }
  return found;
}

/** The version word nearest before the link, else the first one behind it. */
function findLabel(versions: readonly VersionWord[], found: Found): number | undefined {
  const before = versions.findLast(({ at }) => at < found.at);
  return (before ?? versions.find(({ at }) => at >= found.end))?.version;
}

/** `For v1 see:` above a line that holds only the link. */
function labelAbove(lines: readonly string[], line: number, text: string): LabelLine | undefined {
  if (!/^[\s*-]{0,8}(?:link: ?)?<?https?:\S{1,1500}\s*$/i.test(text)) return undefined;
  const above = lines[line - 1]?.trim() === '' ? line - 2 : line - 1;
  const label = (lines[above] ?? '').slice(0, limits.patternLine).trimEnd();
  const version = label.endsWith(':') ? versionsIn(label).at(-1)?.version : undefined;
  return version === undefined ? undefined : { version, line: above };
}

/** `[1]` behind a version word labels the footnote of that number. */
function readFootnoteLabels(lines: readonly string[], span: Span): Map<string, number> {
  const labels = new Map<string, number>();
  for (let line = span.start; line < span.end; line++) {
    const text = (lines[line] ?? '').slice(0, limits.patternLine);
    if (footnoteLine.test(text)) continue;
    const versions = versionsIn(text);
    if (versions.length === 0) continue;
    let previousMark = 0;
    for (const mark of text.matchAll(/\[(\d{1,3})\]/g)) {
      const before = versions.findLast(({ at }) => at >= previousMark && at < mark.index);
      const number = mark[1] ?? '';
      if (before && !labels.has(number)) labels.set(number, before.version);
      previousMark = mark.index;
    }
  }
  return labels;
}
