/**
 * Notices: mails by bots and maintainers that say what became of patches.
 *
 * In: one mail, without its thread. Out: what it says of which title, number or commit, with the lines that say it.
 * Which posting is meant is found later, when its series is known: ./landing.ts. A new kind is one file in notices/
 * and one row in the table below; the first that reads anything wins.
 */
import type { NoticeItem, NoticeMail } from './notice-item.ts';
import { readAkpm } from './notices/akpm.ts';
import { readApplied } from './notices/applied-reply.ts';
import { readB4Thanks } from './notices/b4-thanks.ts';
import { readCommitMail } from './notices/commit-mail.ts';
import { readCommitted } from './notices/committed.ts';
import { readMended } from './notices/mended.ts';
import { readPatchworkBot } from './notices/patchwork-bot.ts';
import { readPullMerged } from './notices/pull-merged.ts';
import { readPullRequest } from './notices/pull-request.ts';
import { readRelease } from './notices/release.ts';
import { readStableNote } from './notices/stable-note.ts';
import { readStableReview } from './notices/stable-review.ts';
import { readTipBot } from './notices/tip-bot.ts';

export const noticeReaders: readonly ((mail: NoticeMail) => NoticeItem[])[] = [
  readPatchworkBot,
  readTipBot,
  readB4Thanks,
  readStableNote,
  readStableReview,
  readRelease,
  readPullMerged,
  readPullRequest,
  readAkpm,
  readCommitMail,
  readCommitted,
  readApplied,
  readMended,
];

/** What the mail says of patches; empty for ordinary mails. */
export function readNotice(mail: NoticeMail): NoticeItem[] {
  for (const read of noticeReaders) {
    const items = read(mail);
    if (items.length > 0) return items;
  }
  return [];
}
