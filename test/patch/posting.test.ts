/**
 * Postings: which mails are one, who wrote them, and what is kept for comparing.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePlainMessage } from '../../ingest/mail/plain.ts';
import type { Message } from '../../ingest/model/message.ts';
import { parseDiff } from '../../ingest/patch/diff.ts';
import { lineHashes, wordHashes } from '../../ingest/patch/fingerprint.ts';
import { patchId } from '../../ingest/patch/patch-id.ts';
import { readPosting } from '../../ingest/patch/posting.ts';
import { corporaOptions, corpusMails } from '../support/corpora.ts';

const diff = 'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-int a;\n+int b;\n';
const patch = `Brew it.\n\nSigned-off-by: Ada <ada@example.org>\n---\n x | 2 +-\n 1 file changed\n\n${diff}`;
const stat = 'Two steps.\n\n x | 2 +-\n 1 file changed\n';

function mail(subject: string, body: string, more: Partial<Message> = {}): Message {
  return {
    messageId: 'self@example.org',
    hasMadeUpId: false,
    headers: [],
    subject,
    from: { name: 'Ada Example', address: 'ada@example.org' },
    replyTo: [],
    to: [],
    cc: [],
    dateMs: 1000,
    receivedMs: null,
    sortMs: 1000,
    inReplyTo: [],
    references: [],
    listIds: ['tea.example.org'],
    body,
    isFlowed: false,
    attachments: [],
    troubles: [],
    ...more,
  };
}

const reply = { inReplyTo: ['root@example.org'] };

/** What each mail is: a patch, a cover letter, or no posting. */
const rows: readonly (readonly [what: 'patch' | 'cover' | null, why: string, message: Message])[] = [
  ['patch', 'a patch', mail('[PATCH] tea: brew', patch)],
  ['patch', 'a patch that answers its cover', mail('[PATCH 1/2] tea: brew', patch, reply)],
  ['patch', 'a numbered patch whose diff was lost', mail('[PATCH 1/2] tea: brew', 'Brew it.\n')],
  ['patch', 'a patch of a stable review', mail('[PATCH 5.4 202/215] tea: brew', patch)],
  [
    'patch',
    'a patch whose diff no reader understands',
    mail('[PATCH] tea: brew', 'Brew it.\n\n@@ -1 +1 @@\n'),
  ],
  ['patch', 'an RFC with a diff, even as an answer', mail('[RFC] tea: brew', patch, reply)],
  ['patch', 'a patch made with git that forgot its prefix', mail('tea: brew', patch)],
  ['patch', 'a bare diff', mail('tea: brew', diff)],
  ['cover', 'a cover letter', mail('[PATCH 0/2] tea', 'Two steps.\n')],
  ['cover', 'a cover letter without the word', mail('[RFC 0/2] tea', 'Two steps.\n')],
  ['cover', 'the head of a set', mail('[PATCHSET v2] tea', 'Two steps.\n')],
  ['cover', 'an overview with a diffstat', mail('[PATCH] tea', stat)],
  [null, 'a reply', mail('Re: [PATCH] tea: brew', patch, reply)],
  [null, 'a forwarded patch', mail('Fwd: [PATCH] tea: brew', patch)],
  [null, 'a pull request with its diff', mail('[GIT PULL] tea', patch)],
  [null, 'a notice with the whole diff', mail('[tip: tea/core] tea: brew', patch)],
  [null, 'a notice of a stable tree', mail('Patch "tea: brew" has been added to the 5.4-stable tree', patch)],
  [null, 'a reminder', mail('[PATCH] tea: brew (ping)', 'Did anybody see this?\n')],
  [null, 'talk under RFC', mail('[RFC] shall we drink tea', 'What do you think?\n')],
  [null, 'a report that shows what was tried', mail('tea is cold', `I tried this:\n\nHello.\n\n${diff}`)],
  [null, 'a diff in an answer under another subject', mail('tea: brew', patch, reply)],
];
for (const [what, why, message] of rows) {
  test(`${why} is ${what === null ? 'no posting' : `a ${what}`}`, () => {
    const posting = readPosting(message);
    assert.equal(posting && (posting.isCover ? 'cover' : 'patch'), what);
  });
}

test('a posting holds all that linking needs', () => {
  const body = `From: Bob Example <Bob@Example.org>

Brew tea.

Signed-off-by: Bob Example <bob@example.org>
---
Changes in v2:
- Link to v1: https://lore.kernel.org/r/one@example.org

${diff}
---
base-commit: 0123456789abcdef0123456789abcdef01234567
change-id: 20200101-tea-0123456789ab
`;
  const posting = readPosting(
    mail('[PATCH v2 1/2] tea: brew', body, {
      inReplyTo: ['cover@example.org'],
      references: ['older@example.org', 'cover@example.org'],
    }),
  );
  assert.deepEqual(posting, {
    messageId: 'self@example.org',
    sentMs: 1000,
    authorAddress: 'bob@example.org',
    authorName: 'Bob Example',
    senderAddress: 'ada@example.org',
    senderName: 'Ada Example',
    subject: {
      isReply: false,
      isForward: false,
      kind: 'patch',
      tags: [],
      isRfc: false,
      isResend: false,
      version: { major: 2, minor: 0 },
      patchVersion: null,
      position: 1,
      total: 2,
      title: 'tea: brew',
      titleKey: 'tea: brew',
    },
    isCover: false,
    asksPull: false,
    hasDiff: true,
    replyChain: ['cover@example.org', 'older@example.org'],
    lists: ['tea.example.org'],
    changeId: '20200101-tea-0123456789ab',
    baseCommit: '0123456789abcdef0123456789abcdef01234567',
    links: [
      {
        messageId: 'one@example.org',
        version: 1,
        where: 'change-log',
        evidence: { messageId: 'self@example.org', part: 'body', start: 7, end: 8 },
      },
    ],
    changeLogVersions: [2],
    patchId: patchId(diff),
    files: [{ path: 'x', oldPath: 'x', added: 1, removed: 1, status: 'modified' }],
    lineHashes: lineHashes(parseDiff(diff)),
    wordHashes: wordHashes(['Brew tea.']),
    trailers: [{ name: 'Signed-off-by', value: 'Bob Example <bob@example.org>', start: 4, end: 5 }],
  });
});

