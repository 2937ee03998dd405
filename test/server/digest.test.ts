/** Digest: a thread in few lines, all of them words of its own mails. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from '../../ingest/config.ts';
import type { Store } from '../../ingest/store/store.ts';
import { requestOwnApp } from '../../server/cli/own-app.ts';
import { renderDigest } from '../../server/present/text-digest.ts';
import type { ThreadDigest, WireEvidence } from '../../server/wire.ts';
import { withMails } from '../support/derived-store.ts';
import { idOf, type MailShort, patchBody } from '../support/mail-text.ts';

const bo = 'Bo Reviewer <bo@example.net>';
const cy = 'Cy Tester <cy@example.com>';
const sha = '0123456789abcdef0123456789abcdef01234567';

/** A patch, an objection that is answered, a fault found, a fix elsewhere, and the version that came of it. */
const mails: readonly MailShort[] = [
  {
    id: 'v1',
    subject: '[PATCH] pump: start at once',
    body: patchBody({
      message: 'Do not wait.\n\nFixes: 0123456789ab ("pump: wait")',
      now: ['	start(pump);'],
    }),
  },
  {
    id: 'no',
    subject: 'Re: [PATCH] pump: start at once',
    from: bo,
    inReplyTo: 'v1',
    hour: 1,
    body: '> +	start(pump);\n\nNAK, this floods the cellar.\n',
  },
  {
    id: 'found',
    subject: 'Re: [PATCH] pump: start at once',
    from: cy,
    inReplyTo: 'no',
    references: ['v1'],
    hour: 2,
    body: `> NAK, this floods the cellar.\n\nI found a race in the valve code, see commit ${sha}.\n`,
  },
  {
    id: 'fix',
    subject: 'Re: [PATCH] pump: start at once',
    inReplyTo: 'found',
    references: ['v1', 'no'],
    hour: 3,
    body: `> I found a race in the valve code.\n\nYou are right.  I have just posted a fix:\n\nhttps://archive.example/pump/other@xxxxxxxxxxxx/\n\nThen let's go with the slow start.\n`,
  },
  {
    id: 'other',
    subject: '[PATCH] valve: close the race',
    hour: 2.5,
    body: patchBody({ file: 'valve.c', now: ['	lock();'] }),
  },
  {
    id: 'v2',
    subject: '[PATCH v2] pump: start at once',
    hour: 30,
    body: patchBody({ now: ['	slowly(pump);'] }),
  },
];

async function digestOf(store: Store, id: string): Promise<ThreadDigest> {
  const path = `/api/v1/threads/${encodeURIComponent(idOf(id))}/digest`;
  const { isGood, json } = await requestOwnApp(store, readConfig(null, {}), path);
  assert.ok(isGood, JSON.stringify(json));
  return json as ThreadDigest;
}

const words = ({ messageId, words: said }: WireEvidence) => `${messageId.split('@')[0]}: ${said.join(' ')}`;

test('a thread is told by its own words: what was found, disputed and decided, in order of time', () =>
  withMails(mails, async (store) => {
    const { items, mails: count, people, subject } = await digestOf(store, 'found');
    assert.deepEqual([subject, count, people], ['[PATCH] pump: start at once', 4, 3]);
    assert.deepEqual(
      items.map(({ group, kind, person, span }) => [group, kind, person.name, words(span)]),
      [
        ['disagreement', 'objection', 'Bo Reviewer', 'no: NAK, this floods the cellar.'],
        [
          'turning-point',
          'bug-found',
          'Cy Tester',
          `found: I found a race in the valve code, see commit ${sha}.`,
        ],
        ['turning-point', 'fix-posted', 'Ada Example', 'fix: You are right.  I have just posted a fix:'],
        ['decision', 'concession', 'Ada Example', 'fix: You are right.  I have just posted a fix:'],
        ['decision', 'decision', 'Ada Example', "fix: Then let's go with the slow start."],
        ['turning-point', 'next-revision', 'Ada Example', 'v2: [PATCH v2] pump: start at once'],
      ],
    );
    const [objection, ...others] = items;
    assert.deepEqual(
      [objection?.answers && words(objection.answers), objection?.outcome?.status, items.at(-1)?.addressed],
      ['v1: +	start(pump);', 'addressed', 1],
    );
    assert.ok(others.every(({ outcome }) => outcome === null));
  }));

test('what it points to: commits in short and in full, and a mail whose address an archive masked', () =>
  withMails(mails, async (store) => {
    const { links } = await digestOf(store, 'v1');
    assert.deepEqual(
      links.map(({ kind, messageId, masked, sha: id, title, isFixes, isHeld, series, places }) => ({
        ...{ kind, messageId, masked, id, title, isFixes, isHeld, series },
        places: places.map(({ messageId: at }) => at),
      })),
      [
        {
          kind: 'commit',
          messageId: null,
          masked: '',
          id: sha,
          title: 'pump: wait',
          isFixes: true,
          isHeld: false,
          series: null,
          places: [idOf('v1'), idOf('found')],
        },
        {
          kind: 'mail',
          messageId: idOf('other'),
          masked: 'other@xxxxxxxxxxxx',
          id: '',
          title: '[PATCH] valve: close the race',
          isFixes: false,
          isHeld: true,
          series: idOf('other'),
          places: [idOf('fix')],
        },
      ],
    );
  }));

test('the digest reads in a terminal, and one without anything to tell says so', () =>
  withMails(mails, async (store) => {
    const text = renderDigest(await digestOf(store, 'v1'));
    assert.match(text, /^\[PATCH\] pump: start at once\n4 mails by 3 people, 2020-01-01 to 2020-01-01\n/);
    assert.match(text, /\n {2}2020-01-01 01:00 {2}Bo Reviewer: objection, addressed {2}no@test.example:3\n/);
    assert.match(text, /\n {2}fixes commit 0123456789abcdef\w+ {2}pump: wait\n/);
    const quiet = renderDigest(await digestOf(store, 'other'));
    assert.match(quiet, /Nothing in it was plainly decided or disputed\./);
  }));
