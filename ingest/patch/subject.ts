/**
 * Subjects: a subject line taken apart into prefixes, versions, counter and title.
 *
 * In: a subject, decoded and unfolded. Out: a Subject; nothing is thrown. Only brackets at the start are prefixes.
 * A counter or version in brackets makes a patch of it even without the word PATCH, since `[RFC 0/3]` and Patchwork's
 * own `[net,v2,1/2]` lack it. Whether the mail is a posting is decided with its body: ./posting.ts
 */
import { limits } from '../model/limits.ts';
import type { Subject, SubjectKind, SubjectTag, Version } from '../model/posting.ts';
import { findReplyPrefix } from './reply-prefix.ts';
import type { Count } from './subject-atom.ts';
import { type Bracket, parseBracket } from './subject-bracket.ts';
import { findNoticeSubject } from './subject-notice.ts';

/** Everything before the title. */
interface Prefixes {
  readonly rest: string;
  readonly isReply: boolean;
  readonly isForward: boolean;
  readonly brackets: readonly { readonly text: string; readonly read: Bracket }[];
}

/** Takes a subject apart. */
export function parseSubject(subject: string): Subject {
  const text = mendSubject(collapse(subject.replaceAll('\0', '').slice(0, limits.subjectBytes)));
  const prefixes = takePrefixes(text);
  const notice = findNoticeSubject(withoutReplies(text));
  if (notice) return noticeSubject(prefixes, notice);
  const { title, patchVersion, isResent } = parseTitle(prefixes.rest);
  const brackets = prefixes.brackets.map((bracket) => bracket.read);
  const tags = tagsOf(prefixes);
  const version = chooseVersion(brackets);
  const count = brackets.find((bracket) => bracket.count)?.count ?? null;
  return {
    isReply: prefixes.isReply,
    isForward: prefixes.isForward,
    kind: kindOf(brackets, { title, version, count }),
    tags,
    isRfc: tags.some((tag) => tag.kind === 'rfc' || tag.kind === 'rft'),
    isResend: isResent || tags.some((tag) => tag.kind === 'resend'),
    version,
    patchVersion,
    position: count?.position ?? null,
    total: count?.total ?? null,
    title,
    titleKey: titleKeyOf(title),
  };
}

/** True where the brackets say that the mail heads several patches (`[PATCHSET v2]`), though no counter says so. */
export function isSetSubject(subject: string): boolean {
  return takePrefixes(mendSubject(collapse(subject))).brackets.some((bracket) => bracket.read.isSet);
}

/** Two titles with one key are the same title: lower case, no trailing `.` or `:`, blanks collapsed. */
export function titleKeyOf(title: string): string {
  let end = title.length;
  while (end > 0 && '.: '.includes(title[end - 1] ?? '')) end--;
  return collapse(title.slice(0, end).toLowerCase());
}

function noticeSubject(
  prefixes: Prefixes,
  notice: { readonly title: string; readonly tags: readonly SubjectTag[] },
): Subject {
  const { title, patchVersion } = parseTitle(notice.title);
  return {
    isReply: prefixes.isReply,
    isForward: prefixes.isForward,
    kind: 'notice',
    tags: notice.tags,
    isRfc: false,
    isResend: false,
    version: null,
    patchVersion,
    position: null,
    total: null,
    title,
    titleKey: titleKeyOf(title),
  };
}

/** `Subject: [PATCH] x` pasted whole, and `PATCH v2] x` that lost its first bracket. */
function mendSubject(text: string): string {
  const pasted = text.replace(/^subject: */i, '');
  const close = pasted.indexOf(']');
  return /^(?:rfc )?patch\b/i.test(pasted) && close > 0 && close < 40 && !pasted.slice(0, close).includes('[')
    ? `[${pasted}`
    : pasted;
}

function withoutReplies(text: string): string {
  let rest = text;
  for (let prefix = findReplyPrefix(rest); prefix; prefix = findReplyPrefix(rest)) rest = prefix.rest;
  return rest;
}

/** Reply prefixes and brackets in turn. Behind a patch's bracket a word with a colon belongs to the title. */
function takePrefixes(text: string): Prefixes {
  const brackets: { text: string; read: Bracket }[] = [];
  let rest = text;
  let isReply = false;
  let isForward = false;
  let isPatch = false;
  for (;;) {
    const prefix = isPatch ? undefined : findReplyPrefix(rest);
    const end = prefix ? -1 : bracketEnd(rest);
    if (!prefix && end < 0) return { rest, isReply, isForward, brackets };
    if (prefix) {
      isReply = true;
      isForward ||= prefix.isForward;
      rest = prefix.rest;
      continue;
    }
    const content = rest.slice(1, end);
    const read = parseBracket(content);
    brackets.push({ text: collapse(content), read });
    isPatch ||= read.isPatch || read.count !== null;
    // `[EXTERNAL] : [PATCH] x`
    rest = rest
      .slice(end + 1)
      .replace(/^ ?(?:: ?)?(?=\[)/, '')
      .trimStart();
  }
}

/** Index of the bracket that closes the one at the start; -1 where none opens or it stays open. */
function bracketEnd(text: string): number {
  if (text[0] !== '[') return -1;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '[') depth++;
    else if (text[at] === ']' && --depth === 0) return at;
  }
  // `[PATCH [v2 1/3] title` has one closing bracket for two.
  return text.indexOf(']');
}

/** A bracket of unknown words before the patch's bracket was put there by a list. */
function tagsOf(prefixes: Prefixes): SubjectTag[] {
  const first = prefixes.brackets.findIndex(({ read }) => read.isPatch || read.count !== null);
  return prefixes.brackets.flatMap(({ text, read }, at): readonly SubjectTag[] => {
    const isList =
      at < first &&
      read.tags.length > 0 &&
      read.tags.every((tag) => tag.kind === 'other') &&
      read.versions.length === 0;
    return isList ? [{ kind: 'list', text }] : read.tags;
  });
}

function chooseVersion(brackets: readonly Bracket[]): Version | null {
  for (const bracket of brackets) {
    const version = bracket.versions[0];
    if (version) return version;
  }
  return null;
}

function kindOf(
  brackets: readonly Bracket[],
  found: { readonly title: string; readonly version: Version | null; readonly count: Count | null },
): SubjectKind {
  if (brackets.some((bracket) => bracket.isPull)) return 'pull';
  if (brackets.some((bracket) => bracket.isPatch)) return 'patch';
  if (/^(?:please pull|git pull|pull request)\b/i.test(found.title)) return 'pull';
  return found.version || found.count ? 'patch' : 'other';
}

/** The title without `: ` before it and without `(v9)` or `(resend)` behind it. */
function parseTitle(text: string): { title: string; patchVersion: number | null; isResent: boolean } {
  let title = text.replace(/^[: ]+/, '').trimEnd();
  let patchVersion: number | null = null;
  let isResent = false;
  for (;;) {
    const suffix = /\((?:v(\d{1,4})|resend|repost)\)$/i.exec(title);
    if (!suffix || suffix.index === 0) return { title, patchVersion, isResent };
    if (suffix[1] === undefined) isResent = true;
    else patchVersion ??= Number(suffix[1]);
    title = title.slice(0, suffix.index).trimEnd();
  }
}

function collapse(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
