/**
 * Notice subjects: what bots and maintainers of trees write above mails that only say what became of a patch.
 *
 * In: a subject without reply prefixes. Out: its title and tags, or undefined. They may hold a whole diff and are no
 * postings all the same. What the mails say: ../analyse/notice.ts
 */
import type { SubjectTag } from '../model/posting.ts';

export interface NoticeSubject {
  readonly title: string;
  readonly tags: readonly SubjectTag[];
}

/** What stands before and behind the quoted title. */
const quotedForms: readonly (readonly [before: string, behind: string])[] = [
  ['patch "', '" added to '],
  ['patch "', '" has been added to '],
  ['failed: patch "', '" failed to apply to '],
];

/** Reads a notice's subject. */
export function findNoticeSubject(subject: string): NoticeSubject | undefined {
  return findQuoted(subject) ?? findRelease(subject) ?? findBranch(subject) ?? findQueueFile(subject);
}

/** `Patch "batman-adv: x" has been added to the 5.4-stable tree` */
function findQuoted(subject: string): NoticeSubject | undefined {
  const lower = subject.toLowerCase();
  for (const [before, behind] of quotedForms) {
    const end = lower.lastIndexOf(behind);
    if (!lower.startsWith(before) || end < before.length) continue;
    return {
      title: subject.slice(before.length, end),
      tags: treeTags(subject.slice(end + behind.length)),
    };
  }
  return undefined;
}

/** `the 5.4-stable tree`, `char-misc-linus` */
function treeTags(text: string): SubjectTag[] {
  const name = text
    .replace(/^the /i, '')
    .replace(/ tree$/i, '')
    .trim();
  return name === '' ? [] : [{ kind: 'tree', text: name }];
}

/** `Linux 5.4.53` */
function findRelease(subject: string): NoticeSubject | undefined {
  const release = /^Linux v?(\d{1,3}\.\d{1,4}(?:\.\d{1,4})?(?:-rc\d{1,3})?)$/.exec(subject)?.[1];
  return release === undefined ? undefined : { title: subject, tags: [{ kind: 'release', text: release }] };
}

/** `[tip: sched/urgent] title`, `[tip:sched/urgent] BUILD SUCCESS`, `[linux-next:master 12/30] x.c:1: error` */
function findBranch(subject: string): NoticeSubject | undefined {
  const match = /^\[([\w.-]{1,80}): ?([\w./-]{1,200})(?: \d{1,5}\/\d{1,5})?\] */.exec(subject);
  if (!match || /^(?:patch|rfc|v\d)/i.test(match[1] ?? '')) return undefined;
  return { title: subject.slice(match[0].length), tags: [{ kind: 'tree', text: `${match[1]}:${match[2]}` }] };
}

/** `+ mm-fix-x.patch added to mm-unstable branch`, `[merged] mm-fix-x.patch removed from -mm tree` */
function findQueueFile(subject: string): NoticeSubject | undefined {
  const end = Math.max(subject.indexOf('.patch added to '), subject.indexOf('.patch removed from '));
  if (end < 0 || !/ (?:tree|branch)$/.test(subject)) return undefined;
  const start = subject.lastIndexOf(' ', end) + 1;
  return { title: subject.slice(start, end), tags: treeTags(subject.slice(subject.lastIndexOf(' -') + 1)) };
}
