/**
 * Review threads: reviews of messages, on threads of their own where there are many to make.
 *
 * Each has the store open for reading; whoever asks writes what they find. A thread takes some tenths of a second to
 * start and to warm up, so few messages are reviewed here.
 */
import type { PackedFacts, Store, StoredFact } from '../store/store.ts';
import { readReviews } from './review-facts.ts';
import type { ReviewAnswer, ReviewRequest } from './review-worker.ts';
import { ThreadPool } from './thread-pool.ts';

/** More would wait for the one that writes. */
const threadsMost = 4;
/** Messages that are worth starting threads for. */
const inlineMessages = 1000;

export interface Reviewed {
  readonly facts: readonly (StoredFact | PackedFacts)[];
  readonly series: readonly string[];
}

export class ReviewThreads {
  readonly #store: Store;
  /** Null where no other thread can open the store. */
  readonly #threads: ThreadPool<ReviewRequest, ReviewAnswer> | null;

  constructor(store: Store) {
    this.#store = store;
    this.#threads =
      store.location === null ? null : new ThreadPool('review-worker', store.location, threadsMost);
  }

  /** Reviews each portion; answers come in the order of the portions, each as soon as it and those before it are made. */
  review(portions: readonly ReviewRequest[]): Promise<Reviewed>[] {
    const count = portions.reduce((sum, portion) => sum + portion.length, 0);
    const threads = this.#threads?.isStarted || count >= inlineMessages ? this.#threads : null;
    const answers: Promise<Reviewed>[] = [];
    for (const portion of portions) {
      const before = answers.at(-1) ?? Promise.resolve();
      const answer = threads?.ask(portion) ?? before.then(() => readReviews(this.#store, portion));
      // Whoever comes to it hears of a fault; until then nobody listens.
      answer.catch(() => undefined);
      answers.push(answer);
    }
    return answers;
  }

  async close(): Promise<void> {
    await this.#threads?.close();
  }
}
