/**
 * patchwork-bot: "This series was applied to TREE (BRANCH)", a summary with one link to a commit for each patch.
 *
 * Rows with "(no matching commit)" stay open. The summary is the bot's own text, so quotes need not be skipped.
 */
import { type NoticeItem, type NoticeMail, noticeItem, shaAt, summaryLine } from '../notice-item.ts';

/** A link, `(no matching commit)`, or the next row */
const endsTitle = /^(?:\s+https?:|\s+\(no matching commit\)| {2}- )/;

export function readPatchworkBot(mail: NoticeMail): NoticeItem[] {
  if (!mail.fromAddress.startsWith('patchwork-bot')) return [];
  const start = mail.lines.findIndex((line) =>
    /^(This|The following) (patch|series|pull request)/.test(line),
  );
  const tree = start < 0 ? '' : treeOf(mail.lines.slice(start, start + 3).join(' '));
  const items: NoticeItem[] = [];
  for (let at = Math.max(0, start); at < mail.lines.length; at++) {
    const line = mail.lines[at] ?? '';
    const summary = line.startsWith('  - ') ? rowOf(line.slice(4)) : undefined;
    if (!summary) continue;
    // A long title is wrapped; the link stands on the first line that begins with one, before the next row.
    let link = at + 1;
    while (link < Math.min(at + 4, mail.lines.length) && !endsTitle.test(mail.lines[link] ?? '')) link++;
    const wrapped = mail.lines.slice(at + 1, link).map((text) => text.trim());
    const sha = commitOfLink(mail.lines[link] ?? '');
    if (sha === '') continue;
    const title = [summary.title, ...wrapped].join(' ');
    items.push(
      noticeItem({
        kind: 'patchwork-bot',
        aim: 'answered',
        confidence: 0.99,
        title,
        position: summary.position,
        sha,
        tree,
        start: at,
        end: link + 1,
      }),
    );
  }
  return items;
}

/** `[v3,2/7] title`, or the bare title of a single first version. */
function rowOf(text: string): { position: number | null; title: string } {
  return summaryLine(text) ?? { position: null, title: text.trim() };
}

/** `TREE (BRANCH)` of "... applied to TREE (BRANCH) by NAME:"; the name is left out where there is no committer. */
function treeOf(sentence: string): string {
  const at = sentence.indexOf(' applied to ');
  if (at < 0) return '';
  const rest = sentence.slice(at + 12);
  const ends = [rest.indexOf(' by '), rest.indexOf(':'), rest.length].filter((end) => end >= 0);
  return rest.slice(0, Math.min(...ends)).trim();
}

/** `https://git.kernel.org/NAME/c/SHA`. */
function commitOfLink(line: string): string {
  const at = line.lastIndexOf('/c/');
  return at < 0 ? '' : shaAt(line.slice(at + 3));
}
