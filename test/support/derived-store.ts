/** A store in memory that holds these mails with all that is derived from them. */
import { neverPulled } from '../../ingest/pipeline.ts';
import { derive } from '../../ingest/stage/derive.ts';
import { prepareMail } from '../../ingest/stage/prepare-mail.ts';
import { openStore } from '../../ingest/store/open.ts';
import type { SourceRow, Store } from '../../ingest/store/store.ts';
import { type MailShort, mailText } from './mail-text.ts';

const source: SourceRow = {
  location: 'test',
  kind: 'mbox',
  list: 'pump',
  ...neverPulled,
};

/** Adds mails to a store and derives. */
export async function addMails(store: Store, mails: readonly MailShort[], list = 'pump'): Promise<void> {
  await addRawMails(store, mails.map(mailText), list);
}

/** The same for mails as bytes; they arrive a second after each other. */
export async function addRawMails(store: Store, mails: readonly Uint8Array[], list = 'pump'): Promise<void> {
  const prepared = await Promise.all(
    mails.map((raw, at) => prepareMail({ raw, list, place: String(at), arrivedMs: at * 1000 })),
  );
  await store.putMails(prepared, { ...source, list, location: list }, 0);
  await derive(store, { nowMs: () => 0 });
}

/** Runs `work` on a store of its own that holds these mails. */
export async function withMails<T>(
  mails: readonly MailShort[],
  work: (store: Store) => Promise<T>,
): Promise<T> {
  const store = await openStore(':memory:');
  try {
    await addMails(store, mails);
    return await work(store);
  } finally {
    await store.close();
  }
}
