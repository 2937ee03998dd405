/** What one new mail asks of the store: as little when the list is long as when it is short. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Store } from '../../ingest/store/store.ts';
import { addMails, withMails } from '../support/derived-store.ts';
import { type MailShort, patchBody } from '../support/mail-text.ts';

/** Calls of the store by method, and the rows that they gave. */
interface Asked {
  readonly calls: Record<string, number>;
  readonly rows: Record<string, number>;
}

/** Holds `mails`, then lets one more come, and tells what that one asked. */
function askedFor(mails: readonly MailShort[], newest: MailShort): Promise<Asked> {
  return withMails(mails, async (real) => {
    const asked: Asked = { calls: {}, rows: {} };
    await addMails(counting(real, asked), [newest]);
    return asked;
  });
}

function counting(real: Store, { calls, rows }: Asked): Store {
  return new Proxy(real, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...given: readonly unknown[]): unknown => {
        const method = String(name);
        const answer: unknown = member.apply(target, given);
        calls[method] = (calls[method] ?? 0) + 1;
        if (!(answer instanceof Promise) || method === 'together') return answer;
        return answer.then((value: unknown) => {
          rows[method] = (rows[method] ?? 0) + sizeOf(value);
          return value;
        });
      };
    },
  });
}

function sizeOf(value: unknown): number {
  if (value instanceof Map) return value.size;
  if (!Array.isArray(value)) return 0;
  return value.every((inner) => Array.isArray(inner)) ? value.flat().length : value.length;
}

const colours = ['red', 'green', 'blue', 'black', 'white', 'amber', 'brown', 'grey', 'pink', 'lilac'];

/** One author's patches of one file, each with words of its own. */
const patchOf = (at: number): MailShort => {
  const name = `${colours[at % 10]} ${colours[Math.floor(at / 10) % 10]} valve ${at}`;
  return {
    id: `p${at}`,
    subject: `[PATCH] pump: turn the ${name}`,
    hour: at * 30,
    body: patchBody({ file: 'pump.c', now: [`\tturn_${at}(pump);`, `\tnote_${at}(pump);`] }),
  };
};

const replyOf = (at: number): MailShort => ({
  id: `r${at}`,
  subject: 'Re: [PATCH] pump: turn the red red valve 0',
  from: `Person ${at} <p${at}@example.net>`,
  inReplyTo: 'p0',
  hour: 1 + at,
  body: 'Looks good to me.\n',
});

const many = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at));

test('a patch asks as much of a long list as of a short one', async () => {
  const short = await askedFor(many(60, patchOf), patchOf(200));
  const long = await askedFor(many(120, patchOf), patchOf(200));
  assert.deepEqual(long, short);
});

test('a reply is read with its ancestors, however many others answered the same mail', async () => {
  for (const count of [20, 80]) {
    const { calls, rows } = await askedFor([patchOf(0), ...many(count, replyOf)], replyOf(count));
    assert.equal(rows.getRaw, 2);
    assert.ok(Math.max(...Object.values(calls)) < 10, JSON.stringify(calls));
  }
});
