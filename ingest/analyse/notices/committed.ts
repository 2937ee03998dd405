/** `[committed] x`, `[PUSHED 2/3] x`: its sender shows a patch that went in already. The posting speaks of itself. */
import { parseSubject } from '../../patch/subject.ts';
import { type NoticeItem, type NoticeMail, noticeItem } from '../notice-item.ts';

export function readCommitted(mail: NoticeMail): NoticeItem[] {
  const { isReply, tags } = parseSubject(mail.subject);
  const isCommitted = !isReply && tags.some(({ kind }) => kind === 'committed');
  return isCommitted
    ? [noticeItem({ kind: 'committed', aim: 'itself', confidence: 0.9, start: 0, end: 1 })]
    : [];
}
