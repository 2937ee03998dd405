/**
 * Stable review: `[PATCH 5.4 202/215] title` whose body says `commit SHA upstream.`. In review, not yet released.
 *
 * The line proves the mainline commit. AUTOSEL mails are candidates for a stable tree, no more: a kind of their own.
 */
import { type NoticeItem, type NoticeMail, noticeItem } from '../notice-item.ts';
import { upstreamCommit } from './stable-note.ts';

export function readStableReview(mail: NoticeMail): NoticeItem[] {
  const subject =
    /^\[PATCH (AUTOSEL |stable |for-stable )?(\d{1,3}\.\d{1,3})(?:\.y)? [\d/ ]{1,12}\] (.{1,500})$/.exec(
      mail.subject,
    );
  if (!subject) return [];
  const start = mail.lines.findIndex((line) => upstreamCommit(line) !== '');
  if (start < 0) return [];
  return [
    noticeItem({
      kind: subject[1] === 'AUTOSEL ' ? 'stable-candidate' : 'stable-review',
      aim: 'title',
      confidence: 0.97,
      title: subject[3] ?? '',
      sha: upstreamCommit(mail.lines[start] ?? ''),
      tree: `${subject[2]}-stable`,
      start,
      end: start + 1,
    }),
  ];
}
