/** The pipeline's threads: many mails are prepared and reviewed beside the writer, and end in what one thread makes. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { exportLines } from '../../ingest/export.ts';
import { ingest } from '../../ingest/pipeline.ts';
import type { Source } from '../../ingest/source/source.ts';
import { openStore } from '../../ingest/store/open.ts';
import type { Store } from '../../ingest/store/store.ts';
import { withMails } from '../support/derived-store.ts';
import { makeFolder } from '../support/folders.ts';
import { type MailShort, mailText, patchBody } from '../support/mail-text.ts';

/** Patches, each with a review that quotes it: more than are handled without threads. */
const mails: readonly MailShort[] = Array.from({ length: 650 }, (_, at): MailShort[] => [
  {
    id: `patch-${at}`,
    subject: `[PATCH] pump: limit valve ${at} to its stroke`,
    hour: at,
    body: patchBody({ file: `valve-${at}.c`, now: [`	limit(valve, ${at});`, '	note(valve);'] }),
  },
  {
    id: `review-${at}`,
    subject: `Re: [PATCH] pump: limit valve ${at} to its stroke`,
    from: 'Bo Reviewer <bo@example.net>',
    inReplyTo: `patch-${at}`,
    hour: at + 0.5,
    body: `> +	limit(valve, ${at});\n\nWhat if the valve is shut?\n\nReviewed-by: Bo Reviewer <bo@example.net>\n`,
  },
]).flat();

test('many mails, prepared and reviewed by threads, end in the same export as on one thread', async (t) => {
  const alone = await withMails(mails, exported);
  assert.ok(alone.some((line) => line.includes('"type":"trailer"')));
  const store = await openStore(join(makeFolder(t), 'threads.db'));
  try {
    const result = await ingest({ store, sources: [source()], nowMs: () => 0 });
    assert.equal(result.added, mails.length);
    assert.deepEqual(await exported(store), alone);
  } finally {
    await store.close();
  }
});

function source(): Source {
  return {
    kind: 'mbox',
    location: 'test',
    list: 'pump',
    async *read() {
      for (const [at, mail] of mails.entries()) {
        yield { type: 'mail', mail: { raw: mailText(mail), list: 'pump', place: mail.id }, cursor: `${at}` };
      }
    },
  };
}

async function exported(store: Store): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of exportLines(store)) lines.push(line);
  return lines;
}
