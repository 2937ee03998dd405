import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findPoints } from '../../ingest/reply/point.ts';
import type { LaterChange } from '../../ingest/reply/point-status.ts';
import { findPointStatus } from '../../ingest/reply/point-status.ts';
import { type ReadReply, readReply, type ThreadText } from '../../ingest/reply/read-reply.ts';
import { noteReply } from '../../ingest/reply/reply-note.ts';
import { stancesOf } from '../../ingest/reply/stance.ts';

const people = {
  ada: { name: 'Ada Example', address: 'ada@example.org' },
  bob: { name: 'Bob Sample', address: 'bob@example.org' },
  cleo: { name: 'Cleo Works', address: 'cleo@example.com' },
};

/** A mail of a thread; its text loses the first line break. */
function mail(messageId: string, from: keyof typeof people, text: string, isPosting = false): ThreadText {
  const posting = isPosting ? { isCover: false, author: people[from] } : null;
  const lines = text.replace(/^\n/, '').split('\n');
  return { messageId, subject: 'Re: [PATCH] pump: open it', from: people[from], sentMs: 0, lines, posting };
}

const patch = mail(
  'patch',
  'ada',
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
 	return strokes;`,
  true,
);

const reply = (
  text: string,
  from: keyof typeof people = 'bob',
  above: ThreadText[] = [patch],
  id = 'reply',
) => readReply(mail(id, from, text), above);

/** Points in short: `start-end kind on message start-end`. */
const points = (read: ReadReply) =>
  findPoints(read).map(
    ({ point: p }) => `${p.start}-${p.end} ${p.kind} on ${p.anchorMessage} ${p.anchorStart}-${p.anchorEnd}`,
  );

/** Stances in short: kinds, `~` for conditional. */
const stances = (read: ReadReply) =>
  stancesOf(read).map(({ value }) => `${value.kind}${value.isConditional ? '~' : ''}`);

test('each remark is anchored to the lines just above it, in the mail that wrote them', () => {
  const read = reply(`
Hi Ada,

On Mon, 6 Jul 2020 14:11:22 +0200, Ada Example wrote:
> The pump stalls when its valve is closed by hand.
> Open the valve before the first stroke.

Who closes a valve by hand?

> +	if (pump->valve_closed)
> +		open_valve(pump);

This leaks when open_valve() fails.

> 	return strokes;

nit: a blank line above, please.

Thanks,
Bob

-- 
Bob Sample, would you not like to buy a pump?`);
  assert.deepEqual(points(read), [
    '6-7 question on patch 0-2',
    '11-12 remark on patch 10-12',
    '15-16 nit on patch 13-14',
  ]);
  assert.deepEqual(stances(read), ['question']);
});

test('a corrected word is a nit, a pasted hunk a suggested diff', () => {
  const read = reply(`
> The pump stalls when its valve is closed by hand.

stals

> +	if (pump->valve_closed)
> +		open_valve(pump);

How about this:

@@ -10,2 +10,3 @@ int pump_start(struct pump *pump)
 	int strokes = 0;
+	open_valve(pump);
 	return 0;`);
  assert.deepEqual(points(read), ['2-3 nit on patch 0-1', '7-13 suggested-diff on patch 10-12']);
  assert.deepEqual(stances(read), ['change-requested']);
});

test('thanks, approval and consent are no points', () => {
  const read = reply(`
> The pump stalls when its valve is closed by hand.

Thanks for the patch!

> Open the valve before the first stroke.

Looks good.

Reviewed-by: Bob Sample <bob@example.org>`);
  assert.deepEqual(points(read), []);
  assert.deepEqual(stances(read), ['agreement', 'review']);
});

test('the author takes no stance on the patch, but may say that it was applied', () => {
  const asks =
    '> The pump stalls when its valve is closed by hand.\n\nShould I say where?\n\nLooks good to me.';
  assert.deepEqual(stances(reply(asks, 'ada')), []);
  assert.deepEqual(points(reply(asks, 'ada')), []);
  assert.deepEqual(stances(reply('Applied to pump-next.', 'ada')), ['applied']);
});

test('stances come from own words and own trailers only', () => {
  const rows: [string, string[]][] = [
    ['> NAK.\n> Reviewed-by: Bob Sample <bob@example.org>\n\nI see.', []],
    ['Reviewed-by: Cleo Works <cleo@example.com>', []],
    ['Acked-by: Bob Sample <bob@example.org>', ['ack']],
    ['Reviewed-and-tested-by: Bob Sample <bob@example.org>', ['review', 'test']],
    ['Nacked-by: Bob Sample <bob@example.org>', ['objection']],
    ['With that fixed:\n\nReviewed-by: Bob Sample <bob@example.org>', ['review~']],
    ['NAK, this opens it twice.', ['objection']],
    ["I don't object.", []],
    ['Please add a test.', ['change-requested']],
    ['Queued for 5.9, thanks.', ['applied']],
    ['This can be applied once the others are.', []],
    ['The pump is blue.', []],
    ['I ran:\n\n    please drop this?\n\nand it worked.', []],
  ];
  for (const [text, expected] of rows) assert.deepEqual(stances(reply(text)), expected, text);
});

test('who answers a third person asks nothing of the author', () => {
  const other = mail('other', 'cleo', 'We could paint every pump blue instead of opening its valve.');
  const read = reply('> We could paint every pump blue instead of opening its valve.\n\nWhy blue?', 'bob', [
    other,
    patch,
  ]);
  assert.deepEqual(stances(read), []);
  assert.deepEqual(points(read), ['2-3 question on other 0-1']);
});

test('in talk with the author only what is asked plainly is asked for', () => {
  const answer = mail('answer', 'ada', 'The valve is opened by hand, since the motor is slow.');
  const below = (text: string) =>
    reply(`> The valve is opened by hand, since the motor is slow.\n\n${text}`, 'bob', [answer, patch]);
  assert.deepEqual(stances(below('Then the motor should be replaced.')), []);
  assert.deepEqual(points(below('Then the motor should be replaced.')), []);
  assert.deepEqual(stances(below('Please write that in a comment.')), ['change-requested']);
  assert.deepEqual(stances(below('Sounds good.')), []);
  const own = mail('own', 'bob', 'Name this valve.');
  assert.deepEqual(stances(reply('> Name this valve.\n\nIt should be the left one.', 'bob', [own, patch])), [
    'change-requested',
  ]);
});

test('who shows what he applied asks for nothing', () => {
  const diff =
    '--- a/pump.c\n+++ b/pump.c\n@@ -10,2 +10,3 @@\n \tint strokes = 0;\n+\tint valves = 2;\n \tpump->running = true;';
  assert.deepEqual(stances(reply(`How about this?\n\n${diff}`)), ['change-requested', 'question']);
  assert.deepEqual(stances(reply(`I have pushed the patch below.\n\n${diff}`)), ['applied']);
});

test('a reply notes what its sender is going to do, and whether he only thanks', () => {
  const note = (read: ReadReply) => {
    const { isPromise, willTake, willReview, isConsent, isWithdrawal } = noteReply(read)?.value ?? {};
    const notes = { isPromise, willTake, willReview, isConsent, isWithdrawal };
    return Object.entries(notes).flatMap(([name, is]) => (is ? [name] : []));
  };
  assert.deepEqual(note(reply("I'll take a closer look tomorrow.")), ['willReview']);
  assert.deepEqual(note(reply('Please ignore this patch.', 'ada')), ['isWithdrawal']);
  assert.deepEqual(note(reply('Please ignore this patch, I will send another one.', 'ada')), ['isPromise']);
  assert.ok(!note(reply('Please ignore this patch.')).includes('isWithdrawal'));
  assert.deepEqual(note(reply("Thanks, I'll queue this up.")), ['willTake', 'isConsent']);
  assert.deepEqual(note(reply('Thanks a lot for the explanation!')), ['isConsent']);
  assert.deepEqual(note(reply('Thanks, but I still see it stall.')), []);
  const asked = mail('asked', 'bob', 'Please close the valve again. Is the pump blue?');
  const answer = (text: string) => note(reply(text, 'ada', [asked, patch]));
  assert.deepEqual(answer('> Please close the valve again.\n\nRight.'), ['isPromise']);
  assert.deepEqual(answer('> Is the pump blue?\n\nRight.'), []);
  assert.deepEqual(answer('> Is the pump blue?\n\nI will paint it in v2.'), ['isPromise']);
});

const review = reply('> +\t\topen_valve(pump);\n\nPlease check what open_valve() returns.');

/** The status of the review's only point after some answers. */
function statusAfter(
  answers: readonly [keyof typeof people, string][],
  changedSince: LaterChange = 'unknown',
) {
  const above = [review.mail, patch];
  const below = answers.map(([from, text], at) => {
    const read = reply(text, from, [...above], `answer-${at}`);
    above.unshift(read.mail);
    return read;
  });
  const [found] = findPoints(review);
  assert.ok(found);
  const { value, rule } = findPointStatus({ found, reply: review, below, changedSince });
  return `${value}: ${rule}`;
}

const quoted = '> Please check what open_valve() returns.\n\n';

test('a program that asks nothing has not answered', () => {
  const robot = { name: 'test robot', address: 'lkp@example.org' };
  const report = (text: string) => readReply({ ...mail('report', 'bob', text), from: robot }, [patch]);
  assert.equal(noteReply(report('All 12 configs were built.')), null);
  assert.notEqual(noteReply(report('test robot noticed the following build warnings:')), null);
});

test('the status of a point follows what was said below it', () => {
  const rows: [Parameters<typeof statusAfter>[0], string][] = [
    [[], 'open: point-unanswered'],
    [[['ada', `${quoted}Will fix in v2.`]], 'agreed: author-promised'],
    [[['ada', `${quoted}Good catch, thanks.`]], 'agreed: author-agreed'],
    [[['ada', `${quoted}It returns the number of strokes.`]], 'answered: author-answered'],
    [[['ada', `${quoted}I don't think that is needed.`]], 'contested: author-declined'],
    [[['cleo', `${quoted}It cannot fail.`]], 'open: point-unanswered'],
    [[['cleo', `${quoted}I will fix this when I take it.`]], 'agreed: somebody-promised'],
    [[['ada', 'Will do.']], 'agreed: author-promised'],
    [[['bob', 'Applied, thanks!']], 'agreed: reviewer-approved-later'],
    [[['ada', '> something else\n\nWhat else?']], 'answered: author-answered'],
    [[['bob', `${quoted}Never mind, it cannot fail.`]], 'withdrawn: point-withdrawn'],
    [
      [['bob', 'On second thought:\n\nReviewed-by: Bob Sample <bob@example.org>']],
      'agreed: reviewer-approved-later',
    ],
  ];
  for (const [answers, expected] of rows)
    assert.equal(statusAfter(answers), expected, JSON.stringify(answers));
});

