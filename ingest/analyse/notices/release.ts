/**
 * Releases: "Linux 5.4.53", with a shortlog that lists titles below their author.
 *
 * `Revert "title"` takes that title out of the series again. Patches are dropped between review and release, so only this shortlog says that a patch is in a release.
 */
import { type NoticeItem, type NoticeMail, noticeItem } from '../notice-item.ts';
import { shortlogLines } from './shortlog.ts';

export function readRelease(mail: NoticeMail): NoticeItem[] {
  const release = /^Linux (\d{1,3}\.\d{1,4}(?:\.\d{1,5})?(?:-rc\d{1,3})?)$/.exec(mail.subject.trim())?.[1];
  if (!release) return [];
  return [...shortlogLines(mail.lines)].map(({ author, title, at }) => {
    const reverted = /^Revert "(.{1,500})"$/.exec(title)?.[1];
    return noticeItem({
      kind: reverted === undefined ? 'release' : 'revert',
      aim: 'title',
      confidence: 0.95,
      title: reverted ?? title,
      // Who takes a patch back is seldom its author.
      author: reverted === undefined ? author : '',
      release,
      tree: treeOf(release),
      start: at,
      end: at + 1,
    });
  });
}

function treeOf(release: string): string {
  const [major, minor, patch] = release.split('.');
  return patch === undefined || release.includes('-rc') ? 'mainline' : `${major}.${minor}-stable`;
}
