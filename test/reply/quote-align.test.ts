import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { AncestorText } from '../../ingest/reply/line-align.ts';
import { alignQuotes } from '../../ingest/reply/quote-align.ts';

/** A mail as lines: the text without its first line break. */
function mail(messageId: string, fromName: string, text: string): AncestorText {
  return { messageId, fromName, lines: text.replace(/^\n/, '').split('\n') };
}

/** Spans in short: `start-end depth source sourceStart-sourceEnd rule`. */
function spans(reply: AncestorText, ...ancestors: AncestorText[]): string[] {
  return alignQuotes(reply, ancestors).map(
    (quote) =>
      `${quote.start}-${quote.end} ${quote.depth} ${quote.source ?? '-'} ` +
      `${quote.sourceStart}-${quote.sourceEnd} ${quote.rule.replace('quote-', '')}`,
  );
}

const patch = mail(
  'patch',
  'Ada Example',
  `
The pump stalls when its valve is closed by hand.
Open the valve before the first stroke.

Signed-off-by: Ada Example <ada@example.org>
---
diff --git a/pump.c b/pump.c
--- a/pump.c
+++ b/pump.c
@@ -10,4 +10,6 @@ int pump_start(struct pump *pump)
 	int strokes = 0;
+	if (pump->valve_closed)
+		open_valve(pump);
 	pump->running = true;
 	return strokes;
 }
@@ -40,3 +42,4 @@ int pump_stop(struct pump *pump)
 	pump->running = false;
+	close_valve(pump);
 	return 0;
 }`,
);

const review = mail(
  'review',
  'Bob Sample',
  `
On Mon, 6 Jul 2020 14:11:22 +0200, Ada Example wrote:
> The pump stalls when its valve is closed by hand.
> Open the valve before the first stroke.

Who closes a valve by hand? I have never seen that
in all my years with pumps.

> +	if (pump->valve_closed)
> +		open_valve(pump);

This leaks when open_valve() fails.

Bob`,
);

test('a reply between the lines names the parent, and the lines of it', () => {
  assert.deepEqual(spans(review, patch), ['1-3 1 patch 0-2 same-lines', '7-9 1 patch 10-12 same-lines']);
});

test('deeper quotes name the mails further up; the attribution is the words of who replied', () => {
  const answer = mail(
    'answer',
    'Ada Example',
    `
On Tue, 7 Jul 2020 at 09:00, Bob Sample <bob@example.org> wrote:
>
> On Mon, 6 Jul 2020 14:11:22 +0200, Ada Example wrote:
> > The pump stalls when its valve is closed by hand.
> > Open the valve before the first stroke.
>
> Who closes a valve by hand? I have never seen that
> in all my years with pumps.

My neighbour does.`,
  );
  assert.deepEqual(spans(answer, review, patch), [
    '1-3 1 review 0-1 same-lines',
    '3-5 2 patch 0-2 same-lines',
    '5-8 1 review 4-6 same-lines',
  ]);
});

test('who quotes a grandparent directly is believed by the text, not by the marks', () => {
  const answer = mail('answer', 'Cleo', '\n> The pump stalls when its valve is closed by hand.\n\nIt does.');
  assert.deepEqual(spans(answer, review, patch), ['0-1 1 patch 0-1 same-lines']);
});

test('a span is split where the words of two mails meet under one mark', () => {
  const answer = mail(
    'answer',
    'Cleo',
    `
> The pump stalls when its valve is closed by hand.
> Open the valve before the first stroke.
> Who closes a valve by hand? I have never seen that
> in all my years with pumps.
Me neither.`,
  );
  assert.deepEqual(spans(answer, review, patch), [
    '0-2 1 patch 0-2 same-lines',
    '2-4 1 review 4-6 same-lines',
  ]);
});

test('a brace follows the code around it, on the right line', () => {
  const answer = mail('answer', 'Bob', '\n> +\tclose_valve(pump);\n>  \treturn 0;\n>  }\n\nNo.');
  assert.deepEqual(spans(answer, patch), ['0-3 1 patch 17-20 same-lines']);
});

test('lines broken anew are found by their words', () => {
  const answer = mail(
    'answer',
    'Cleo',
    `
> Who closes a valve by
> hand? I have never seen that in all
> my years with pumps.
I have.`,
  );
  assert.deepEqual(spans(answer, review, patch), ['0-3 1 review 4-6 same-words']);
});

