/**
 * SQLite's part in taking mails away: what it keeps in its own way (./mail-removal.ts has the rest).
 */
import type { Connection } from './connection.ts';
import { sqliteDialect } from './dialect.ts';
import { deleteFacts } from './fact-rows.ts';
import type { RemovalParts } from './mail-removal.ts';
import { deletePosting } from './posting-rows.ts';
import { trimBlock } from './raw-blocks.ts';
import { deleteSearchText } from './search-text-rows.ts';
import { nothing } from './steps.ts';

/** Each is done at once, since a connection's steps are. */
export function removalParts(connection: Connection): RemovalParts {
  return {
    dialect: sqliteDialect,
    deleteText(held) {
      deleteSearchText(connection, held.search_key);
      deletePosting(connection, held.message_key);
      return nothing();
    },
    deleteFacts(ownerKey) {
      deleteFacts(connection, ownerKey, null);
      return nothing();
    },
    trimBlock(blockKey) {
      trimBlock(connection, blockKey);
      return nothing();
    },
  };
}
