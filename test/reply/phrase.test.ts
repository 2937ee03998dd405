import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerKinds } from '../../ingest/reply/answer-kinds.ts';
import { findPhrase, type Phrase, plainSentence } from '../../ingest/reply/phrase.ts';
import { planKinds } from '../../ingest/reply/plan-kinds.ts';
import { pointKinds } from '../../ingest/reply/point-kinds.ts';
import { approvalKinds, condition } from '../../ingest/reply/stance-kinds.ts';
import { turningKinds } from '../../ingest/reply/turning-kinds.ts';

const tables: Readonly<Record<string, readonly Phrase<string>[]>> = {
  pointKinds,
  answerKinds,
  approvalKinds,
  planKinds,
  turningKinds,
};

for (const [name, table] of Object.entries(tables)) {
  test(`each row of ${name} reads its sample and lets its trap pass`, () => {
    for (const { rule, sample, trap } of table) {
      assert.equal(findPhrase(sample, table)?.rule, rule, sample);
      if (trap !== undefined) assert.notEqual(findPhrase(trap, table)?.rule, rule, trap);
    }
    assert.equal(new Set(table.map((row) => row.rule)).size, table.length);
  });
}

test('remarks ask for what their words ask for', () => {
  const rows: [string, string | undefined][] = [
    ['NAK.', 'objection'],
    ['Sorry, NAK until the valve is fixed for real.', 'objection'],
    ['I do not object to this.', undefined],
    ["I don't think this is necessary.", 'objection'],
    ['The old pump was broken.', undefined],
    ['We are not doing that in the pump core.', 'objection'],
    ['Nit: trailing blank.', 'nit'],
    ['Please drop the braces.', 'change-requested'],
    ['Please let me know what you think.', undefined],
    ['Please wait a couple of days.', undefined],
    ['Could you split this?', 'change-requested'],
    ['This needs a comment.', 'change-requested'],
    ['The name should say what it opens.', 'change-requested'],
    ['That should be fine.', undefined],
    ['I should have tested it.', undefined],
    ["I'd rather see a helper for this.", 'change-requested'],
    ['s/heigth/height/', 'change-requested'],
    ['Drop this.', 'change-requested'],
    ["Don't worry about it.", undefined],
    ['You forgot to close the valve.', 'change-requested'],
    ['Why is that?', 'question'],
    ['Right?', undefined],
    ["I don't understand why the valve is opened.", 'question'],
    ['Agree that it would be nice to have as a follow-up.', undefined],
    ['As Ada said, this should be static.', undefined],
    ['He wrote "please drop this" in the manual.', undefined],
    ['Separate patch, please.', 'change-requested'],
    ['Use `--` before the names.', 'change-requested'],
    ['Consider naming the valve.', 'change-requested'],
    ['Consider that a valve may leak.', undefined],
    ["You don't need to close the valve.", 'change-requested'],
    ["I fixed it, so you don't need to resend.", undefined],
    ['I think you mean s/valve/tap/ here.', 'change-requested'],
    ['This comment is no longer true.', 'change-requested'],
    ['That does not look right to me.', 'change-requested'],
    ['It was confusing before.', undefined],
    ['The robot noticed the following build warnings:', 'change-requested'],
    ['This series does not apply to the pump tree.', 'change-requested'],
    ['pump.c:12:4: error: no valve; did you mean hose?', undefined],
    ['I do wonder whether this is safe.', 'question'],
    ["I don't see why it wouldn't work.", undefined],
    ["Can't we open it later", 'question'],
    ['Next time, please run the tests.', undefined],
    ['Please add any relevant lists to the CCs.', undefined],
    ['That should be straightforward.', undefined],
    ['(minor) two blanks here.', 'nit'],
    ['I am not convinced that it is worth it.', 'objection'],
    ['My main concern is that two pumps share the valve.', 'objection'],
    ['Disagree.', 'objection'],
    ['I am no longer concerned about the valve.', undefined],
    ['Could you please recraft this against the current tree?', 'change-requested'],
    ['Could you please explain the valve?', 'question'],
    ['Please check the bounds of the valve.', 'change-requested'],
    ['Please check the link below.', undefined],
    ['This will fail without a valve, and the pump knows.', undefined],
    ['I believe this will fail at the second stroke.', 'change-requested'],
    ['Just call open_valve() here.', 'change-requested'],
    ['Unrelated change.', 'change-requested'],
    ['Same remarks as before.', 'change-requested'],
    ['It looks like we can drop the static valve.', 'change-requested'],
    ['It would be good to know how many pumps run it.', undefined],
    ['Would that also cover two valves like these', 'question'],
    ['Do this in the helper', undefined],
    ['Cleo, could you please review this?', undefined],
    ['This stalls the pump (I guess by its valve?)', undefined],
    ['The pump should either use or drop it.', 'change-requested'],
    ['Since the valve is closed, it should be opened here.', 'change-requested'],
    ['Looks good.', undefined],
    ['The pump runs.', undefined],
  ];
  for (const [text, kind] of rows) assert.equal(findPhrase(text, pointKinds)?.kind, kind, text);
});