test('a patch in an attachment is a patch', () => {
  const attachment = { filename: 'tea.patch', contentType: 'text/x-patch', sizeBytes: 100, text: patch };
  const posting = readPosting(mail('[PATCH] tea: brew', 'Attached.\n', { attachments: [attachment] }));
  assert.deepEqual(posting?.files, [{ path: 'x', oldPath: 'x', added: 1, removed: 1, status: 'modified' }]);
});

const senders: readonly (readonly [why: string, more: Partial<Message>, name: string, address: string])[] = [
  ['plain', {}, 'Ada Example', 'ada@example.org'],
  [
    'rewritten by a list, with Reply-To',
    {
      from: { name: "'Ada Example' via tea-list", address: 'tea-list@example.org' },
      replyTo: [{ name: 'Ada Example', address: 'ada@example.com' }],
    },
    'Ada Example',
    'ada@example.com',
  ],
  [
    'rewritten by a list, with the original kept',
    {
      from: { name: 'Ada Example via tea-list', address: 'tea-list@example.org' },
      headers: [{ name: 'X-Original-From', value: ' Ada Example <ada@example.net>' }],
    },
    'Ada Example',
    'ada@example.net',
  ],
  [
    'rewritten by a list, with nothing else',
    { from: { name: 'Ada Example via tea-list', address: 'tea-list@example.org' } },
    'Ada Example',
    'tea-list@example.org',
  ],
];
for (const [why, more, name, address] of senders) {
  test(`the sender, ${why}`, () => {
    const posting = readPosting(mail('[PATCH] tea', patch, more));
    assert.deepEqual([posting?.senderName, posting?.senderAddress], [name, address]);
    assert.deepEqual([posting?.authorName, posting?.authorAddress], [name, address]);
  });
}

test('line hashes see changed lines with their sign and neither blanks, short lines nor punctuation', () => {
  const hunk = (lines: string) => lineHashes(parseDiff(`--- a/x\n+++ b/x\n@@ -1,9 +1,9 @@\n${lines}`));
  assert.equal(hunk('+int a;\n').length, 1);
  assert.deepEqual(hunk('+int a;\n+ int  a;\n'), hunk('+int a;\n'));
  assert.notDeepEqual(hunk('-int a;\n'), hunk('+int a;\n'));
  assert.equal(hunk(' int a;\n+};\n+/******/\n+i++\n').length, 0);
});

test('two texts keep the same hashes of what they share, however long they are', () => {
  const words = Array.from({ length: 1000 }, (_, at) => `word${at}`);
  const all = wordHashes(words);
  assert.equal(all.length, 200);
  assert.deepEqual(wordHashes([...words].reverse()), all);
  assert.ok(wordHashes(words.slice(0, 900)).filter((hash) => all.includes(hash)).length > 150);
});

test('the patch of the running story is told by its own version in every sending', corporaOptions, () => {
  const postings = corpusMails('rseq-2019-2020.mbox.gz')
    .map(parsePlainMessage)
    .map((message) => message && readPosting(message))
    .filter((posting) => posting?.subject.titleKey.startsWith('linux: use rseq in sched_getcpu'));
  assert.deepEqual(
    postings.map((posting) => [posting?.subject.patchVersion, posting?.subject.position, posting?.patchId]),
    [
      [9, 2, '582f8120297489a25f3b15ddcf28dc3fb0988aed'],
      [9, 2, '582f8120297489a25f3b15ddcf28dc3fb0988aed'],
      [9, 2, '582f8120297489a25f3b15ddcf28dc3fb0988aed'],
    ],
  );
});

test('a cover letter that holds what git request-pull writes asks for a pull', () => {
  const request = (text: string) => readPosting(mail('[PATCH net 0/2] Fixes for tea', text))?.asksPull;
  const since =
    'The following changes since commit 0123456789abcdef0123456789abcdef01234567:\n\n  tea: x (2020-01-01)\n\n';
  const at = 'are available in the Git repository at:\n\n  git://example.org/tea.git main\n';
  assert.equal(request(`Hi,\n\n${since}${at}`), true);
  assert.equal(
    request('The patches are available in the Git repository at git://example.org/tea.git\n'),
    false,
  );
});

test('what the hook of a repository sends of a commit is no posting, a patch that was pasted with its commit is', () => {
  const hook = `commit ${'a'.repeat(40)}\nAuthor: Ada Example <ada@example.org>\n\n    tea: brew\n\n    Signed-off-by: Ada Example <ada@example.org>\n\n${diff}`;
  assert.equal(readPosting(mail('[tea] tea: brew', hook)), null);
  assert.notEqual(readPosting(mail('[PATCH] tea: brew', hook)), null);
});
