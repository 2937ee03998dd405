/** pr-tracker-bot: "The pull request you sent on DATE has been merged into torvalds/linux.git:", then the merge. */
import { type NoticeItem, type NoticeMail, noticeItem, shaAt } from '../notice-item.ts';

export function readPullMerged(mail: NoticeMail): NoticeItem[] {
  const start = mail.lines.findIndex((line) => line.startsWith('The pull request you sent on '));
  if (start < 0) return [];
  const end = mail.lines.findIndex((line, at) => at > start && at < start + 8 && line.includes('/c/'));
  const merged = mail.lines.slice(start, start + 8).find((line) => line.startsWith('has been merged into '));
  if (end < 0 || merged === undefined) return [];
  const link = mail.lines[end] ?? '';
  const sha = shaAt(link.slice(link.lastIndexOf('/c/') + 3));
  const tree = merged.slice('has been merged into '.length).replace(/:$/, '');
  return [
    noticeItem({ kind: 'pull-merged', aim: 'answered', confidence: 0.99, sha, tree, start, end: end + 1 }),
  ];
}
