/**
 * Unmarked quotes: what Outlook and its kin leave below a reply, without a mark before its lines.
 *
 * In: body lines. Out: where the header block stands and where the old text starts (it goes on to the end).
 * Only a header block counts (`From:`, `Sent:` or `Date:`, and `Subject:`, one below the other): without one, nobody
 * can tell an unmarked quote from a patch sent again.
 */
import { once } from '../model/once.ts';
import { readDepth } from './quote-depth.ts';

export interface UnmarkedQuote {
  /** First line of the header block, or the ruler above it. */
  readonly headerStart: number;
  /** First line below the header block. */
  readonly start: number;
  /** Display name in its From line, or the address where there is none. */
  readonly name: string;
}

/** `-----Original Message-----`, `________________________________`, in the languages that were seen. */
const ruler =
  /^(?:-{4,12} ?(?:original message|original appointment|forwarded message|urspr.ngliche nachricht|message d'origine|mensaje original|messaggio originale|oorspronkelijk bericht|邮件原件|原始邮件) ?-{4,12}|_{20,60})\s*$/i;
/** `From: A B <a@b>`, also `*From:* A B`, `发件人:` and others. */
const fromLine = /^\*?(?:from|von|de|da|van|fr.n|od|от|发件人|差出人)\*? ?[:：]\*? ?(.{1,200})$/i;
const otherLine =
  /^\*?(?:sent|date|to|cc|subject|reply-to|importance|gesendet|datum|an|betreff|envoy. le|objet|. |enviado|fecha|para|asunto|发送时间|收件人|抄送|主题|日期)\*? ?[:：]/i;
const subjectLine = /^\*?(?:subject|betreff|objet|asunto|oggetto|onderwerp|.mne|主题|件名)\*? ?[:：]/i;

/** All header blocks at depth 0 that have old text below them, in order: each holds one mail more. */
export const findUnmarkedQuotes = once((lines: readonly string[]): readonly UnmarkedQuote[] => {
  const found: UnmarkedQuote[] = [];
  for (let at = 1; at < lines.length; at++) {
    const from = fromLine.exec((lines[at] ?? '').slice(0, 260).trimEnd());
    if (!from || !isBlockStart(lines, at)) continue;
    const end = headerEnd(lines, at + 1);
    if (end < 0) continue;
    const headerStart = rulerAbove(lines, at);
    // Without a ruler only Outlook's own word makes it sure: commit messages and tests hold mail headers too.
    if (headerStart === at && found.length === 0 && !hasSentLine(lines, at, end)) continue;
    found.push({ headerStart, start: end, name: displayName(from[1] ?? '') });
    at = end - 1;
  }
  return found;
});

function isBlockStart(lines: readonly string[], at: number): boolean {
  const above = lines[at - 1] ?? '';
  return above.trim() === '' || ruler.test(above.slice(0, 120));
}

/** Line after the block, or -1 where it has no subject. */
function headerEnd(lines: readonly string[], from: number): number {
  let hasSubject = false;
  let at = from;
  for (; at < lines.length && at < from + 40; at++) {
    const line = (lines[at] ?? '').slice(0, 260);
    if (line.trim() === '') break;
    if (subjectLine.test(line)) hasSubject = true;
    else if (!otherLine.test(line) && hasSubject) break;
    else if (readDepth(line).depth > 0) return -1;
  }
  return hasSubject ? at : -1;
}

function rulerAbove(lines: readonly string[], at: number): number {
  for (let back = at - 1; back >= 0 && back >= at - 2; back--) {
    const line = (lines[back] ?? '').slice(0, 120);
    if (ruler.test(line)) return back;
    if (line.trim() !== '') break;
  }
  return at;
}

/** Outlook writes `Sent:` where mail headers have `Date:`. */
function hasSentLine(lines: readonly string[], from: number, end: number): boolean {
  return lines
    .slice(from, end)
    .some((line) => /^\*?(?:sent|gesendet|envoy. le|enviado|发送时间)\*? ?[:：]/i.test(line));
}

function displayName(text: string): string {
  const angle = text.indexOf('<');
  const name = (angle > 0 ? text.slice(0, angle) : text).replace(/["'*]/g, '').trim();
  return name === '' ? text.trim() : name;
}
