import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readNotice } from '../../ingest/analyse/notice.ts';
import type { NoticeItem, NoticeMail } from '../../ingest/analyse/notice-item.ts';

const sha = (digit: string, length = 40) => digit.repeat(length);

function mail(subject: string, text: string, from = 'maintainer@example.org'): NoticeMail {
  return {
    messageId: 'n@example.org',
    subject,
    fromAddress: from,
    inReplyTo: ['p@example.org'],
    lines: text.split('\n'),
  };
}

/** The fields that tell items apart, in short. */
const brief = (items: readonly NoticeItem[]) =>
  items.map((item) => [
    item.kind,
    item.position,
    item.title,
    item.sha.slice(0, 8),
    item.tree,
    item.release,
    `${item.start}-${item.end}`,
  ]);

test('the patchwork bot names tree, titles and commits; rows without a commit stay open', () => {
  const items = readNotice(
    mail(
      'Re: [PATCH v3 0/3] pump: count strokes',
      `Hello:

This series was applied to pump/next.git (main)
by Mai Tainer <mai@example.org>:

On Mon, 2 Mar 2020 10:00:00 +0100 you wrote:
> Three steps.

Here is the summary with links:
  - [v3,0/3] pump: which went in by another tree
    (no matching commit)
  - [v3,1/3] pump: count strokes
    https://git.example.org/pump/next/c/${sha('a', 12)}
  - [v3,2/3] pump: a title that is so long that the bot had to break it
    before the end
    https://git.example.org/pump/next/c/${sha('b', 12)}
  - [v3,3/3] pump: tell the world
    (no matching commit)

You are awesome, thank you!`,
      'patchwork-bot+pump@example.org',
    ),
  );
  assert.deepEqual(brief(items), [
    ['patchwork-bot', 1, 'pump: count strokes', 'aaaaaaaa', 'pump/next.git (main)', '', '11-13'],
    [
      'patchwork-bot',
      2,
      'pump: a title that is so long that the bot had to break it before the end',
      'bbbbbbbb',
      'pump/next.git (main)',
      '',
      '13-16',
    ],
  ]);
});

test('the patchwork bot prints a single first version without brackets', () => {
  const text = `Hello:

This patch was applied to pump/next.git (main):

Here is the summary with links:
  - pump: count strokes
    https://git.example.org/pump/next/c/${sha('a', 12)}
`;
  const items = readNotice(mail('Re: [PATCH] pump: count strokes', text, 'patchwork-bot+pump@example.org'));
  assert.deepEqual(brief(items), [
    ['patchwork-bot', null, 'pump: count strokes', 'aaaaaaaa', 'pump/next.git (main)', '', '5-7'],
  ]);
});

test('a thank-you by b4 gives each patch its commit', () => {
  const items = readNotice(
    mail(
      'Re: [PATCH 0/2] pump: count strokes',
      `
On Mon, 02 Mar 2020 10:00:00 +0100, Ada Example wrote:
> [1/2] is quoted and not a row
>       commit: ${sha('9')}

Applied to pump-6.1, thanks!

[1/2] pump: count strokes
      commit: ${sha('a')}
[2/2] pump: tell the world
      https://git.example.org/pump/c/${sha('b', 12)}

Best regards,`,
    ),
  );
  assert.deepEqual(brief(items), [
    ['b4-ty', 1, 'pump: count strokes', 'aaaaaaaa', 'pump-6.1', '', '7-9'],
    ['b4-ty', 2, 'pump: tell the world', 'bbbbbbbb', 'pump-6.1', '', '9-11'],
  ]);
});

test('the tip bot names branch and commit of the patch that it answers', () => {
  const items = readNotice(
    mail(
      '[tip: sched/urgent] sched: Mark a new task before it runs',
      `The following commit has been merged into the sched/urgent branch of tip:

Commit-ID:     ${sha('c')}
Gitweb:        https://git.example.org/tip/${sha('c')}`,
    ),
  );
  assert.deepEqual(brief(items), [
    ['tip-bot', null, 'sched: Mark a new task before it runs', 'cccccccc', 'tip sched/urgent', '', '0-3'],
  ]);
});

