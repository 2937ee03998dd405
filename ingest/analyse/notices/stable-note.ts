/**
 * Stable and driver trees: "This is a note to let you know that I've just added the patch titled", the title, "to my X
 * git tree" or "to the 5.4-stable tree".
 */
import { type NoticeItem, type NoticeMail, noticeItem } from '../notice-item.ts';

export function readStableNote(mail: NoticeMail): NoticeItem[] {
  const start = mail.lines.findIndex((line) =>
    line.startsWith("This is a note to let you know that I've just added the patch titled"),
  );
  if (start < 0) return [];
  let at = start + 1;
  while (at < mail.lines.length && (mail.lines[at] ?? '').trim() === '') at++;
  const title: string[] = [];
  while (at < mail.lines.length && (mail.lines[at] ?? '').trim() !== '')
    title.push((mail.lines[at++] ?? '').trim());
  const target = mail.lines.slice(at, at + 4).join(' ');
  const stable = /to the (\d{1,3}\.\d{1,3})-stable tree/.exec(target);
  const own = /to my ([\w.+-]{1,60}) git tree/.exec(target);
  const tree = stable ? `${stable[1]}-stable` : (own?.[1] ?? '');
  const sha = mail.lines.map(upstreamCommit).find((found) => found !== '') ?? '';
  return [
    noticeItem({
      kind: 'stable-note',
      aim: 'title',
      confidence: 0.97,
      title: title.join(' ').replace(/^Subject:\s*/, ''),
      sha: stable ? sha : '',
      tree,
      start,
      end: at,
    }),
  ];
}

/** `commit SHA upstream.` or `[ Upstream commit SHA ]`: the line that ties a backport to mainline. Empty otherwise. */
export function upstreamCommit(line: string): string {
  const text = line.trim();
  return (
    /^commit ([0-9a-f]{40}) upstream\b/.exec(text)?.[1] ??
    /^\[ Upstream commit ([0-9a-f]{40}) \]/.exec(text)?.[1] ??
    ''
  );
}
