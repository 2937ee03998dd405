/**
 * tip-bot2: "The following commit has been merged into the BRANCH branch of tip:", sent as a reply to the patch.
 *
 * Other trees use the same bot (irqchip). In-Reply-To names the patch; Link: repeats it.
 */
import { type NoticeItem, type NoticeMail, noticeItem, shaAt } from '../notice-item.ts';

export function readTipBot(mail: NoticeMail): NoticeItem[] {
  const start = mail.lines
    .slice(0, 4)
    .findIndex((line) => line.startsWith('The following commit has been merged into the '));
  if (start < 0) return [];
  const said = mail.lines[start] ?? '';
  const branch = said.slice('The following commit has been merged into the '.length);
  const at = mail.lines.findIndex(
    (line, index) => index > start && index < start + 6 && line.startsWith('Commit-ID:'),
  );
  const sha = at < 0 ? '' : shaAt((mail.lines[at] ?? '').slice('Commit-ID:'.length).trim());
  if (sha === '') return [];
  const name = branch.slice(0, Math.max(0, branch.indexOf(' branch of ')));
  const repository = branch.slice(branch.indexOf(' branch of ') + 11).replace(/[:.]$/, '');
  const close = mail.subject.indexOf(']');
  const title = close < 0 ? '' : mail.subject.slice(close + 1).trim();
  return [
    noticeItem({
      kind: 'tip-bot',
      aim: 'answered',
      confidence: 0.99,
      title,
      sha,
      tree: `${repository} ${name}`.trim(),
      start,
      end: at + 1,
    }),
  ];
}
