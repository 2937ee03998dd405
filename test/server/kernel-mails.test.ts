/**
 * The way of a fix from its patch to releases, told by mails alone: what each form of mail proves, and what it does not.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openStore } from '../../ingest/store/open.ts';
import { readTrackedFixes } from '../../server/check/tracked-fixes.ts';
import { MailReader } from '../../server/routes/mail-reader.ts';
import type { KernelFix, WirePage } from '../../server/wire.ts';
import { addMails } from '../support/derived-store.ts';
import { type MailShort, patchBody } from '../support/mail-text.ts';
import { startServer } from './server-under-test.ts';

const [fix] = readTrackedFixes();
const title = fix?.title ?? '';
const commit = fix?.commit ?? '';
const author = 'Ada Example';
const greg = 'Stable Keeper <keeper@example.org>';

const patch: MailShort = {
  id: 'fix',
  hour: 1,
  subject: `[PATCH for 5.8] ${title}`,
  body: patchBody({ now: ['x'] }),
};
const shortlog = `${author} (1):\n      ${title}\n\nBo Example (2):\n      pump: one\n      pump: two\n`;
const pull: MailShort = {
  id: 'pull',
  hour: 5,
  from: 'Tree Keeper <tree@example.org>',
  subject: '[GIT pull] sched/urgent for v5.8-rc6',
  body: `Please pull the latest branch.\n\n------------------>\n${shortlog}`,
};
const merged: MailShort = {
  id: 'merged',
  hour: 6,
  from: 'tracker@example.org',
  inReplyTo: 'pull',
  subject: 'Re: [GIT pull] sched/urgent for v5.8-rc6',
  body: `The pull request you sent on Sun, 19 Jul 2020 12:00:00 -0000:\n\n> git://example.org/tip.git tags/x\n\nhas been merged into torvalds/linux.git:\nhttps://git.example.org/torvalds/c/${'b'.repeat(40)}\n`,
};
const review = (series: string): MailShort => ({
  id: `review-${series}`,
  hour: 7,
  from: greg,
  subject: `[PATCH ${series} 202/215] ${title}`,
  body: `From: ${author} <ada@example.org>\n\ncommit ${commit} upstream.\n\n${patchBody({ now: ['x'] })}`,
});
const announcement = (release: string, list = shortlog): MailShort => ({
  id: `linux-${release}`,
  hour: 8,
  from: greg,
  subject: `Linux ${release}`,
  body: `I'm announcing the release of the ${release} kernel.\n\n${list}`,
});
const candidate: MailShort = {
  id: 'autosel',
  hour: 7,
  from: 'Sasha Example <sasha@example.org>',
  subject: `[PATCH AUTOSEL 4.14 3/9] ${title}`,
  body: `From: ${author} <ada@example.org>\n\n[ Upstream commit ${commit} ]\n\n${patchBody({ now: ['x'] })}`,
};
const mend: MailShort = {
  id: 'mend',
  hour: 20,
  subject: '[PATCH] sched: Mend the mark of new tasks',
  body: patchBody({ message: `It was too early.\n\nFixes: ${commit.slice(0, 12)} ("${title}")`, now: ['y'] }),
};

const kernels = ['5.6.19', '5.8-rc5', '5.8-rc6', '4.14.190', '5.4.53', '5.4.52'];

/** Expectations and landings of the fix after these mails, and after the same in the other order. */
async function told(mails: readonly MailShort[]) {
  const answers = [];
  for (const order of [mails, [...mails].reverse()]) {
    const store = await openStore(':memory:');
    for (const mail of order) await addMails(store, [mail]);
    const server = await startServer({ store, kernels, mails: new MailReader(store, () => 0) });
    const { items } = await server.json<WirePage<KernelFix>>('/api/v1/kernels');
    const { cells = [], landings = [] } = items[0] ?? {};
    answers.push({
      expected: new Map(cells.map(({ release, expected }) => [release, expected])),
      landings: landings.map(({ kind, release, tree }) => [kind, release || tree]),
    });
    await server.close();
    await store.close();
  }
  assert.deepEqual(answers[0], answers[1], 'the order in which mails came is not seen');
  return answers[0] ?? { expected: new Map<string, string>(), landings: [] };
}

describe('a fix on its way', () => {
  it('is asked to be pulled, which proves nothing yet', async () => {
    const { expected, landings } = await told([patch, pull]);
    assert.deepEqual(landings, [['pull-request', 'v5.8-rc6']]);
    assert.equal(expected.get('5.8-rc6'), 'unknown');
  });

  it('is in the release that the merged request was for, and not in the one before', async () => {
    const { expected, landings } = await told([patch, pull, merged]);
    assert.deepEqual(landings, [
      ['pull-request', 'v5.8-rc6'],
      ['pull-merged', 'v5.8-rc6'],
    ]);
    assert.equal(expected.get('5.8-rc5'), 'broken');
    assert.equal(expected.get('5.8-rc6'), 'fixed');
    assert.equal(expected.get('5.6.19'), 'unknown', 'no announcement was seen of any series');
  });

  it('is in a stable release from the announcement that lists it on', async () => {
    const mails = [patch, pull, merged, review('5.4'), announcement('5.4.52', ''), announcement('5.4.53')];
    const { expected } = await told(mails);
    assert.deepEqual(
      ['5.4.52', '5.4.53', '5.6.19', '5.8-rc5', '5.8-rc6'].map((release) => expected.get(release)),
      ['broken', 'fixed', 'broken', 'broken', 'fixed'],
    );
  });

  it('is not in a release because it was reviewed for it, or because AUTOSEL proposes it', async () => {
    const { expected, landings } = await told([patch, review('5.4'), candidate]);
    assert.deepEqual(landings.map(([kind]) => kind).sort(), ['stable-candidate', 'stable-review']);
    assert.equal(expected.get('5.4.53'), 'unknown');
    assert.notEqual(expected.get('4.14.190'), 'fixed');
  });

  it('leaves a series whose later announcement reverts it', async () => {
    const undo = announcement('5.4.60', `Stable Keeper (1):\n      Revert "${title}"\n`);
    const { expected } = await told([patch, announcement('5.4.53'), undo]);
    assert.deepEqual([expected.get('5.4.53'), expected.get('5.4.60')], ['fixed', 'broken']);
  });

  it('shows the patch that mends it, which takes nothing away', async () => {
    const { expected, landings } = await told([patch, announcement('5.4.53'), mend]);
    assert.deepEqual(landings, [
      ['release', '5.4.53'],
      ['mended', ''],
    ]);
    assert.equal(expected.get('5.4.53'), 'fixed');
  });
});
