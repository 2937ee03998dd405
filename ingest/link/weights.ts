/**
 * Weights: what each linking rule is worth, in one table.
 *
 * A weight is log-odds (natural logarithm): the evidence of a pair is summed, and 1 / (1 + e^-sum) is the confidence.
 * Values are checked against stated truth by `npm run score`, which prints each rule's precision. Rules find the
 * evidence (./rules/), this table weighs it, `says` is what a maintainer reads.
 */

export interface RuleWeight {
  readonly weight: number;
  readonly says: string;
}

/** Rules about two sendings: is the newer one a later revision of the older? */
export const sendingRules = {
  prior: { weight: -5, says: 'most pairs of sendings have nothing to do with each other' },
  'change-id-same': { weight: 12, says: 'both carry the same change-id' },
  'change-id-differs': { weight: -9, says: 'they carry different change-ids' },
  'link-with-version': { weight: 9, says: 'its sender links the older one and names its version' },
  'link-supersedes': { weight: 9, says: 'a trailer says that it supersedes the older one' },
  'link-in-change-log': { weight: 4, says: 'its sender links the older one below the commit message' },
  'link-in-text': { weight: 1, says: 'its text mentions the older one' },
  'reply-to-older': { weight: 4, says: 'it was sent as a reply to the older one' },
  'cover-title-same': { weight: 4, says: 'both cover letters have the same title' },
  'cover-title-like': { weight: 1.5, says: 'the titles of the cover letters are alike' },
  'cover-title-unlike': { weight: -1, says: 'the cover letters speak of different things' },
  'title-same': { weight: 4, says: 'the single patch has the same title' },
  'title-same-short': { weight: 0.5, says: 'the single patch has the same title, but a short one' },
  'title-like': { weight: 1.5, says: 'the titles of the single patches are alike' },
  'most-patches-same': { weight: 5, says: 'most of the patches have the same titles or diffs' },
  'some-patches-same': { weight: 3, says: 'some of the patches have the same titles or diffs' },
  'one-patch-same': { weight: 1.5, says: 'one of the patches has the same title or diff' },
  'diff-same': { weight: 4, says: 'a patch has exactly the same diff' },
  'diff-like': { weight: 4, says: 'the patches add and remove mostly the same lines' },
  'diff-partly-like': { weight: 2, says: 'the patches add and remove some of the same lines' },
  'diff-unlike': { weight: -3, says: 'the diffs have no line in common' },
  'files-same': { weight: 1, says: 'the same files are changed' },
  'files-differ': { weight: -3, says: 'no changed file is the same' },
  'new-files-differ': { weight: -3, says: 'each creates files, and none is the same' },
  'version-next': { weight: 3, says: 'its version is the next one' },
  'version-later': { weight: 1.5, says: 'its version is a later one' },
  'version-same': { weight: -1.5, says: 'both have the same version' },
  'version-earlier': { weight: -4, says: 'its version is lower' },
  'rfc-to-patch': { weight: 2, says: 'the older one was a request for comments' },
  resend: { weight: 3, says: 'its subject says that it is sent again' },
  'patch-version-next': { weight: 3, says: "the patches' own versions go on" },
  'author-same': { weight: 1, says: 'one person sent both' },
  'author-differs': { weight: -3, says: 'different people sent them' },
  'backport-by-other': {
    weight: -9,
    says: 'a stable maintainer sent the patch on, it is no revision by its author',
  },
  'other-release': { weight: -9, says: 'they are for different releases' },
  'pull-batch': { weight: -6, says: 'one is a batch of patches that a maintainer asks to pull' },
  'same-day-other-title': { weight: -4, says: 'they were sent within a day under different titles' },
  'long-ago': { weight: -1, says: 'more than a year lies between them' },
} as const satisfies Record<string, RuleWeight>;

export type SendingRule = keyof typeof sendingRules;

/** Rules about two patches of linked sendings: are they one patch? */
export const patchRules = {
  'patch-prior': { weight: -3, says: 'two patches of two revisions are usually different ones' },
  'patch-title-same': { weight: 6, says: 'the titles are the same' },
  'patch-title-like': { weight: 3, says: 'the titles are alike' },
  'patch-diff-same': { weight: 8, says: 'the diffs are the same' },
  'patch-lines': { weight: 6, says: 'the diffs add and remove the same lines' },
  'patch-files-same': { weight: 1.5, says: 'the same files are changed' },
  'patch-files-alone': { weight: 2, says: 'no other patch changes these files' },
  'patch-files-differ': { weight: -3, says: 'no changed file is the same' },
  'patch-lines-none': { weight: -1.5, says: 'the diffs have no line in common' },
  'patch-words': { weight: 2, says: 'the commit messages use the same words' },
  'patch-position': { weight: 1, says: 'they stand at the same place' },
  'patch-single': { weight: 3, says: 'each revision has just this one patch' },
  'patch-left-over': { weight: 1.5, says: 'they are the only ones left over at this place' },
  'patch-version-goes-on': { weight: 2, says: "the patch's own version goes on" },
  'patch-version-back': { weight: -2, says: "the patch's own version would go back" },
  'patch-change-id-same': { weight: 12, says: 'both carry the same change-id' },
  'patch-revision-skipped': { weight: -0.4, says: 'a revision between them does not have it' },
} as const satisfies Record<string, RuleWeight>;

export type PatchRule = keyof typeof patchRules;

/** The confidence that a sum of weights stands for. */
export function confidenceOf(sum: number): number {
  return 1 / (1 + Math.exp(-sum));
}
