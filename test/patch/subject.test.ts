/**
 * Subjects as people, lists and bots write them: one row a form, rows in the order of the grammar.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Subject } from '../../ingest/model/posting.ts';
import { isSetSubject, parseSubject } from '../../ingest/patch/subject.ts';

/** What a row leaves out is plain: a patch without prefix, version or counter. */
interface Expected {
  readonly title: string;
  readonly kind?: Subject['kind'];
  readonly reply?: true;
  readonly forward?: true;
  /** `kind text` of each tag. */
  readonly tags?: readonly string[];
  readonly version?: string;
  readonly own?: number;
  readonly count?: string;
  readonly rfc?: true;
  readonly resend?: true;
}

function short(subject: string): Expected {
  const read = parseSubject(subject);
  const version = read.version;
  return {
    title: read.title,
    ...(read.kind === 'patch' ? {} : { kind: read.kind }),
    ...(read.isReply ? { reply: true } : {}),
    ...(read.isForward ? { forward: true } : {}),
    ...(read.tags.length > 0 ? { tags: read.tags.map((tag) => `${tag.kind} ${tag.text}`) } : {}),
    ...(version ? { version: `${version.major}${version.minor > 0 ? `.${version.minor}` : ''}` } : {}),
    ...(read.patchVersion === null ? {} : { own: read.patchVersion }),
    ...(read.position === null ? {} : { count: `${read.position}/${read.total}` }),
    ...(read.isRfc ? { rfc: true } : {}),
    ...(read.isResend ? { resend: true } : {}),
  };
}