test('approval and what was applied are said plainly, not as a plan or under a condition', () => {
  const rows: [string, string | undefined][] = [
    ['Looks good to me.', 'agreement'],
    ['LGTM', 'agreement'],
    ["This doesn't look good.", undefined],
    ['It would look good if it worked.', undefined],
    ['Seems fine to me to move that.', 'agreement'],
    ['No objections from my side.', 'agreement'],
    ['Thanks, the series looks good to me now.', 'agreement'],
    ['The second check looks good.', undefined],
    ['All in all I think this is a good change.', 'agreement'],
    ['This is really great!', 'agreement'],
    ['I think the patch is fine as is.', 'agreement'],
    ['I like this version much better.', 'agreement'],
    ['I like this part.', undefined],
    ['I tested your patch and it works as expected!', 'test'],
    ['I tested your patch and it does not work.', undefined],
    ['I applied all but the third patch.', undefined],
    ['Applied, thanks!', 'applied'],
    ['Thanks. Patch applied.', 'applied'],
    ['Thanks, Ada. Patch Applied.', 'applied'],
    ['Queued for 5.9.', 'applied'],
    ['The patch is now queued in pump-next.', 'applied'],
    ['These five patches have been merged.', 'applied'],
    ['I have applied this to pump-next.', 'applied'],
    ['Applied version contains a mistake.', undefined],
    ['After this patch is applied, all is well.', undefined],
    ['Will be applied next week.', undefined],
    ['Has this been applied?', undefined],
    ['I see that this patch has been merged elsewhere.', undefined],
  ];
  for (const [text, kind] of rows) assert.equal(findPhrase(text, approvalKinds)?.kind, kind, text);
});

test('answers agree, promise, decline or take back', () => {
  const rows: [string, string | undefined][] = [
    ['Will fix in v2.', 'promised'],
    ['Done.', 'promised'],
    ['Fixed to "close the valve".', 'promised'],
    ['OK, I will rename it.', 'promised'],
    ["I'll rephrase the comment.", 'promised'],
    ['Can certainly add that.', 'promised'],
    ['Good point, will do that.', 'promised'],
    ['The kernel will add it to the list.', undefined],
    ['I will not change it.', 'declined'],
    ['Good catch!', 'agreed'],
    ['Fair enough.', 'agreed'],
    ['You are right, thanks.', 'agreed'],
    ["I don't think so.", 'declined'],
    ['No, that would break the valve.', 'declined'],
    ['This is intentional.', 'declined'],
    ['Never mind, I misread the code.', 'withdrawn'],
    ['Sorry for the noise.', 'withdrawn'],
    ['The pump has two valves.', undefined],
  ];
  for (const [text, kind] of rows) assert.equal(findPhrase(text, answerKinds)?.kind, kind, text);
});

test('conditions are seen, and an if that has nothing to do with it is not', () => {
  const rows: [string, boolean][] = [
    ['With that fixed, you can add my tag.', true],
    ['With the comments above addressed:', true],
    ['Once you drop the second hunk, it is fine.', true],
    ['Other than that:', true],
    ['Otherwise this looks good.', true],
    ['If the caller checks it, the helper is not needed.', false],
    ['Looks good, feel free to add:', false],
  ];
  for (const [text, isCondition] of rows)
    assert.equal(condition.test(plainSentence(text)), isCondition, text);
});

test('what is cited between quotation marks is not said', () => {
  assert.equal(plainSentence('He  said “please drop this” to me'), 'He said " to me');
});
