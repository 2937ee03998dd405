/**
 * Store worker: one of several programs that fill one store. Takes every n-th mail of a corpus, beginning with one.
 *
 * Arguments: location, corpus, mails of all together, how many workers, which of them this is.
 */
import { ingest } from '../../ingest/pipeline.ts';
import { openStore } from '../../ingest/store/open.ts';
import { mailsOfWorker } from './mail-range.ts';

const [location = '', corpus = '', most, workers, which] = process.argv.slice(2);
const store = await openStore(location);
const source = await mailsOfWorker(corpus, Number(most), { workers: Number(workers), which: Number(which) });
await ingest({ store, sources: [source], nowMs: Date.now });
await store.close();
