/**
 * Prepare mail: one raw mail as the store keeps it: parsed, read as a posting, with its keys and index text.
 */
import { linkKeys } from '../link/keys.ts';
import { parseMessage } from '../mail/mime.ts';
import type { Message, RawMail } from '../model/message.ts';
import { patchName } from '../patch/patch-name.ts';
import { patchworkHash } from '../patch/patchwork-hash.ts';
import { readPosting } from '../patch/posting.ts';
import { searchText } from '../search/search-text.ts';
import type { MailToStore } from '../store/store.ts';

/** Never throws for what a stranger wrote. */
export async function prepareMail(given: RawMail): Promise<MailToStore> {
  const message = await parseMessage(given.raw);
  const mail = { ...given, list: listName(message) || given.list };
  const posting = readPosting(message);
  const search = searchText(message);
  if (!posting) return { message, mail, posting, linkKeys: [], search };
  return {
    message,
    mail,
    posting,
    linkKeys: linkKeys(posting),
    search,
    patchName: patchName(message.subject, mail.list ?? '').name,
    patchHash: posting.hasDiff ? hashOf(message) : null,
  };
}

/** The first label of List-Id, `linux-api`: it tells the list better than the file that the mail stood in. */
function listName(message: Message): string {
  return message.listIds[0]?.split('.')[0] ?? '';
}

/** The body's diff, else that of the first attachment with one, as the posting has it. */
function hashOf({ body, attachments }: Message): string | null {
  for (const text of [body, ...attachments.map((attachment) => attachment.text ?? '')]) {
    const hash = patchworkHash(text);
    if (hash !== null) return hash;
  }
  return null;
}
