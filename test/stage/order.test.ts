/** Linking is incremental and independent of the order of arrival: the same mails end in the same export. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { exportLines } from '../../ingest/export.ts';
import { derive } from '../../ingest/stage/derive.ts';
import { openStore } from '../../ingest/store/open.ts';
import type { Store } from '../../ingest/store/store.ts';
import { addMails, withMails } from '../support/derived-store.ts';
import { type MailShort, patchBody } from '../support/mail-text.ts';

const bo = 'Bo Reviewer <bo@example.net>';

/** A patch through three versions, one of them lost, with review, a rename, a resend, an outsider, and its landing. */
const mails: readonly MailShort[] = [
  { id: 'v1-0', subject: '[PATCH 0/2] pump: count strokes', body: 'Two steps.\n' },
  {
    id: 'v1-1',
    subject: '[PATCH 1/2] pump: count every stroke',
    inReplyTo: 'v1-0',
    hour: 0.01,
    body: patchBody({ now: ['	strokes = count(pump);', '	note(strokes);', '	check(strokes);'] }),
  },
  {
    id: 'v1-2',
    subject: '[PATCH 2/2] pump: tell how many',
    inReplyTo: 'v1-0',
    hour: 0.02,
    body: patchBody({ file: 'tell.c', now: ['	tell(strokes);', '	flush(pump);', '	rest(pump);'] }),
  },
  {
    id: 'r1',
    subject: 'Re: [PATCH 1/2] pump: count every stroke',
    from: bo,
    inReplyTo: 'v1-1',
    references: ['v1-0'],
    hour: 3,
    body: 'On Wed, 1 Jan 2020, Ada Example wrote:\n> +	strokes = count(pump);\n\nPlease check for overflow here.\n',
  },
  {
    id: 'r2',
    subject: 'Re: [PATCH 1/2] pump: count every stroke',
    inReplyTo: 'r1',
    references: ['v1-0', 'v1-1'],
    hour: 5,
    body: '> Please check for overflow here.\n\nGood catch, will fix in v2.\n',
  },
  {
    id: 'v3-1',
    subject: '[PATCH v3 1/2] pump: count strokes without overflow',
    hour: 200,
    body: patchBody({
      notes: 'Changes in v3:\n- rebased\n',
      now: ['	strokes = count(pump);', '	note(strokes);', '	check(strokes);', '	limit(strokes);'],
    }),
  },
  {
    id: 'v3-2',
    subject: '[PATCH v3 2/2] pump: tell how many',
    inReplyTo: 'v3-1',
    hour: 200.01,
    body: patchBody({ file: 'tell.c', now: ['	tell(strokes);', '	flush(pump);', '	rest(pump);'] }),
  },
  {
    id: 'r3',
    subject: 'Re: [PATCH v3 2/2] pump: tell how many',
    from: bo,
    inReplyTo: 'v3-2',
    references: ['v3-1'],
    hour: 201,
    body: 'Reviewed-by: Bo Reviewer <bo@example.net>\n',
  },
  {
    id: 'again',
    subject: '[PATCH RESEND v3 1/2] pump: count strokes without overflow',
    hour: 400,
    body: patchBody({
      now: ['	strokes = count(pump);', '	note(strokes);', '	check(strokes);', '	limit(strokes);'],
    }),
  },
  { id: 'other', subject: '[PATCH] tfix', hour: 100, body: patchBody({ file: 'page.7', now: ['.B one'] }) },
  {
    id: 'other2',
    subject: '[PATCH] tfix',
    hour: 101,
    body: patchBody({ file: 'leaf.7', old: '.B two', now: ['.B three'] }),
  },
  {
    id: 'thanks',
    subject: 'Re: [PATCH v3 1/2] pump: count strokes without overflow',
    from: 'Mai Tainer <mai@example.com>',
    inReplyTo: 'v3-1',
    hour: 300,
    body: `Applied, thanks!\n\n[1/2] pump: count strokes without overflow\n      commit: ${'a'.repeat(40)}\n[2/2] pump: tell how many\n      commit: ${'b'.repeat(40)}\n`,
  },
  {
    id: 'release',
    subject: 'Linux 5.4.53',
    from: 'Sta Ble <stable@example.com>',
    hour: 500,
    body: 'I am announcing it.\n\nAda Example (1):\n      pump: tell how many\n',
  },
  {
    id: 'ghostly',
    subject: 'Re: a mail that never came',
    from: bo,
    inReplyTo: 'lost',
    hour: 50,
    body: 'Yes.\n',
  },
];

/** The export after the mails came in this order, with what was there derived after each cut. */
async function exportAfter(order: readonly MailShort[], cuts: readonly number[]): Promise<string> {
  const ends = [...cuts, order.length].sort((a, b) => a - b);
  const [first = 0, ...later] = ends;
  return withMails(order.slice(0, first), async (store) => {
    let from = first;
    for (const end of later) {
      await addMails(store, order.slice(from, end));
      from = end;
    }
    return exportOf(store);
  });
}

async function exportOf(store: Store): Promise<string> {
  const lines: string[] = [];
  for await (const line of exportLines(store)) lines.push(line);
  return lines.join('\n');
}

test('the same mails in any order, in one go or in many, end in the same export', async () => {
  const expected = await exportAfter(mails, []);
  assert.ok(expected.includes('"type":"applied"'), expected);
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray([...mails], { minLength: mails.length }),
      fc.uniqueArray(fc.nat({ max: mails.length - 1 }), { maxLength: 5 }),
      async (order, cuts) => {
        assert.equal(await exportAfter(order, cuts), expected);
      },
    ),
    { numRuns: Number(process.env.PROPERTY_RUNS ?? 25) },
  );
});

test('without a list the export is as if it had never been there', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('kept', 'gone', 'both'), { minLength: mails.length, maxLength: mails.length }),
      async (places) => {
        const on = (list: string) => mails.filter((_, at) => places[at] === list || places[at] === 'both');
        const store = await openStore(':memory:');
        try {
          await addMails(store, on('gone'), 'gone');
          await addMails(store, on('kept'), 'kept');
          while ((await store.removeList('gone', 3)).left > 0);
          await derive(store, { nowMs: () => 0 });
          const never = await withMails(on('kept'), exportOf);
          assert.equal(await exportOf(store), never);
          assert.deepEqual(await store.verify(), []);
        } finally {
          await store.close();
        }
      },
    ),
    { numRuns: Number(process.env.PROPERTY_RUNS ?? 25) },
  );
});
