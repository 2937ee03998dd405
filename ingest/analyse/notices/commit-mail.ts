/** Commit mails: a repository's hook tells that a patch of this title is in it. The author may have sent it under another. */
import { findCommitMail } from '../../patch/commit-mail.ts';
import { parseSubject } from '../../patch/subject.ts';
import { type NoticeItem, type NoticeMail, noticeItem } from '../notice-item.ts';

export function readCommitMail(mail: NoticeMail): NoticeItem[] {
  const found = findCommitMail(mail.lines);
  if (!found) return [];
  const { kind, isReply, title } = parseSubject(mail.subject);
  if (isReply || kind !== 'other' || title === '') return [];
  const { sha, branch, start, end } = found;
  return [
    noticeItem({ kind: 'commit-mail', aim: 'title', confidence: 0.9, title, sha, tree: branch, start, end }),
  ];
}
