/**
 * Postings: one patch or cover-letter mail, read whole.
 *
 * In: a message. Out: its posting, or null for all other mail. Pure: nothing here knows of other mails. Whether a mail is
 * a posting at all: ./posting-ground.ts. A diff in an attachment is read where the body has none; lines then refer to
 * the attachment's text, so the sections of the body stay without a diff.
 */
import type { Message } from '../model/message.ts';
import type { Posting, Subject } from '../model/posting.ts';
import { readSpokenVersions } from './change-log.ts';
import { findCommitMail } from './commit-mail.ts';
import { parseDiffLines } from './diff.ts';
import type { Diff } from './diff-types.ts';
import { lineHashes, wordHashes } from './fingerprint.ts';
import { authorOf, senderOf } from './identity.ts';
import { patchIdOf } from './patch-id.ts';
import { findPostingGround, type PostingSigns } from './posting-ground.ts';
import { type Sections, splitPosting } from './sections.ts';
import { readStatedLinks } from './stated-link.ts';
import { isSetSubject, parseSubject } from './subject.ts';

/** A diff with the lines that it stands in. */
export interface PlacedDiff {
  readonly lines: readonly string[];
  readonly diff: Diff;
}

/** Reads a mail as a posting; null where it is none. */
export function readPosting(message: Message): Posting | null {
  return readPlacedPosting(message)?.posting ?? null;
}

/** The same with its diff, which is empty for a cover. */
export function readPlacedPosting(message: Message): ({ readonly posting: Posting } & PlacedDiff) | null {
  const subject = parseSubject(message.subject);
  if (subject.isReply || subject.kind === 'pull' || subject.kind === 'notice') return null;
  const sections = splitPosting(message.body);
  if (subject.kind === 'other' && findCommitMail(sections.lines)) return null;
  const placed = findDiff(message, sections);
  const changeId = findMachineValue(sections, /^ {0,3}change-id: *(\S{8,200})$/i);
  const ground = findPostingGround({
    subject,
    hasChangeId: changeId !== null,
    ...signsOf(message, sections, placed),
  });
  if (!ground) return null;
  const isCover = ground === 'cover';
  const posting = { ...describe(message, sections, subject, isCover), ...describeDiff(placed), changeId };
  return { posting, lines: placed.lines, diff: placed.diff };
}

function signsOf(
  message: Message,
  { lines, diffstat }: Sections,
  placed: PlacedDiff,
): Omit<PostingSigns, 'subject' | 'hasChangeId'> {
  const before = placed.lines.slice(0, Math.max(0, placed.diff.start));
  return {
    isSet: isSetSubject(message.subject),
    hasDiff: placed.diff.files.length > 0,
    hasStrayHunk: lines.some((line) => line.startsWith('@@ -')),
    hasDiffstat: diffstat !== null,
    hasSignOff: before.some((line) => /^signed-off-by: /i.test(line)),
    isDiffOnly: placed.diff.start >= 0 && placed.diff.start <= 2,
    isAnswer: message.inReplyTo.length > 0 || message.references.length > 0,
    hasQuote: lines.some((line) => line.startsWith('>')),
  };
}

function describe(
  message: Message,
  sections: Sections,
  subject: Subject,
  isCover: boolean,
): Omit<Posting, 'hasDiff' | 'patchId' | 'files' | 'lineHashes' | 'changeId'> {
  const author = authorOf(message, sections.inBodyHeaders);
  const sender = senderOf(message);
  const { start } = sections.message;
  const end = sections.trailers[0]?.start ?? sections.message.end;
  const spans = isCover ? [sections.message, ...sections.changeLog] : sections.changeLog;
  const spoken = readSpokenVersions(sections.lines, spans).map((found) => found.version);
  return {
    messageId: message.messageId,
    sentMs: message.sortMs,
    authorAddress: author.address,
    authorName: author.name,
    senderAddress: sender.address,
    senderName: sender.name,
    subject,
    isCover,
    replyChain: [...new Set([...message.inReplyTo, ...message.references.toReversed()])],
    lists: message.listIds,
    baseCommit: findMachineValue(sections, /^ {0,3}base-commit: *([0-9a-f]{7,64})$/i),
    asksPull: isPullRequest(sections),
    links: readStatedLinks(message.messageId, sections, isCover),
    changeLogVersions: [...new Set(spoken)].sort((a, b) => b - a),
    wordHashes: wordHashes(sections.lines.slice(start, end)),
    trailers: sections.trailers,
  };
}

function describeDiff({
  lines,
  diff,
}: PlacedDiff): Pick<Posting, 'hasDiff' | 'patchId' | 'files' | 'lineHashes'> {
  return {
    hasDiff: diff.files.length > 0,
    patchId: patchIdOf(lines, diff),
    files: diff.files.map((file) => file.change),
    lineHashes: lineHashes(diff),
  };
}

/** Both lines of `git request-pull`; a branch that is named for testers has neither. */
function isPullRequest({ lines }: Sections): boolean {
  return (
    lines.some((line) => line.startsWith('The following changes since commit ')) &&
    lines.some((line) => /^are available in the git repository at:?/i.test(line.slice(0, 80)))
  );
}

/** The body's diff, else that of the first attachment with one. */
function findDiff(message: Message, sections: Sections): PlacedDiff {
  if (sections.diff.files.length > 0) return sections;
  for (const { text } of message.attachments) {
    if (text === undefined) continue;
    const lines = text.split('\n');
    const diff = parseDiffLines(lines);
    if (diff.files.length > 0) return { lines, diff };
  }
  return sections;
}

/** The value of the last unquoted line of that form outside the diff. */
function findMachineValue({ lines, diff }: Sections, pattern: RegExp): string | null {
  for (let at = lines.length - 1; at >= 0; at--) {
    if (at >= diff.start && at < diff.end) continue;
    const value = pattern.exec((lines[at] ?? '').slice(0, 300).trimEnd())?.[1];
    if (value !== undefined) return value;
  }
  return null;
}
