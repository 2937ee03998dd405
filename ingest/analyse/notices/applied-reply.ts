/**
 * Applied replies: a maintainer's own words, "Applied, thanks!", "Queued for 5.9", "Pushed", without a form.
 *
 * Only an unquoted line that begins with the word counts, in a reply; negations and plans ("will apply", "can be
 * applied") begin otherwise. Without a commit id this is likely, not sure.
 */
import { type NoticeItem, type NoticeMail, noticeItem, shaAt } from '../notice-item.ts';

const opening =
  /^(?:(?:both|all|series|patch|thanks|thank you|great|ok|okay|nice)[,.!]{0,3} ){0,2}(?:i(?:'ve| have)? )?(?:now )?(?:applied|queued|pushed|merged|picked up)\b/i;
const commitWord = /\b(?:as|commit) ([0-9a-f]{7,40})\b/;

export function readApplied(mail: NoticeMail): NoticeItem[] {
  if (mail.inReplyTo.length === 0) return [];
  for (let at = 0; at < mail.lines.length; at++) {
    const line = (mail.lines[at] ?? '').slice(0, 200);
    if (line.startsWith('-- ')) break;
    if (!opening.test(line)) continue;
    const next = mail.lines[at + 1] ?? '';
    const tree =
      /(?<!\d )\b(?:to|into|for) (?:the |my )?([\w./+-]{2,60})/.exec(line)?.[1]?.replace(/[.,]$/, '') ?? '';
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
