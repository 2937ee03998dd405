/**
 * Pull requests: "[GIT PULL] sched/urgent for v5.8-rc6", with a shortlog as releases have it.
 *
 * A request is asked, not taken: only the answer of the pull tracker (./pull-merged.ts) says that its patches are in
 * mainline. The diff that some carry is that of all patches together, so nothing but the shortlog is read.
 */
import { parseSubject } from '../../patch/subject.ts';
import { type NoticeItem, type NoticeMail, noticeItem } from '../notice-item.ts';
import { shortlogLines } from './shortlog.ts';

export function readPullRequest(mail: Pick<NoticeMail, 'subject' | 'lines'>): NoticeItem[] {
  if (!/pull|\[git\]/i.test(mail.subject)) return [];
  const { kind, isReply, title } = parseSubject(mail.subject);
  if (isReply || kind !== 'pull') return [];
  const release = /\bfor[- ]v?(\d{1,3}\.\d{1,4}(?:-rc\d{1,3})?)\b/.exec(title)?.[1];
  return [...shortlogLines(mail.lines)].map(({ author, title: listed, at }) =>
    noticeItem({
      kind: 'pull-request',
      aim: 'title',
      confidence: 0.95,
      title: listed,
      author,
      tree: title.slice(0, 80),
      release: release === undefined ? '' : `v${release}`,
      start: at,
      end: at + 1,
    }),
  );
}

/**
 * What a merge says of the patches of the request that it answers. The merge is another commit than theirs. A request
 * before the first candidate of a release names the release alone, and candidates differ: then none is known.
 */
export function mergedItems(merge: NoticeItem, request: Pick<NoticeMail, 'subject' | 'lines'>): NoticeItem[] {
  return readPullRequest(request).map(({ title, author, release }) =>
    noticeItem({
      ...merge,
      aim: 'title',
      title,
      author,
      sha: '',
      release: release.includes('-rc') ? release : '',
    }),
  );
}
