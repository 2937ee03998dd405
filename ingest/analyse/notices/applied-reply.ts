/**
 * Applied replies: a maintainer's own words, "Applied, thanks!", "Queued for 5.9", "Pushed", without a form.
 *
 * Only an unquoted line of a reply counts; what its words must be says ./taken-words.ts. Without a commit id this is
 * likely, not sure.
 */
import { type NoticeItem, type NoticeMail, noticeItem, shaAt } from '../notice-item.ts';
import { saysTaken } from './taken-words.ts';

/** `as 0123abc`, `commit 0123abc`, and gcc's `as r14-123-g0123abc` */
const commitWord = /\b(?:as|commit) (?:r\d{1,3}-\d{1,6}-g)?([0-9a-f]{7,40})\b/;

export function readApplied(mail: NoticeMail): NoticeItem[] {
  if (mail.inReplyTo.length === 0) return [];
  for (let at = 0; at < mail.lines.length; at++) {
    const line = (mail.lines[at] ?? '').slice(0, 200);
    if (line.startsWith('-- ')) break;
    if (!saysTaken(line, mail.lines[at - 1] ?? '')) continue;
    const next = mail.lines[at + 1] ?? '';
    const tree =
      /(?<!\d )\b(?:to|into|onto|for) (?:the |my )?([\w./+-]{2,60})/.exec(line)?.[1]?.replace(/[.,]$/, '') ??
      '';
    const sha = shaAt(commitWord.exec(`${line} ${next.slice(0, 100)}`)?.[1] ?? '');
    return [
      noticeItem({
        kind: 'applied-reply',
        aim: 'answered',
        confidence: sha ? 0.9 : 0.75,
        sha,
        tree,
        start: at,
        end: at + 1,
      }),
    ];
  }
  return [];
}
