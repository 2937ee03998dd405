/**
 * Rule sentences: what a rule says, for people. The rows of the linking rules stand beside their weights
 * (ingest/link/weights.ts); all others are here, by area. A rule without a row is shown by its name.
 */
import { patchRules, sendingRules } from '../../ingest/link/weights.ts';

const own: Readonly<Record<string, string>> = {
  // --- by a person
  person: 'a person said so',
  // --- versions that are not held (ingest/link/series.ts)
  'change-log': 'a change log speaks of it',
  'version-gap': 'the versions held leave it out',
  // --- quotes (ingest/reply/quote-align.ts)
  'quote-same-lines': 'the same lines stand in the quoted mail',
  'quote-short-lines': 'the same short lines stand in the quoted mail',
  'quote-same-words': 'the same words stand in the quoted mail, broken in other lines',
  'quote-common-words': 'some of the same words stand in the quoted mail',
  'quote-align': 'the lines were compared with those of the mails before',
  'quote-not-found': 'no mail that is held has these words',
  // --- trailers and stances (ingest/reply/)
  'trailer-in-reply': 'the trailer stands in a reply to this patch',
  'trailer-deep-in-thread': 'the trailer stands deeper in the thread of this patch',
  trailer: 'a trailer says so',
  'applied-said': 'the mail says that it was applied',
  'applied-by-me': 'the writer says that they applied it',
  'approval-praised': 'the writer praises it',
  'test-told': 'the writer says that they tested it and that it works',
  'approval-looks-good': 'the mail says that it looks good',
  // --- points (ingest/reply/point-kinds.ts)
  'own-words': "these are the reviewer's own words below a quote",
  'pasted-diff': 'the reviewer pasted other lines',
  'nit-named': 'the reviewer calls it a nit',
  'nit-optional': 'the reviewer leaves it open',
  'objection-nak': 'the reviewer says NAK',
  'objection-said': 'the reviewer objects in words',
  'change-please': 'the reviewer asks for a change with "please"',
  'change-can-you': 'the reviewer asks whether it can be changed',
  'change-should': 'the reviewer says what should be',
  'change-missing': 'the reviewer misses something',
  'change-rather': 'the reviewer would rather have it otherwise',
  'change-fails': 'the reviewer says that it does not apply, build or work',
  'change-wrong': 'the reviewer says that something is not right or of no use',
  'change-preferred': 'the reviewer says what they would prefer',
  'question-asked': 'a question is asked',
  'question-wondered': 'the reviewer wonders',
  'objection-doubted': 'the reviewer doubts that it is right',
  'objection-of-mine': 'the reviewer says that they are against it',
  'objection-to-it': 'the reviewer says what is wrong with it',
  'change-imperative': 'the reviewer tells what to do',
  'change-lets': 'the reviewer proposes to do it otherwise',
  'change-substitution': 'the reviewer writes what is to stand there instead',
  'corrected-word': 'the reviewer wrote a word of the quote otherwise',
  // --- what became of points (ingest/reply/point-status.ts)
  unanswered: 'nobody answered it, and no newer version changed its line',
  withdrawn: 'who made the point took it back',
  'author-agreed': 'the author agreed to it',
  'author-answered': 'the author answered it',
  'author-declined': 'the author declined it',
  'reviewer-agreed': 'the reviewer agreed with the answer',
  'reviewer-approved-later': 'the reviewer approved the patch afterwards',
  'reviewer-insisted': 'the reviewer came back to it after the answer',
  'anchored-lines-changed': 'a newer version changed the lines that it speaks of',
  'anchored-lines-gone': 'a newer version no longer has the lines that it speaks of',
  'promised-but-unchanged': 'the author agreed, but the newer version has the same lines',
  // --- answers to points (ingest/reply/answer-kinds.ts)
  'withdrawn-said': 'who made the point took it back',
  'declined-unrelated': 'the author says that it has nothing to do with the patch',
  'declined-said': 'the answer declines it',
  'promised-next': 'the answer promises it for the next revision',
  'agreed-said': 'the answer agrees',
  // --- who looks after files (ingest/analyse/responsible.ts)
  'maintainers-file': 'the MAINTAINERS file of the source tree says so',
  // --- mails that others point to (ingest/stage/related-facts.ts)
  'url-of-mail': 'the mail links to it',
  'id-of-mail': 'the mail names its Message-ID',
  'commit-named': 'the mail names this commit',
  'fixes-trailer': 'the mail says that it fixes this commit',
  printed: 'a web page printed this mail',
  // --- masked addresses (ingest/stage/unmask-facts.ts)
  'mask-fits-one-person': 'one known address alone fits the masked one',
  // --- turns of a discussion (ingest/reply/turning-kinds.ts, ingest/analyse/digest.ts)
  'bug-found-by-sender': 'the sender says that they found or reproduced a fault',
  'bug-stated': 'the sender says that something is a bug',
  'fix-posted-by-sender': 'the sender says that they posted a fix or a patch',
  'decision-of-sender': 'the sender says what they decided',
  'decision-told': 'the sender tells what was agreed',
  'disagreement-said': 'the sender says that they disagree',
  'concession-said': 'the sender gives in',
  'revision-in-thread': 'a newer revision was sent into the thread',
  'revision-after-thread': 'it is the next revision after this thread',
  // --- states and turns (ingest/analyse/)
  'all-patches-approved': 'every patch of the newest revision was reviewed or acked by somebody else',
  'newer-revision-sent': 'a newer revision was sent after it',
  'somebody-promised': 'somebody else said that they do it',
  'somebody-answered': 'somebody other than the author answered',
  'tagged-rfc': 'its subject asks for comments',
  'no-answer-yet': 'nobody has answered it',
  'approved-not-applied': 'all of it is approved, but no mail says that it was applied',
  'answered-nothing-open': 'somebody answered last and no point is left open',
  answered: 'somebody answered',
  'author-promised': 'the author agreed to change something, and no newer revision is here',
  'author-answered-last': 'the author answered last',
  'will-take-said': 'somebody said that he is going to take it',
  'will-review-said': 'somebody said that he is going to look at it',
  'author-withdrew': 'the author took it back',
  'reviewer-answered-last': 'somebody else answered last, and neither approved nor got an answer',
  'open-question': 'a question was asked and not answered',
  'open-change-requested': 'a change was asked for and not made',
  'open-objection': 'an objection stands',
  'open-suggested-diff': 'a reviewer proposed other lines and they were not taken',
  // --- notices (ingest/analyse/notices/)
  'notice-patchwork-bot': 'a Patchwork bot says that it was applied',
  'notice-b4-ty': 'the maintainer thanks for it and names the commit',
  'notice-tip-bot': 'the tip bot says that it was merged',
  'notice-applied-reply': 'a reply says that it was applied',
  'notice-stable-note': 'a mail says that it was added to a stable tree',
  'notice-stable-review': 'it is in a stable review',
  'notice-stable-candidate': 'AUTOSEL proposes it for a stable tree; it is not in it by that',
  'notice-pull-request': 'a pull request lists it, and waits to be merged',
  'notice-mended': 'a later patch says by Fixes: that it mends it',
  'notice-release': 'the announcement of a release lists it',
  'notice-pull-merged': 'a pull request with it was merged',
  'notice-akpm': 'the -mm tree says what became of it',
  'notice-commit-mail': 'the repository sent a mail about the commit',
  'notice-committed': 'its sender says that it is committed already',
  'notice-revert': 'it was reverted',
  'notice-dropped': 'it was dropped',
  // --- git repositories (ingest/analyse/commit-match.ts, server/routes/kernels.ts)
  'git-patch-id': 'a commit makes the same change',
  'git-link': 'a commit names this mail',
  'git-named': 'a mail names this commit, and the tree holds it',
  'git-title': 'a commit by the same author has the same title',
  'git-fixes': 'a commit says by Fixes: that it mends this one',
  'git-commit': 'the tree holds the commit, or a copy that names it',
  // --- kernels (./kernel.ts)
  'release-has-fix': 'this release, or one before it, is the first with the fix',
  'no-backport-seen':
    'mainline has the fix since a later release, and no announcement of this series lists it',
  'release-before-fix': 'the fix came to this series in a later release',
};

/** What a stance or point was read by is named after the phrase. */
const readBy = /^(?:stance|point|turning)-/;

const sentences: ReadonlyMap<string, string> = new Map([
  ...Object.entries({ ...sendingRules, ...patchRules }).map(([rule, { says }]): [string, string] => [
    rule,
    says,
  ]),
  ...Object.entries(own),
]);

/** A rule's name, or several joined by `+`, as one sentence. */
export function ruleSentence(rule: string): string {
  const text = rule
    .split('+')
    .map((name) => sentences.get(name) ?? sentences.get(name.replace(readBy, '')) ?? name)
    .join('; ');
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}
