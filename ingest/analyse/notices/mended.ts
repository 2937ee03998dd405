/**
 * Mended: a later patch says by `Fixes: 0123abc ("title")` that it mends the one of that title. A fix of a fix, then.
 *
 * Only a posting's own message counts. What it mends is known by the title; a commit is told beside it.
 */
import { parseSubject } from '../../patch/subject.ts';
import { type NoticeItem, type NoticeMail, noticeItem, shaAt } from '../notice-item.ts';

export function readMended(mail: NoticeMail): NoticeItem[] {
  const items: NoticeItem[] = [];
  for (let at = 0; at < mail.lines.length; at++) {
    const line = mail.lines[at] ?? '';
    if (line === '---' || line.startsWith('diff --git ')) break;
    // Nearly every line of every mail comes here.
    if (!line.startsWith('Fixes:')) continue;
    const told = line.slice(6, 500).trim();
    const sha = shaAt(told);
    const open = told.indexOf('("');
    if (sha === '' || open < 0) continue;
    const isWhole = told.includes('")');
    const text = isWhole ? told : `${told} ${(mail.lines[at + 1] ?? '').slice(0, 500).trim()}`;
    const close = text.indexOf('")', open);
    if (close < 0) continue;
    const title = text.slice(open + 2, close).trim();
    const end = isWhole ? at + 1 : at + 2;
    items.push(noticeItem({ kind: 'mended', aim: 'title', confidence: 0.9, title, sha, start: at, end }));
  }
  if (items.length === 0) return [];
  const { kind, isReply } = parseSubject(mail.subject);
  return kind === 'patch' && !isReply ? items : [];
}
