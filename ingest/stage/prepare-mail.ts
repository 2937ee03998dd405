/**
 * Prepare mail: one raw mail as the store keeps it: parsed, read as a posting, with its keys and index text.
 */
import { linkKeys } from '../link/keys.ts';
import { parseMessage } from '../mail/mime.ts';
import type { RawMail } from '../model/message.ts';
import { readPosting } from '../patch/posting.ts';
import { searchText } from '../search/search-text.ts';
import type { MailToStore } from '../store/store.ts';

/** Never throws for what a stranger wrote. */
export async function prepareMail(mail: RawMail): Promise<MailToStore> {
  const message = await parseMessage(mail.raw);
  const posting = readPosting(message);
  return { message, mail, posting, linkKeys: posting ? linkKeys(posting) : [], search: searchText(message) };
}
