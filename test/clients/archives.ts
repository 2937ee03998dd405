import type { TestContext } from 'node:test';
import { readConfig } from '../../ingest/config.ts';
import { openStore } from '../../ingest/store/open.ts';
import { serve } from '../../server/main.ts';
import { addRawMails } from '../support/derived-store.ts';
import { startPublicInbox } from '../support/public-inbox.ts';

export const list = 'pump';
export const listAddress = 'pump@lists.example.org';

/** Serves the mails by Patchtrail; gives its address without the last slash. */
export async function startPatchtrail(t: TestContext, mails: readonly Uint8Array[]): Promise<string> {
  const store = await openStore(':memory:');
  await addRawMails(store, mails);
  const config = readConfig(null, {});
  const log = { info: () => {}, error: () => {} };
  const server = await serve({ store, config, host: '127.0.0.1', port: 0, log });
  t.after(async () => {
    await server.close();
    await store.close();
  });
  return server.url;
}

/** Serves the mails by public-inbox itself; gives its address without the last slash. */
export async function startPeer(t: TestContext, mails: readonly Uint8Array[]): Promise<string> {
  const [url = ''] = await startPublicInbox(t, mails, { list });
  return url;
}
