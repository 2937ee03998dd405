import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findGivenTrailers, type TrailerAncestor } from '../../ingest/reply/given-trailer.ts';

const bob = { name: 'Bob Sample', address: 'bob@example.org' };
const patch = { messageId: 'patch', isPosting: true };
const talk = { messageId: 'talk', isPosting: false };

/** Trailers in short: `name: value -> target, own or not, rule`. */
function given(
  text: string,
  ancestors: readonly TrailerAncestor[] = [patch],
  subject = 'Re: [PATCH 1/2] pump: open it',
) {
  const reply = { messageId: 'reply', subject, from: bob, lines: text.split('\n'), isPosting: false };
  return findGivenTrailers(reply, ancestors).map(
    ({ value, rule }) =>
      `${value.name}: ${value.value} -> ${value.messageId}, ${value.isOwn ? 'own' : 'of another'}, ${rule}`,
  );
}

test('a trailer in a reply is for the patch that it answers', () => {
  assert.deepEqual(given('Looks good.\n\nReviewed-by: Bob Sample <bob@example.org>\n'), [
    'Reviewed-by: Bob Sample <bob@example.org> -> patch, own, trailer-in-reply',
  ]);
});

test('below other replies it is for the nearest posting above', () => {
  const older = { messageId: 'older', isPosting: true };
  assert.deepEqual(given('Tested-by: Bob Sample <bob@example.org>', [talk, talk, patch, older]), [
    'Tested-by: Bob Sample <bob@example.org> -> patch, own, trailer-deep-in-thread',
  ]);
  assert.deepEqual(given('Tested-by: Bob Sample <bob@example.org>', [talk]), []);
});

test('a person is known by address or name, in any order and from any address', () => {
  const rows = [
    'Bob Sample <bob@works.example.com>',
    '"Sample, Bob" <bob@works.example.com>',
    'Robert Sample <bob@example.org> # pumps only',
    'Bob Sample (Works) <bob@works.example.com>',
  ];
  for (const value of rows) {
    assert.deepEqual(given(`Acked-by: ${value}`), [`Acked-by: ${value} -> patch, own, trailer-in-reply`]);
  }
  assert.deepEqual(given('Reported-by: Ada Example <ada@example.org>'), [
    'Reported-by: Ada Example <ada@example.org> -> patch, of another, trailer-in-reply',
  ]);
});

test('quoted trailers, those of a pasted patch and those below a signature are not given', () => {
  const rows = [
    '> Reviewed-by: Bob Sample <bob@example.org>\n\nThanks.',
    'Thanks.\n\n-- \nReviewed-by: Bob Sample <bob@example.org>',
    `How about this?

Subject: [PATCH] pump: open it twice

Twice is better.

Signed-off-by: Bob Sample <bob@example.org>
---
diff --git a/pump.c b/pump.c
--- a/pump.c
+++ b/pump.c
@@ -1,2 +1,2 @@
 	int strokes = 0;
-	return 0;
+	return 1;
`,
    `Please take this text:

From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001
From: Bob Sample <bob@example.org>
Subject: [PATCH] pump: open it

Signed-off-by: Bob Sample <bob@example.org>
`,
    `I agree.

-----Original Message-----
From: Cleo Works <cleo@example.org>
Sent: Tuesday, July 7, 2020 9:00 AM
Subject: RE: [PATCH] pump: open it

Reviewed-by: Bob Sample <bob@example.org>
`,
  ];
  for (const text of rows) assert.deepEqual(given(text), [], text);
});

test('a trailer above a pasted diff is given for the patch under review', () => {
  const text = `With the change below:

Reviewed-by: Bob Sample <bob@example.org>

diff --git a/pump.c b/pump.c
--- a/pump.c
+++ b/pump.c
@@ -1,2 +1,2 @@
 	int strokes = 0;
-	return 0;
+	return 1;
`;
  assert.deepEqual(given(text), [
    'Reviewed-by: Bob Sample <bob@example.org> -> patch, own, trailer-in-reply',
  ]);
});

test('postings and notices that copy a patch give nothing', () => {
  const text = 'Acked-by: Bob Sample <bob@example.org>';
  assert.deepEqual(given(text, [patch], '[tip: pump/urgent] pump: open it'), []);
  const posting = { messageId: 'v2', subject: '[PATCH v2]', from: bob, lines: [text], isPosting: true };
  assert.deepEqual(findGivenTrailers(posting, [patch]), []);
});

test('any text is read without an error, and evidence lies inside it', () => {
  const line = fc.oneof(
    fc.constantFrom(
      'Acked-by: B <b@x.example>',
      'diff --git a/x b/x',
      '---',
      '@@ -1 +1 @@',
      '',
      '> x',
      'From: a@b',
    ),
    fc.string({ maxLength: 30 }),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
      const reply = { messageId: 'r', subject: 'Re: x', from: bob, lines, isPosting: false };
      for (const { evidence } of findGivenTrailers(reply, [patch])) {
        for (const { start, end } of evidence) assert.ok(start >= 0 && start < end && end <= lines.length);
      }
    }),
  );
});