test('left out parts, blank quoted lines and changed blanks do not matter', () => {
  const answer = mail(
    'answer',
    'Bob',
    `
> The pump stalls  when its valve is closed by hand.
>
> [...]
> + if (pump->valve_closed)
> +   open_valve(pump);
> [snip]
Fine.`,
  );
  assert.deepEqual(spans(answer, patch), ['0-6 1 patch 0-12 same-lines']);
});

test('addresses that an archive masked are no difference', () => {
  const answer = mail('answer', 'Bob', '\n> Signed-off-by: Ada Example <ada@xxxxxxxxxxx>\n\nThanks.');
  assert.deepEqual(spans(answer, patch), ['0-1 1 patch 3-4 same-lines']);
});

test('below a header block of Outlook the text is a quote without marks', () => {
  const answer = mail(
    'answer',
    'Cleo Works',
    `
Looks good.

-----Original Message-----
From: Bob Sample <bob@example.org>
Sent: Tuesday, July 7, 2020 9:00 AM
To: Cleo Works
Subject: RE: [PATCH] pump

Who closes a valve by hand? I have never seen that
in all my years with pumps.`,
  );
  assert.deepEqual(spans(answer, review, patch), ['7-10 1 review 4-6 same-lines']);
});

test('other marks are quotes where the text is known, and code where it is not', () => {
  const answer = mail(
    'answer',
    'Bob',
    `
| The pump stalls when its valve is closed by hand.
| Open the valve before the first stroke.
AE> The pump stalls when its valve is closed by hand.

| valve | state |
| one   | shut  |
| two   | open  |`,
  );
  assert.deepEqual(spans(answer, patch), ['0-3 1 patch 0-2 same-lines']);
});

test('words that no held mail wrote have no source', () => {
  const answer = mail('answer', 'Bob', '\n> A sentence of a mail that is not held here.\n\nIndeed.');
  assert.deepEqual(spans(answer, review, patch), ['0-1 1 - -1--1 not-found']);
});

test('two mails that hold the same words: depth and attribution decide', () => {
  const again = mail('again', 'Ada Example', patch.lines.join('\n'));
  const answer = mail('answer', 'Bob', '\n> Open the valve before the first stroke.\n\nYes.');
  assert.deepEqual(spans(answer, again, patch), ['0-1 1 again 1-2 short-lines']);
  const named = mail('answer', 'Bob', '\n* Cleo:\n\n> Open the valve before the first stroke.\n\nYes.');
  const forward = mail('forward', 'Cleo', patch.lines.join('\n'));
  assert.deepEqual(spans(named, patch, forward), ['2-3 1 forward 1-2 short-lines']);
});

const lineOf = fc.oneof(
  fc.constantFrom(
    '> }',
    '>> }',
    '> a line that is known to all',
    '| x',
    '',
    '>',
    '> > >',
    'On Mon, A B wrote:',
  ),
  fc.string({ maxLength: 40 }).map((text) => `> ${text}`),
  fc.string({ maxLength: 40 }),
);
const textOf = fc.array(lineOf, { maxLength: 30 });

test('spans are in range, in order, do not overlap and cover every marked line', () => {
  fc.assert(
    fc.property(textOf, fc.array(textOf, { maxLength: 4 }), (lines, texts) => {
      const ancestors = texts.map((text, at) => ({ messageId: `m${at}`, fromName: 'A B', lines: text }));
      const quotes = alignQuotes({ messageId: 'r', lines }, ancestors);
      let last = 0;
      const isCovered = lines.map(() => false);
      for (const quote of quotes) {
        assert.ok(quote.start >= last && quote.end > quote.start && quote.end <= lines.length);
        last = quote.end;
        isCovered.fill(true, quote.start, quote.end);
        const source = ancestors.find((ancestor) => ancestor.messageId === quote.source);
        assert.equal(source === undefined, quote.source === null);
        assert.ok(quote.sourceEnd <= (source?.lines.length ?? 0));
        assert.ok(quote.sourceStart < 0 || quote.sourceStart < quote.sourceEnd);
      }
      const missed = lines.filter((line, at) => line.startsWith('>') && !isCovered[at]);
      assert.deepEqual(missed, []);
    }),
  );
});

test('a long reply of lines that stand everywhere is aligned in one go', () => {
  const lines = new Array<string>(20_000).fill('> }');
  const source = new Array<string>(20_000).fill('}');
  const ancestors = ['a', 'b', 'c'].map((messageId) => ({ messageId, fromName: messageId, lines: source }));
  assert.deepEqual(
    alignQuotes({ messageId: 'r', lines }, ancestors).map(({ start, end, source }) => [start, end, source]),
    [[0, 20_000, 'a']],
  );
});
