/**
 * Trees: how fast the commits of a git repository are read, and how fast their diffs are compared.
 *
 * First the repository alone, then again with the mails of the corpus in the store, whose authors' commits are compared;
 * last a run that finds nothing new.
 */
import { resolve } from 'node:path';
import { followTrees } from '../../../ingest/follow-trees.ts';
import { ingest } from '../../../ingest/pipeline.ts';
import { openSources } from '../../../ingest/source/open.ts';
import { openStore } from '../../../ingest/store/open.ts';
import { type BenchMode, ModeError, record, tell, withFolder } from '../mode.ts';

export const treesMode: BenchMode = {
  name: 'trees',
  says: 'commits a second of a git repository; --tree DIR names it',
  options: { tree: { type: 'string', default: '' } },
  run: async ({ corpus, tree = '' }) => {
    if (tree === '') throw new ModeError('--tree names a git repository');
    await withFolder(async (folder) => {
      const store = await openStore(`${folder}/bench.db`);
      const trees = [{ path: resolve(tree), tree: '' }];
      const follow = async (what: string) => {
        const startedMs = performance.now();
        const { commits, failed } = await followTrees({ store, trees, nowMs: Date.now });
        for (const { error } of failed) throw new ModeError(error.message);
        const seconds = (performance.now() - startedMs) / 1000;
        record({ op: 'trees', what, commits, seconds: Number(seconds.toFixed(3)) });
        return { commits, seconds };
      };
      try {
        const sizeBefore = (await store.info()).sizeBytes;
        const { commits, seconds } = await follow('read');
        const bytes = ((await store.info()).sizeBytes - sizeBefore) / Math.max(commits, 1);
        await ingest({ store, sources: await openSources(corpus), nowMs: Date.now });
        const [row] = await store.commits.getTrees();
        const waiting = row ? (await store.commits.listUncompared(row.path, 1_000_000)).length : 0;
        const compared = await follow('compare');
        const again = await follow('nothing new');
        const rate = commits / seconds;
        tell(
          `read: ${commits} commits, ${rate.toFixed(0)} a second, ${bytes.toFixed(0)} bytes each; ` +
            `a million in ${(1_000_000 / rate / 60).toFixed(1)} minutes at this rate`,
        );
        tell(`compare: ${waiting} diffs, ${(waiting / compared.seconds).toFixed(0)} a second`);
        tell(`nothing new: ${(again.seconds * 1000).toFixed(0)} ms`);
      } finally {
        await store.close();
      }
    });
  },
};
