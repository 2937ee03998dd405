/**
 * IMAP watch: says when a folder has new mail, by IDLE.
 *
 * In: a folder's place. Out: a tick once it watches, then one for each notice of new mail. The connection is
 * its own, since one that idles cannot fetch. Where a server has no IDLE the folder is asked each minute.
 * A lost connection ends it: whoever watches connects again, waiting longer each time.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ImapFlow } from 'imapflow';
import { connectImap, type ImapOptions, type ImapPlace, imapFailed } from './imap-login.ts';

/** Servers and routers drop quiet connections, some after five minutes: IDLE starts anew before that. */
const idleMs = 60_000;
/** A server that ends each IDLE at once must not keep us busy. */
const betweenIdlesMs = 100;

export async function* watchFolder(
  place: ImapPlace,
  options: ImapOptions,
  signal: AbortSignal,
): AsyncGenerator<void> {
  const client = await connectImap(place, options, { maxIdleTime: idleMs });
  const stop = () => client.close();
  signal.addEventListener('abort', stop, { once: true });
  try {
    await client.mailboxOpen(place.folder, { readOnly: true });
    const notices = listen(client);
    while (!signal.aborted) {
      yield;
      if (!(await notices.next())) break;
    }
    if (!signal.aborted) throw new Error('the connection was closed');
  } catch (cause) {
    if (!signal.aborted) throw imapFailed(place, cause);
  } finally {
    signal.removeEventListener('abort', stop);
    client.close();
  }
}

/** Starts to idle; `next` resolves to true for mail that came since it was last asked, to false at the end. */
function listen(client: ImapFlow): { next: () => Promise<boolean> } {
  let hasNews = false;
  let isOver = false;
  let wake = () => {};
  client.on('exists', ({ count, prevCount }) => {
    hasNews ||= count > prevCount;
    wake();
  });
  const end = () => {
    isOver = true;
    wake();
  };
  client.on('close', end);
  void idle(client).then(end, end);
  return {
    async next() {
      while (!hasNews && !isOver) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const news = hasNews;
      hasNews = false;
      return news;
    },
  };
}

/** Idles as long as the connection lives: a server may end or refuse an IDLE, and then the next one begins. */
async function idle(client: ImapFlow): Promise<void> {
  while (client.usable && client.mailbox) {
    await client.idle();
    await sleep(betweenIdlesMs);
  }
}
