/**
 * Releases: "Linux 5.4.53", with a shortlog that lists titles below their author: `Name (2):`, then `      title`.
 *
 * `Revert "title"` takes that title out of the series again. Patches are dropped between review and release, so only this shortlog says that a patch is in a release.
 */
import { type NoticeItem, type NoticeMail, noticeItem } from '../notice-item.ts';

export function readRelease(mail: NoticeMail): NoticeItem[] {
  const release = /^Linux (\d{1,3}\.\d{1,4}(?:\.\d{1,5})?(?:-rc\d{1,3})?)$/.exec(mail.subject.trim())?.[1];
  if (!release) return [];
  const items: NoticeItem[] = [];
  let author = '';
  for (let at = 0; at < mail.lines.length; at++) {
    const line = mail.lines[at] ?? '';
    const head = /^(\S.{0,100}) \(\d{1,5}\):$/.exec(line);
    if (head) author = head[1] ?? '';
    else if (line.trim() === '') author = '';
    else if (author !== '' && /^ {6}\S/.test(line)) {
      const reverted = /^Revert "(.{1,500})"$/.exec(line.trim())?.[1];
      items.push(
        noticeItem({
          kind: reverted === undefined ? 'release' : 'revert',
          aim: 'title',
          confidence: 0.95,
          title: reverted ?? line.trim(),
          // Who takes a patch back is seldom its author.
          author: reverted === undefined ? author : '',
          release,
          tree: treeOf(release),
          start: at,
          end: at + 1,
        }),
      );
    }
  }
  return items;
}

function treeOf(release: string): string {
  const [major, minor, patch] = release.split('.');
  return patch === undefined || release.includes('-rc') ? 'mainline' : `${major}.${minor}-stable`;
}
