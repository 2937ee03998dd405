/**
 * The store's contract: what every engine does alike, one group of sentences a file.
 *
 * `open` gives a store without anything in it; `reopen` closes it and opens what it kept.
 */
import { describe, it } from 'node:test';
import type { Store } from '../../ingest/store/store.ts';
import { commitSentences } from './contract-commits.ts';
import { factSentences } from './contract-facts.ts';
import { linkSentences } from './contract-links.ts';
import { listSentences } from './contract-lists.ts';
import { mailSentences } from './contract-mail.ts';
import { orderSentences } from './contract-order.ts';
import { queueSentences } from './contract-queue.ts';
import { removalSentences } from './contract-removal.ts';
import { searchSentences } from './contract-search.ts';
import { statisticsSentences } from './contract-statistics.ts';
import { threadSentences } from './contract-threads.ts';
import { trackerSentences } from './contract-tracker.ts';
import { upkeepSentences } from './contract-upkeep.ts';
import { valueSentences } from './contract-values.ts';

export interface OpenedStore {
  readonly store: Store;
  reopen(): Promise<Store>;
  close(): Promise<void>;
}

/** Tells a sentence; its story gets an empty store. */
export type Tell = (sentence: string, story: (opened: OpenedStore) => Promise<void>) => void;

export function storeContract(name: string, open: () => Promise<OpenedStore>): void {
  const tell: Tell = (sentence, story) =>
    void it(sentence, async () => {
      const opened = await open();
      try {
        await story(opened);
      } finally {
        await opened.close();
      }
    });
  const groups = {
    mail: mailSentences,
    removal: removalSentences,
    lists: listSentences,
    threads: threadSentences,
    links: linkSentences,
    queue: queueSentences,
    tracker: trackerSentences,
    commits: commitSentences,
    facts: factSentences,
    statistics: statisticsSentences,
    search: searchSentences,
    values: valueSentences,
    upkeep: upkeepSentences,
  };
  for (const [group, sentences] of Object.entries(groups)) {
    describe(`${name}: ${group}`, () => sentences(tell));
  }
  describe(`${name}: order`, () => orderSentences(open));
}