const rows: readonly (readonly [subject: string, expected: Expected])[] = [
  // Versions of single patches, and project names
  [
    '[PATCH 2/3] Lib: Use tea in cup() if hot (v9)',
    { title: 'Lib: Use tea in cup() if hot', own: 9, count: '2/3' },
  ],
  [
    '[PATCH glibc 2/3] Lib: Use tea in cup() if hot (v9)',
    { title: 'Lib: Use tea in cup() if hot', tags: ['other glibc'], own: 9, count: '2/3' },
  ],
  [
    'Re: [PATCH 2/3] Lib: Use tea in cup() if hot (V9)',
    { title: 'Lib: Use tea in cup() if hot', reply: true, own: 9, count: '2/3' },
  ],
  // What was committed already, or is asked for again
  ['[committed] tea: brew', { title: 'tea: brew', tags: ['committed committed'] }],
  ['[PUSHED 2/3] tea: brew', { title: 'tea: brew', tags: ['committed PUSHED'], count: '2/3' }],
  ['[PING^2][PATCH v2] tea: brew', { title: 'tea: brew', tags: ['resend PING'], version: '2', resend: true }],
  [
    '[PATCH (RESEND) #1/2] tea: brew',
    { title: 'tea: brew', tags: ['resend RESEND'], count: '1/2', resend: true },
  ],
  // Releases and trees
  ['[PATCH 2021.02.x] tea: brew', { title: 'tea: brew', tags: ['release 2021.02.x'] }],
  ['[PATCH-for-8.0 v2] tea: brew', { title: 'tea: brew', tags: ['release 8.0'], version: '2' }],
  [
    '[RFC PATCH for 5.4 3/7] Cleanup: sched/tea: Only pour for same cup',
    {
      title: 'Cleanup: sched/tea: Only pour for same cup',
      tags: ['rfc RFC', 'release 5.4'],
      rfc: true,
      count: '3/7',
    },
  ],
  [
    '[RFC PATCH for tip] sched: Fix cups',
    { title: 'sched: Fix cups', tags: ['rfc RFC', 'tree tip'], rfc: true },
  ],
  [
    '[RFC PATCH for-next 3/3] libtea: Add pot',
    { title: 'libtea: Add pot', tags: ['rfc RFC', 'tree for-next'], rfc: true, count: '3/3' },
  ],
  [
    '[RFC PATCH for 8.0 05/13] virtio: Specify cup',
    { title: 'virtio: Specify cup', tags: ['rfc RFC', 'release 8.0'], rfc: true, count: '5/13' },
  ],
  [
    '[RFC PATCH for-ada 4/4] selftests: net: tea',
    { title: 'selftests: net: tea', tags: ['rfc RFC', 'tree for-ada'], rfc: true, count: '4/4' },
  ],
  [
    '[RFC PATCH for -mm 1/5]  pour() fix return values',
    { title: 'pour() fix return values', tags: ['rfc RFC', 'tree -mm'], rfc: true, count: '1/5' },
  ],
  [
    '[PATCH for-4.22? 9/9] x86/TEA: more checking',
    { title: 'x86/TEA: more checking', tags: ['release 4.22?'], count: '9/9' },
  ],
  [
    '[PATCH for-rc v2 1/4] RDMA/tea: Rename pot',
    { title: 'RDMA/tea: Rename pot', tags: ['tree for-rc'], version: '2', count: '1/4' },
  ],
  [
    '[PATCH for-stable-v4.4 30/53] ARM: tea-v1: add barrier (csdb) macros',
    { title: 'ARM: tea-v1: add barrier (csdb) macros', tags: ['release 4.4'], count: '30/53' },
  ],
  [
    '[PATCH for-10.0 v2 3/8] hw/tea.c: rename helper',
    { title: 'hw/tea.c: rename helper', tags: ['release 10.0'], version: '2', count: '3/8' },
  ],
  [
    '[PATCH AUTOSEL 4.9 168/251] scsi: tea: fix empty pot',
    { title: 'scsi: tea: fix empty pot', tags: ['backport AUTOSEL', 'release 4.9'], count: '168/251' },
  ],
  [
    '[PATCH AUTOSEL 6.18] media: tea: reduce stack',
    { title: 'media: tea: reduce stack', tags: ['backport AUTOSEL', 'release 6.18'] },
  ],
  // Replies, also from programs in other languages
  [
    'Re: [PATCHv18 24/35] tea-core: pour',
    { title: 'tea-core: pour', reply: true, version: '18', count: '24/35' },
  ],
  [
    'Re: [PATCHv2 net] Documentation: fix tea',
    { title: 'Documentation: fix tea', reply: true, tags: ['tree net'], version: '2' },
  ],
  [
    'Re: [PATCHv3 00/17] TEAv8.4 Secure Pot',
    { title: 'TEAv8.4 Secure Pot', reply: true, version: '3', count: '0/17' },
  ],
  [
    'AW: [PATCH v2 1/4] leds: tea: add setting',
    { title: 'leds: tea: add setting', reply: true, version: '2', count: '1/4' },
  ],
  [
    'Aw: [PATCH net-next v3 0/3] net: tea: convert',
    { title: 'net: tea: convert', reply: true, tags: ['tree net-next'], version: '3', count: '0/3' },
  ],
  ['Re: [PATCH -next] bpf: Use tea', { title: 'bpf: Use tea', reply: true, tags: ['tree -next'] }],
  ['Re: AW: Re[2]: [PATCH] tea', { title: 'tea', reply: true }],
  ['回复：[PATCH] tea', { title: 'tea', reply: true }],
  ['SV: [PATCH] tea', { title: 'tea', reply: true }],
  ['tr: fix the lower-case table', { title: 'tr: fix the lower-case table', kind: 'other' }],
  ['[PATCH] re: handle an empty cup', { title: 're: handle an empty cup' }],
  ['RE tea', { title: 'RE tea', kind: 'other' }],
  // Both versions, in brackets and of the patch
  [
    '[PATCH net-next v3 0/4] net: tea: ground work (v3)',
    { title: 'net: tea: ground work', tags: ['tree net-next'], version: '3', own: 3, count: '0/4' },
  ],
  [
    '[PATCH V2 3/4] PM / TEA: a pot is not optional',
    { title: 'PM / TEA: a pot is not optional', version: '2', count: '3/4' },
  ],
  // What a list or a gateway puts before
  [
    '[Teapots] [PATCH 01/11] package/tea: rename patches',
    { title: 'package/tea: rename patches', tags: ['list Teapots'], count: '1/11' },
  ],
  ['[tea-dev] [PATCH] tea: fix build', { title: 'tea: fix build', tags: ['list tea-dev'] }],
  [
    'Re: [EXTERNAL] : [PATCH v2 07/50] convert pots',
    { title: 'convert pots', reply: true, tags: ['list EXTERNAL'], version: '2', count: '7/50' },
  ],
  [
    'Fwd: [tea-list] [PATCH v2] x',
    { title: 'x', reply: true, forward: true, tags: ['list tea-list'], version: '2' },
  ],
  ['Re: [tea-list] Re: [PATCH] x', { title: 'x', reply: true, tags: ['list tea-list'] }],
  ['[ada@example.org: [PATCH 1/2] x]', { title: 'x', reply: true, forward: true, count: '1/2' }],
  // Odd brackets
  ['[Patch]: Fix tea11138 on pots*.', { title: 'Fix tea11138 on pots*.' }],
  ['[Patch 2/2]: tea/hot: Fix pot', { title: 'tea/hot: Fix pot', count: '2/2' }],
  ['[PATCH 0 of 2] Sample tea', { title: 'Sample tea', count: '0/2' }],
  ['[PATCH 1 of 2] brew: fix', { title: 'brew: fix', count: '1/2' }],
  ['[PATCH 1 / 4] brew', { title: 'brew', count: '1/4' }],
  ['[PATCH 1/ 4] brew', { title: 'brew', count: '1/4' }],
  ['[PATCH 3/2] test: Remove cups', { title: 'test: Remove cups', count: '3/2' }],
  [
    '[net,v2,1/2] net: tea: remove cup',
    { title: 'net: tea: remove cup', tags: ['tree net'], version: '2', count: '1/2' },
  ],
  ['[PATCH,RFC] meow', { title: 'meow', tags: ['rfc RFC'], rfc: true }],
  ['[PATCH] [RFC,1/2] meow', { title: 'meow', tags: ['rfc RFC'], rfc: true, count: '1/2' }],
  ['[PATCH] [RFC] [1/2] meow', { title: 'meow', tags: ['rfc RFC'], rfc: true, count: '1/2' }],
  ['[PATCH] rewrite [a-z] regexes', { title: 'rewrite [a-z] regexes' }],
  ['[PATCH1/8] tea', { title: 'tea', count: '1/8' }],
  ['[v2PATCH1/4] tea', { title: 'tea', version: '2', count: '1/4' }],
  ['[v2.3PATCH1/4] tea', { title: 'tea', version: '2.3', count: '1/4' }],
  ['[PATCH100/123] tea', { title: 'tea', count: '100/123' }],
  ['[PATCH-next v2] tea', { title: 'tea', tags: ['tree -next'], version: '2' }],
  ['[PATCH git 1/2] tea', { title: 'tea', tags: ['other git'], count: '1/2' }],
  ['[PATCH [v2] 1/3] tea', { title: 'tea', version: '2', count: '1/3' }],
  ['Hello, cup (V6)', { title: 'Hello, cup', kind: 'other', own: 6 }],
  ['[PATCH v3][oolong] Frob the tea', { title: 'Frob the tea', tags: ['other oolong'], version: '3' }],
  ['[PATCH v5.1 10/12] tea', { title: 'tea', version: '5.1', count: '10/12' }],
  ['[PATCH v10.1 1.1/15] tea', { title: 'tea', version: '10.1', count: '1/15' }],
  ['[PATCH v5.10 v2 1/3] tea', { title: 'tea', tags: ['release 5.10'], version: '2', count: '1/3' }],
  ['[PATCH v4.19.y] tea', { title: 'tea', tags: ['release 4.19.y'] }],
  [
    '[RFC/PATCH 0/2] some/tea: Do this and that',
    { title: 'some/tea: Do this and that', tags: ['rfc RFC'], rfc: true, count: '0/2' },
  ],
  ['Subject: [PATCH V2 2/2] arm: tea', { title: 'arm: tea', version: '2', count: '2/2' }],
  ['PATCH v2] tea: cups', { title: 'tea: cups', version: '2' }],
  ['[PATCH, take 3] tea', { title: 'tea', version: '3' }],
  ['[DO NOT MERGE PATCH] tea', { title: 'tea', tags: ['wip DO NOT MERGE'] }],
  ['[PATCH v8 2/10 RFC] tea', { title: 'tea', tags: ['rfc RFC'], rfc: true, version: '8', count: '2/10' }],
  ['[PATCH 2/2 v3] tea', { title: 'tea', version: '3', count: '2/2' }],
  ['[v3 PATCH 1/1] tea', { title: 'tea', version: '3', count: '1/1' }],
  ['[RFC 0/3] tea', { title: 'tea', tags: ['rfc RFC'], rfc: true, count: '0/3' }],
  ['[RFC] shall we drink tea', { title: 'shall we drink tea', kind: 'other', tags: ['rfc RFC'], rfc: true }],
  ['[RFC4711] tea', { title: 'tea', kind: 'other', tags: ['other RFC4711'] }],
  ['[patchwork] tea', { title: 'tea', kind: 'other', tags: ['other patchwork'] }],
  // Resends
  [
    'Re: [PATCH RESEND v2 02/11] y',
    { title: 'y', reply: true, tags: ['resend RESEND'], resend: true, version: '2', count: '2/11' },
  ],
  ['[PATCH] tea (resend)', { title: 'tea', resend: true }],
  // Pulls
  ['[GIT PULL] soc: updates for v5.5', { title: 'soc: updates for v5.5', kind: 'pull' }],
  ['[git pull] Please pull tea.git next branch', { title: 'Please pull tea.git next branch', kind: 'pull' }],
  ['[GIT] Networking', { title: 'Networking', kind: 'pull' }],
  ['[GIT pull] sched/urgent for v5.8-rc6', { title: 'sched/urgent for v5.8-rc6', kind: 'pull' }],
  ['[PULL 03/22] tea', { title: 'tea', kind: 'pull', count: '3/22' }],
  ['Please pull tea', { title: 'Please pull tea', kind: 'pull' }],
  // Notices
  [
    '[tip: sched/urgent] sched: Fix cups',
    { title: 'sched: Fix cups', kind: 'notice', tags: ['tree tip:sched/urgent'] },
  ],
  [
    '[tip:sched/urgent] BUILD SUCCESS abc123',
    { title: 'BUILD SUCCESS abc123', kind: 'notice', tags: ['tree tip:sched/urgent'] },
  ],
  [
    '[linux-next:master 12/30] tea.c:1: error',
    { title: 'tea.c:1: error', kind: 'notice', tags: ['tree linux-next:master'] },
  ],
  [
    'patch "tea: avoid an empty pot" added to cups-linus',
    { title: 'tea: avoid an empty pot', kind: 'notice', tags: ['tree cups-linus'] },
  ],
  [
    'Patch "tea: say "hot"" has been added to the 5.4-stable tree',
    { title: 'tea: say "hot"', kind: 'notice', tags: ['tree 5.4-stable'] },
  ],
  ['Linux 5.4.53', { title: 'Linux 5.4.53', kind: 'notice', tags: ['release 5.4.53'] }],
  ['+ mm-tea.patch added to -mm tree', { title: 'mm-tea', kind: 'notice', tags: ['tree -mm'] }],
  // Stable review
  [
    '[PATCH 5.4 000/215] 5.4.53-rc1 review',
    { title: '5.4.53-rc1 review', tags: ['release 5.4'], count: '0/215' },
  ],
  ['[PATCH 5.10 5.15 1/3] tea', { title: 'tea', tags: ['release 5.10', 'release 5.15'], count: '1/3' }],
  // Sets of patches
  ['[PATCHSET next 0/6] Move cups', { title: 'Move cups', tags: ['tree next'], count: '0/6' }],
  ['[PATCHSET V4 1/2] tea: errors', { title: 'tea: errors', version: '4' }],
];

