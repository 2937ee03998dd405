/**
 * Prepare mail: one raw mail as the store keeps it: parsed, read as a posting, with its keys and index text.
 */
import { linkKeys } from '../link/keys.ts';
import { parseMessage } from '../mail/mime.ts';
import type { Message, RawMail } from '../model/message.ts';
import { readPosting } from '../patch/posting.ts';
import { searchText } from '../search/search-text.ts';
import type { MailToStore } from '../store/store.ts';

/** Never throws for what a stranger wrote. */
export async function prepareMail(given: RawMail): Promise<MailToStore> {
  const message = await parseMessage(given.raw);
  const mail = { ...given, list: listName(message) || given.list };
  const posting = readPosting(message);
  return { message, mail, posting, linkKeys: posting ? linkKeys(posting) : [], search: searchText(message) };
}

/** The first label of List-Id, `linux-api`: it tells the list better than the file that the mail stood in. */
function listName(message: Message): string {
  return message.listIds[0]?.split('.')[0] ?? '';
}
