/** The store with real mail: nothing is lost, nothing is changed, and it stays below the size of its mail. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { indexPhrases, queryTokens } from '../../ingest/search/tokens.ts';
import { prepareMail } from '../../ingest/stage/prepare-mail.ts';
import { openStore } from '../../ingest/store/open.ts';
import type { MailToStore, Store } from '../../ingest/store/store.ts';
import { corporaOptions, corpusMails, oddMails } from '../support/corpora.ts';
import { source } from './letters.ts';

async function withMails(
  raws: readonly Buffer[],
  story: (store: Store, mails: readonly MailToStore[]) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'patchtrail-store-'));
  const store = await openStore(join(folder, 'store.db'));
  try {
    const mails: MailToStore[] = [];
    for (const raw of raws) mails.push(await prepareMail({ raw, list: 'corpus', place: '' }));
    await store.putMails(mails, source(), 1);
    await story(store, mails);
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('real mail in a store', corporaOptions, () => {
  it('comes back byte for byte, the odd ones too', () =>
    withMails([...corpusMails('rseq-2019-2020.mbox.gz'), ...oddMails().values()], async (store, mails) => {
      const held = new Map<string, Set<string>>();
      for (const id of new Set(mails.map(({ message }) => message.messageId))) {
        const copies = await store.getRawCopies(id);
        held.set(id, new Set(copies.map(({ raw }) => Buffer.from(raw).toString('latin1'))));
      }
      for (const { message, mail } of mails) {
        assert.ok(
          held.get(message.messageId)?.has(Buffer.from(mail.raw).toString('latin1')),
          message.messageId,
        );
      }
    }));

  it('takes less room than it took, index and postings included', () => {
    const raws = corpusMails('renamed.mbox.gz');
    return withMails(raws, async (store) => {
      const rawBytes = raws.reduce((sum, raw) => sum + raw.byteLength, 0);
      const { sizeBytes } = await store.info();
      assert.ok(sizeBytes < rawBytes, `${sizeBytes} bytes for ${rawBytes} bytes of mail`);
    });
  });

  it('is found by the words of its subject and of its own lines', () =>
    withMails(corpusMails('rseq-2019-2020.mbox.gz').slice(0, 60), async (store, mails) => {
      for (const { message, search } of mails) {
        const tokens = queryTokens(message.subject);
        const held = ` ${search.subject} `;
        assert.ok(indexPhrases(tokens, false).some((row) => held.includes(` ${row.join(' ')} `)));
        const query = { op: 'words', field: 'subject', tokens, isPrefix: false } as const;
        const { items } = await store.search(query, 'newest', { limit: 200 });
        assert.ok(
          items.some((hit) => hit.messageId === message.messageId),
          message.subject,
        );
      }
    }));
});
