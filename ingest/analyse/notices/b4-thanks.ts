/**
 * b4 ty: "Applied to BRANCH, thanks!", then for each patch its title and `commit: SHA` or a link to the commit.
 *
 * Also the hand-made copies of that form (`(1/3) title` with the id below). Only unquoted lines count.
 */
import { type NoticeItem, type NoticeMail, noticeItem, shaAt, summaryLine } from '../notice-item.ts';

export function readB4Thanks(mail: NoticeMail): NoticeItem[] {
  const items: NoticeItem[] = [];
  let tree = '';
  for (let at = 0; at < mail.lines.length; at++) {
    const line = mail.lines[at] ?? '';
    // Nearly all lines of all mails come here and begin with none of these.
    if (!'AQPM[('.includes(line[0] ?? ' ')) continue;
    const applied = /^(?:Applied|Queued|Pushed|Merged)(?: up)? (?:to|into|for) (?:the )?([^,!]{1,120})/.exec(
      line.slice(0, 200),
    );
    if (applied) tree = applied[1]?.trim() ?? '';
    const summary = summaryLine(line.replace(/^\((\d{1,4}\/\d{1,4})\)/, '[$1]'));
    if (!summary) continue;
    const found = commitBelow(mail.lines, at + 1);
    if (!found) continue;
    const wrapped = mail.lines.slice(at + 1, found.at).map((text) => text.trim());
    items.push(
      noticeItem({
        kind: 'b4-ty',
        aim: 'answered',
        confidence: 0.99,
        title: [summary.title, ...wrapped].join(' '),
        position: summary.position,
        sha: found.sha,
        tree,
        start: at,
        end: found.at + 1,
      }),
    );
  }
  return items;
}

/** The commit on one of the next three lines: `commit: SHA`, or a link that ends in one. */
function commitBelow(lines: readonly string[], from: number): { sha: string; at: number } | null {
  for (let at = from; at < Math.min(from + 3, lines.length); at++) {
    const line = (lines[at] ?? '').trim();
    if (line === '' || line.startsWith('[')) return null;
    const sha = line.startsWith('commit: ') ? shaAt(line.slice(8)) : linkedCommit(line);
    if (sha !== '') return { sha, at };
  }
  return null;
}

/** `https://git.kernel.org/tree/c/SHA`, `.../commit/SHA`, `.../commit/?id=SHA`. */
function linkedCommit(line: string): string {
  if (!/^https?:\/\//.test(line)) return '';
  for (const mark of ['/c/', '/commit/?id=', '/commit?id=', '?id=', '/commit/']) {
    const at = line.lastIndexOf(mark);
    const sha = at < 0 ? '' : shaAt(line.slice(at + mark.length));
    if (sha !== '') return sha;
  }
  return '';
}