test('a note of a stable tree ties the title to the upstream commit', () => {
  const items = readNotice(
    mail(
      'Patch "sched: Mark a new task before it runs" has been added to the 5.4-stable tree',
      `
This is a note to let you know that I've just added the patch titled

    sched: Mark a new task before it runs

to the 5.4-stable tree which can be found at:
    http://git.example.org/

From: Ada Example <ada@example.org>

commit ${sha('c')} upstream.`,
    ),
  );
  assert.deepEqual(brief(items), [
    ['stable-note', null, 'sched: Mark a new task before it runs', 'cccccccc', '5.4-stable', '', '1-4'],
  ]);
});

test('a patch in stable review is tied by its upstream line in either form', () => {
  for (const line of [`commit ${sha('d')} upstream.`, `[ Upstream commit ${sha('d')} ]`]) {
    const items = readNotice(
      mail('[PATCH 5.4 202/215] sched: Mark a new task', `From: Ada Example <ada@example.org>\n\n${line}\n`),
    );
    assert.deepEqual(brief(items), [
      ['stable-review', null, 'sched: Mark a new task', 'dddddddd', '5.4-stable', '', '2-3'],
    ]);
  }
});

test('a release lists titles below their authors', () => {
  const items = readNotice(
    mail(
      'Linux 5.4.53',
      `I'm announcing the release of the 5.4.53 kernel.

Ada Example (2):
      sched: Mark a new task before it runs
      sched: Say so

Bo Example (1):
      net: close the gap
`,
    ),
  );
  assert.deepEqual(
    items.map((item) => [item.release, item.tree, item.author, item.title]),
    [
      ['5.4.53', '5.4-stable', 'Ada Example', 'sched: Mark a new task before it runs'],
      ['5.4.53', '5.4-stable', 'Ada Example', 'sched: Say so'],
      ['5.4.53', '5.4-stable', 'Bo Example', 'net: close the gap'],
    ],
  );
});

test('a release that takes a patch back says so under its title, whoever took it back', () => {
  const items = readNotice(
    mail('Linux 5.4.60', 'Greg Example (1):\n      Revert "sched: Mark a new task before it runs"\n'),
  );
  assert.deepEqual(
    items.map((item) => [item.kind, item.release, item.author, item.title]),
    [['revert', '5.4.60', '', 'sched: Mark a new task before it runs']],
  );
});

test('the pull tracker names the merge', () => {
  const items = readNotice(
    mail(
      'Re: [GIT PULL] pump fixes',
      `The pull request you sent on Mon, 2 Mar 2020 10:00:00 +0100:

> https://git.example.org/pump tags/pump-1

has been merged into torvalds/linux.git:
https://git.example.org/torvalds/c/${sha('e')}`,
    ),
  );
  assert.deepEqual(brief(items), [['pull-merged', null, '', 'eeeeeeee', 'torvalds/linux.git', '', '0-6']]);
});

const applied = [
  'Applied, thanks!',
  'Applied to pump-next.',
  "I've applied both, thanks.",
  'Thanks, applied.',
  'Queued for 5.9',
  'Both applied, thank you.',
  'Thanks, Ada. All four patches applied.',
  'Pushed with a small edit.',
  "I've added this to for-next now, it has a week left.",
  'Added to for-next to the other pump patches, thanks.',
  'Everything is merged into pump/dev, thanks all.',
  'Series applied to next.',
  'Patchset pushed, thanks.',
  'Applied to pump/fixes for v5.7, thanks!',
  'Thanks for your review, merged.',
  'Good catch, fixed and pushed, thanks.',
  'I changed the wording a little and pushed it.',
  'And pushed, thanks.',
  'Thank you, both patches were pushed.',
  'Committed as r14-123-g0123abc.',
  'Applied onto pump/next, thanks!',
];
const notApplied = [
  'I will apply it later.',
  'It can be applied once the tests pass.',
  'Has this been applied?',
  '> Applied, thanks!',
  'This was not applied.',
  'Not applied: it breaks the build.',
  'Please apply.',
  'I added a test to the next version.',
  'Thanks, to be merged after the release.',
  'the whole of it could be\nmerged into one file in the next version.',
  'I rebased it and pushed a new version.',
  'Also, I applied the tests on top of your patch.',
  'I have pushed v2 with these changes.',
  'And applied with what options?',
];

