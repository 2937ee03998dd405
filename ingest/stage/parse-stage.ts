/**
 * Parse stage: reads held messages again from their shown copies.
 *
 * Needed after a rebuild, and where the copy to show went away with its list and another one takes its place.
 */
import type { Store } from '../store/store.ts';
import { prepareMail } from './prepare-mail.ts';

/** Messages taken at once. */
const batch = 500;

/** Handles one batch; false when nothing waited. */
export async function runParseStage(store: Store): Promise<boolean> {
  const waiting = await store.takeWaiting('parse', batch);
  if (waiting.length === 0) return false;
  const raws = await store.getRaw(waiting);
  const prepared = await Promise.all(
    [...raws].map(async ([id, raw]) => {
      const mail = await prepareMail({ raw, list: '', place: id });
      // A printed copy carries no id of its own: it was tied to this message when it came.
      return mail.message.messageId === id ? mail : { ...mail, message: { ...mail.message, messageId: id } };
    }),
  );
  await store.together(async () => {
    await store.rewriteMails(prepared);
    await store.clearWaiting('parse', waiting);
  });
  return true;
}