test('what was promised stays so, whatever is explained later', () => {
  assert.equal(
    statusAfter([
      ['ada', `${quoted}Will fix in v2.`],
      ['ada', `${quoted}It returns the number of strokes.`],
    ]),
    'agreed: author-promised',
  );
});

test('a question that asks for a change is agreed to, and no approval answers one', () => {
  const asking = (text: string) => reply(`> +\t\topen_valve(pump);\n\n${text}`);
  const statuses = (asked: ReadReply, from: keyof typeof people, text: string) => {
    const answer = reply(text, from, [asked.mail, patch], 'answer');
    return findPoints(asked).map(
      (found) => findPointStatus({ found, reply: asked, below: [answer], changedSince: 'unknown' }).value,
    );
  };
  const request = asking('Can we split this?');
  assert.deepEqual(statuses(request, 'ada', '> Can we split this?\n\nOK, can do.'), ['agreed']);
  const question = asking('Is the valve blue?');
  assert.deepEqual(statuses(question, 'ada', '> Is the valve blue?\n\nOK, it is.'), ['answered']);
  const tag = 'Reviewed-by: Bob Sample <bob@example.org>';
  assert.deepEqual(statuses(question, 'bob', tag), ['open']);
});

test('who signed a patch off before it was sent answers for it, too', () => {
  const signed = { ...patch, posting: { isCover: false, author: people.ada, helpers: [people.cleo] } };
  assert.deepEqual(stances(reply('Please rename this.', 'cleo', [signed])), []);
  assert.deepEqual(stances(reply('Please rename this.', 'bob', [signed])), ['change-requested']);
});

