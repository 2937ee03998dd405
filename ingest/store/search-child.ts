/**
 * Search child: a process that answers queries on a SQLite store and may be killed at any time.
 *
 * Nothing can stop SQLite within one step of a statement but the end of its process; this one only reads, so nothing is
 * lost. Started by ./search-process.ts, with the store's location as argument.
 */
import { PatchtrailError } from '../model/errors.ts';
import { Connection } from './connection.ts';
import type { SearchOrder, SearchReply } from './search-process.ts';
import { countMessages, searchMessages } from './search-rows.ts';
import { showSight } from './sqlite-sight.ts';

const location = process.argv[2] ?? '';
/** One for each kind of reader, by what is hidden from it. */
const connections = new Map([['', new Connection(location, true)]]);

// The terminal's Ctrl-C is for the server, which ends this process when it is done.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit());
process.on('message', (order: SearchOrder) => {
  process.send?.(replyTo(order));
});
process.send?.({ isReady: true });

function replyTo(order: SearchOrder): SearchReply {
  try {
    const { question } = order;
    const connection = connectionFor(order);
    const value =
      question.kind === 'search'
        ? searchMessages(connection, question.query, question.order, question.page)
        : countMessages(connection, question.query, question.most);
    return { isGood: true, value };
  } catch (cause) {
    const isOurs = cause instanceof PatchtrailError;
    return {
      isGood: false,
      isUsage: isOurs && cause.code === 'usage',
      what: isOurs ? cause.what : 'The search failed',
      remedy: isOurs ? cause.remedy : 'Run `patchtrail doctor`.',
    };
  }
}

function connectionFor({ seer, sight }: SearchOrder): Connection {
  const connection = connections.get(seer) ?? new Connection(location, true);
  if (sight) showSight(connection, sight);
  // Only a sight makes one: without it everything would be seen.
  else if (!connections.has(seer)) throw new Error('a search without its sight');
  connections.set(seer, connection);
  return connection;
}
