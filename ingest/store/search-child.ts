/**
 * Search child: a process that answers queries on a SQLite store and may be killed at any time.
 *
 * Nothing can stop SQLite within one step of a statement but the end of its process; this one only reads, so nothing is
 * lost. Started by ./search-process.ts, with the store's location as argument.
 */
import { PatchtrailError } from '../model/errors.ts';
import { Connection } from './connection.ts';
import type { SearchQuestion, SearchReply } from './search-process.ts';
import { countMessages, searchMessages } from './search-rows.ts';

const connection = new Connection(process.argv[2] ?? '', true);

// The terminal's Ctrl-C is for the server, which ends this process when it is done.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit());
process.on('message', (question: SearchQuestion) => {
  process.send?.(replyTo(question));
});
process.send?.({ isReady: true });

function replyTo(question: SearchQuestion): SearchReply {
  try {
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
