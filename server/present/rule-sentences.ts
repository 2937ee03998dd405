/**
 * Rule sentences: what a rule says, for people. The rows of the linking rules stand beside their weights
 * (ingest/link/weights.ts); all others are here, by area. A rule without a row is shown by its name.
 */
import { patchRules, sendingRules } from '../../ingest/link/weights.ts';

const own: Readonly<Record<string, string>> = {
  // --- by a person
  person: 'a person said so',
  correction: 'a person said so',
  // --- states and turns (ingest/analyse/)
  'all-patches-approved': 'every patch of the newest revision was reviewed or acked by somebody else',
  'somebody-answered': 'somebody other than the author answered',
  'tagged-rfc': 'its subject asks for comments',
  'no-answer-yet': 'nobody has answered it',
  'approved-not-applied': 'all of it is approved, but no mail says that it was applied',
  'answered-nothing-open': 'somebody answered last and no point is left open',
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
  'notice-release': 'the announcement of a release lists it',
  'notice-pull-merged': 'a pull request with it was merged',
  'notice-akpm': 'the -mm tree says what became of it',
  'notice-revert': 'it was reverted',
  'notice-dropped': 'it was dropped',
  // --- kernels (./kernel.ts)
  'release-has-fix': 'this release, or one before it in its series, is the first with the fix',
  'release-before-fix': 'the fix came to this series in a later release',
  'release-before-bug': 'the faulty code came with a later release',
};

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
    .map((name) => sentences.get(name) ?? name)
    .join('; ');
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}