test('a statement of C is no question', () => {
  assert.deepEqual(stances(reply('It should be\n\nreturn fault == 1 ? 1 : 0;')), ['change-requested']);
});

test('consent that quotes no comment is said of each of them', () => {
  const both = reply(
    '> +\t\topen_valve(pump);\n\nPlease rename this.\n\n> \treturn strokes;\n\nPlease drop this.',
  );
  const statuses = (text: string) => {
    const answer = reply(text, 'ada', [both.mail, patch], 'answer');
    return findPoints(both).map(
      (found) => findPointStatus({ found, reply: both, below: [answer], changedSince: 'unknown' }).value,
    );
  };
  assert.deepEqual(statuses('Thanks, I will fix both.'), ['agreed', 'agreed']);
  assert.deepEqual(statuses('Which version of the pump is this about?'), ['open', 'open']);
  assert.deepEqual(statuses('> On a day, Bob Sample wrote:\n\nThanks, both fixed in v2.'), [
    'agreed',
    'agreed',
  ]);
});

test('a later revision outranks talk', () => {
  const promise: [keyof typeof people, string][] = [['ada', `${quoted}Will fix in v2.`]];
  assert.equal(statusAfter(promise, 'changed'), 'addressed: anchored-lines-changed');
  assert.equal(statusAfter(promise, 'unchanged'), 'open: promised-but-unchanged');
  assert.equal(statusAfter([], 'gone'), 'addressed: anchored-lines-gone');
  assert.equal(statusAfter([], 'followed'), 'addressed: newer-revision-sent');
  assert.equal(statusAfter([], 'unchanged'), 'open: point-unanswered');
  // The lines of a point that was argued about may have changed for another reason.
  assert.equal(
    statusAfter([['ada', `${quoted}I don't think that is needed.`]], 'changed'),
    'contested: author-declined',
  );
  const withdrawn: [keyof typeof people, string][] = [['bob', `${quoted}Never mind.`]];
  assert.equal(statusAfter(withdrawn, 'changed'), 'withdrawn: point-withdrawn');
});

test('any reply is read without an error, and all spans lie in it', () => {
  const line = fc.oneof(
    fc.constantFrom(
      '> The pump stalls when its valve is closed by hand.',
      '> }',
      '',
      'Please fix.',
      '-- ',
      'NAK',
      '@@ -1 +1 @@',
    ),
    fc.string({ maxLength: 40 }),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 25 }), (lines) => {
      const read = readReply({ ...mail('reply', 'bob', ''), lines }, [patch]);
      const spans = [
        ...findPoints(read).map(({ point }) => point),
        ...stancesOf(read).flatMap((fact) => fact.evidence),
      ];
      for (const { start, end } of spans) assert.ok(start >= 0 && start < end && end <= lines.length);
    }),
  );
});