for (const [subject, expected] of rows) {
  test(`subject: ${subject}`, () => assert.deepEqual(short(subject), expected));
}

test('subjects with one title have one key, whatever stands around it', () => {
  const keys = ['[PATCH] Tea: brew it.', 'Re: [tea] [PATCH v2 1/3] tea:  Brew it (v4)', 'tea: brew it'];
  assert.deepEqual(
    keys.map((subject) => parseSubject(subject).titleKey),
    ['tea: brew it', 'tea: brew it', 'tea: brew it'],
  );
});

test('PATCHSET and PATCHES head several patches even without a counter', () => {
  const subjects = ['[PATCHSET v2] tea', '[RFC][PATCHES] tea', '[PATCH] tea', 'Re: [PATCHSET] tea'];
  assert.deepEqual(subjects.map(isSetSubject), [true, true, false, true]);
});

test('a title goes through unchanged behind any prefix', () => {
  const prefixes = ['', 'Re: ', '[tea-list] ', '[PATCH v3 1/2] ', 'Re: [RFC PATCH net-next 4/5] '];
  const title = fc.stringMatching(/^[a-z][a-z0-9 ,_/-]{0,40}[a-z]$/).map((text) => text.replace(/ +/g, ' '));
  fc.assert(
    fc.property(fc.constantFrom(...prefixes), title, (prefix, text) => {
      fc.pre(!/^(?:patch|git pull|pull request|please pull)/.test(text));
      assert.equal(parseSubject(prefix + text).title, text);
    }),
  );
});

test('any text at all is read without an error', () => {
  const pieces = fc.constantFrom(
    '[',
    ']',
    'PATCH',
    'v2',
    '1/3',
    ' ',
    ':',
    'Re',
    'of',
    '(v9)',
    '"',
    'x',
    '\0',
    '\n',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(pieces).map((list) => list.join('')),
      ),
      (text) => {
        assert.equal(typeof parseSubject(text).title, 'string');
      },
    ),
  );
});