test("a maintainer's own word at the start of a line counts, plans and quotes do not", () => {
  for (const line of applied)
    assert.equal(readNotice(mail('Re: [PATCH] x', `Hi,\n\n${line}\n`))[0]?.kind, 'applied-reply', line);
  for (const line of notApplied)
    assert.deepEqual(readNotice(mail('Re: [PATCH] x', `Hi,\n\n${line}\n`)), [], line);
});

test('the tree of an applied reply is what it was applied to, not a range of numbers', () => {
  const tree = (line: string) => readNotice(mail('Re: [PATCH] x', line))[0]?.tree;
  assert.deepEqual(
    ['Applied to pump-next.', 'Queued for 5.9', 'Pushed patches 1 to 4.', 'Applied, thanks!'].map(tree),
    ['pump-next', '5.9', '', ''],
  );
});

test('ordinary mails say nothing', () => {
  assert.deepEqual(readNotice(mail('Re: [PATCH 1/3] x', '[1/3] looks fine to me\n\nBye')), []);
});

test('a mail that the hook of a repository sends names the commit of a title', () => {
  const id = sha('c', 40);
  const linked = `commit: https://git.example.org/pump/commit/?id=${id}\nbranch: https://git.example.org/pump/commit/?id=refs/heads/next\n\nText.\n`;
  const named = `https://git.example.org/g:${id}\n\ncommit ${id}\nAuthor: Ada Example <ada@example.org>\n\n    pump: count\n`;
  assert.deepEqual(brief(readNotice(mail('[git commit] pump: count', linked))), [
    ['commit-mail', null, 'pump: count', 'cccccccc', 'next', '', '0-1'],
  ]);
  assert.deepEqual(brief(readNotice(mail('[pump] pump: count', named))), [
    ['commit-mail', null, 'pump: count', 'cccccccc', '', '', '2-3'],
  ]);
});

test('a patch shown as committed says so of itself', () => {
  assert.deepEqual(
    readNotice(mail('[committed] pump: count', 'Text.')).map(({ kind, aim }) => [kind, aim]),
    [['committed', 'itself']],
  );
  assert.deepEqual(readNotice(mail('Re: [committed] pump: count', 'Fine.')), []);
});

test('a pull request lists titles that wait to be merged, and the release that it is for', () => {
  const body = 'Please pull.\n\nAda Example (1):\n      sched: Mark a new task\n';
  const told = (subject: string) =>
    readNotice(mail(subject, body)).map(({ kind, release, author, title }) => [kind, release, author, title]);
  assert.deepEqual(told('[GIT pull] sched/urgent for v5.8-rc6'), [
    ['pull-request', 'v5.8-rc6', 'Ada Example', 'sched: Mark a new task'],
  ]);
  assert.deepEqual(told('[GIT PULL] scheduler changes for 5.9')[0]?.[1], 'v5.9');
  assert.deepEqual(told('Re: [GIT pull] sched/urgent for v5.8-rc6'), []);
  assert.deepEqual(told('[PATCH] pull: say more'), []);
});

test('AUTOSEL proposes a patch for a stable tree', () => {
  const items = readNotice(
    mail('[PATCH AUTOSEL 5.4 3/9] sched: Mark a new task', `[ Upstream commit ${sha('d', 40)} ]\n`),
  );
  assert.deepEqual(brief(items), [
    ['stable-candidate', null, 'sched: Mark a new task', 'dddddddd', '5.4-stable', '', '0-1'],
  ]);
});

test('a patch that says Fixes: mends the one of that title, in its own message only', () => {
  const told = (subject: string, body: string) => brief(readNotice(mail(subject, body)));
  const trailer = 'Fixes: 0123abcd4567 ("sched: Mark a new task")';
  assert.deepEqual(told('[PATCH] sched: Mend it', `It broke.\n\n${trailer}\n---\n`), [
    ['mended', null, 'sched: Mark a new task', '0123abcd', '', '', '2-3'],
  ]);
  assert.deepEqual(told('[PATCH] sched: Mend it', 'Fixes: 0123abcd4567 ("sched: Mark\n a new task")\n'), [
    ['mended', null, 'sched: Mark a new task', '0123abcd', '', '', '0-2'],
  ]);
  assert.deepEqual(told('[PATCH] sched: Mend it', `It broke.\n---\n${trailer}\n`), []);
  assert.deepEqual(told('Re: [PATCH] sched: Mend it', `${trailer}\n`), []);
});
