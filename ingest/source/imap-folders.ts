/**
 * IMAP folders: those whose names fit a pattern.
 *
 * In: `imap(s)://user@host/lists/*`. Out: a place for each folder that can be read and fits; `*` stands for any
 * signs. The server's own patterns are not used: their `%` and `*` depend on its separator. Only the first folders
 * are watched, since each takes a connection and servers give a user about ten; the others are asked in turn.
 */
import type { ListResponse } from 'imapflow';
import { limits } from '../model/limits.ts';
import { connectImap, type ImapOptions, type ImapPlace, imapFailed } from './imap-login.ts';

export function isPattern(place: ImapPlace): boolean {
  return place.folder.includes('*');
}

/** @throws SourceError */
export async function findFolders(place: ImapPlace, options: ImapOptions): Promise<ImapPlace[]> {
  const client = await connectImap(place, options);
  try {
    const folders: ListResponse[] = await client.list();
    await client.logout();
    return folders
      .filter((folder) => !folder.flags.has('\\Noselect') && !folder.flags.has('\\NonExistent'))
      .map((folder) => folder.path)
      .filter((path) => fits(path, place.folder))
      .sort()
      .slice(0, limits.imapFolders)
      .map((folder) => ({ ...place, folder }));
  } catch (cause) {
    throw imapFailed(place, cause);
  } finally {
    client.close();
  }
}

/** True where the pattern's pieces stand in the name one after the other. */
export function fits(name: string, pattern: string): boolean {
  const pieces = pattern.split('*');
  const first = pieces.shift() ?? '';
  const last = pieces.pop();
  if (last === undefined) return name === first;
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length)
    return false;
  let at = first.length;
  for (const piece of pieces) {
    const found = name.indexOf(piece, at);
    if (found < 0 || found + piece.length > name.length - last.length) return false;
    at = found + piece.length;
  }
  return true;
}
