/** How long a server may take: told by what it sends. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits } from '../../ingest/model/limits.ts';
import { Patience } from '../../ingest/source/patience.ts';

function makePatience(received: () => number) {
  let fail: (error: Error) => void = () => undefined;
  const coming = new Promise<never>((_resolve, reject) => {
    fail = reject;
  });
  const patience = new Patience({ patienceMs: 5, received, giveUp: () => fail(new Error('given up')) });
  return { patience, coming };
}

test('a server that sends nothing, or a byte now and then, is given up', async () => {
  for (const step of [0, 1]) {
    let bytes = 0;
    const { patience, coming } = makePatience(() => {
      bytes += step;
      return bytes;
    });
    await assert.rejects(patience.wait(coming), { message: 'given up' });
    assert.equal(patience.isOver, true);
  }
});

test('a server that sends enough is waited for, span after span', async () => {
  let looks = 0;
  let give: (words: string) => void = () => undefined;
  const coming = new Promise<string>((resolve) => {
    give = resolve;
  });
  const received = () => {
    if (++looks === 4) give('the answer');
    return looks * limits.slowestBytes;
  };
  const patience = new Patience({ patienceMs: 5, received, giveUp: () => assert.fail('given up') });
  assert.equal(await patience.wait(coming), 'the answer');
  assert.equal(patience.isOver, false);
});
