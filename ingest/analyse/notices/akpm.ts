/** mm-commits: `+ file.patch added to mm-unstable branch`, `[merged mm-stable] file.patch`, with "The patch titled". */
import { type NoticeItem, type NoticeMail, noticeItem } from '../notice-item.ts';

export function readAkpm(mail: NoticeMail): NoticeItem[] {
  const isAdded = mail.subject.startsWith('+ ') && mail.subject.includes('.patch added to ');
  const isMerged =
    /^(?:\[merged|\[withdrawn\]|\[to-be-updated\]|\[obsolete\]|- )/.test(mail.subject) &&
    mail.subject.includes('.patch');
  if (!isAdded && !isMerged) return [];
  const start = mail.lines.findIndex(
    (line) => line.trim() === 'The patch titled' || line.trim() === 'The quilt patch titled',
  );
  const titleLine = /^\s+Subject: (.{1,500})$/.exec(mail.lines[start + 1] ?? '');
  if (start < 0 || !titleLine) return [];
  const isGone = /^\[(?:withdrawn|to-be-updated|obsolete)\]/.test(mail.subject);
  const tree = isAdded ? mail.subject.slice(mail.subject.indexOf(' added to ') + 10) : 'mm';
  return [
    noticeItem({
      kind: isGone ? 'dropped' : 'akpm',
      aim: 'title',
      confidence: 0.95,
      title: titleLine[1] ?? '',
      tree,
      start,
      end: start + 2,
    }),
  ];
}
