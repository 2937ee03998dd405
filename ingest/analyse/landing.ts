/**
 * Landings: which posting a notice means.
 *
 * In: notices about one series, its postings. Out: landings with their basis. A notice that answers a posting means the
 * patches of that posting's sending, told apart by title, then by number (maintainers edit titles); one that names a
 * title means the newest posting of that title by that author before it.
 */
import { bodyEvidence, type Fact } from '../model/fact.ts';
import type { Landing } from '../model/landing.ts';
import type { NoticeItem } from './notice-item.ts';

/** A notice as stored: one item, with the mail that it came in. */
export interface Notice extends NoticeItem {
  readonly messageId: string;
  readonly atMs: number;
  /** The posting or cover that it answers; null where it answers none. */
  readonly answers: string | null;
}

/** What is needed of a posting to know it again. */
export interface LandingTarget {
  readonly messageId: string;
  readonly revision: string;
  readonly position: number;
  readonly total: number;
  readonly isCover: boolean;
  readonly titleKey: string;
  readonly authorName: string;
  readonly sentMs: number;
}

/** Landings of one series. `titleKeyOf` makes a printed title comparable (../patch/subject.ts). */
export function findLandings(
  notices: readonly Notice[],
  targets: readonly LandingTarget[],
  titleKeyOf: (title: string) => string,
): Fact<Landing>[] {
  const found = notices.flatMap((notice) =>
    meant(notice, targets, titleKeyOf).map((target) => landingFact(notice, target?.messageId ?? null)),
  );
  return found.filter(({ value }) => value.kind !== 'mended' || isOfCommit(value, found));
}

/** Titles repeat: what mends another commit of this title does not mend this patch. */
function isOfCommit({ messageId, sha }: Landing, found: readonly Fact<Landing>[]): boolean {
  const known = found
    .map(({ value }) => value)
    .filter((one) => one.kind !== 'mended' && one.messageId === messageId && one.sha !== '');
  return known.length === 0 || known.some((one) => one.sha.startsWith(sha) || sha.startsWith(one.sha));
}

/** The landing that one notice is, for this posting. */
export function landingFact(notice: Notice, messageId: string | null): Fact<Landing> {
  const { kind, title, sha, tree, release, atMs } = notice;
  return {
    value: { notice: notice.messageId, kind, messageId, title, sha, tree, release, atMs },
    rule: `notice-${kind}`,
    confidence: notice.confidence,
    evidence: [bodyEvidence(notice.messageId, notice.start, notice.end)],
    by: 'rule',
  };
}

function meant(
  notice: Notice,
  targets: readonly LandingTarget[],
  titleKeyOf: (title: string) => string,
): (LandingTarget | null)[] {
  const key = titleKeyOf(notice.title);
  if (notice.aim === 'itself') return targets.filter((target) => target.messageId === notice.messageId);
  if (notice.aim !== 'answered') return byTitle(notice, key, targets);
  const answered = targets.find((target) => target.messageId === notice.answers);
  if (!answered) return [];
  const sending = targets.filter((target) => target.revision === answered.revision && !target.isCover);
  if (notice.title === '') return answered.isCover ? sending : [answered];
  const titled = sending.filter((target) => target.titleKey === key);
  const placed = titled.length > 1 ? titled.filter((target) => target.position === notice.position) : titled;
  if (placed[0]) return [placed[0]];
  const numbered = sending.filter((target) => target.position === notice.position);
  if (numbered[0]) return [numbered[0]];
  // The others of a series may have gone to other lists: what is said of them is not said of the one held here.
  if (sending.length === 1 && sending[0] && sending[0].total <= 1) return [sending[0]];
  // A bot that numbers nothing answers the patch itself; its title is the commit's, which maintainers edit.
  return notice.position === null && !answered.isCover ? [answered] : [];
}

/** The newest posting of that title before the notice; a shortlog also names the author. */
function byTitle(notice: Notice, key: string, targets: readonly LandingTarget[]): LandingTarget[] {
  const found = targets
    .filter((target) => !target.isCover && target.titleKey === key && target.sentMs <= notice.atMs)
    // A stable review is a posting itself; it speaks of the patch that it takes back.
    .filter((target) => target.messageId !== notice.messageId)
    .filter((target) => notice.author === '' || target.authorName === notice.author)
    .sort((a, b) => b.sentMs - a.sentMs);
  return found.slice(0, 1);
}
