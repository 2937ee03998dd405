/**
 * Review threads: reviews of messages, on threads of their own where there are many to make.
 *
 * Each has the store open for reading; whoever asks writes what they find. A thread takes some tenths of a second to
 * start and to warm up, so few messages are reviewed here.
 */
import { availableParallelism } from 'node:os';
import type { PackedFacts, Store, StoredFact } from '../store/store.ts';
import { readReviews } from './review-facts.ts';
import type { ReviewAnswer, ReviewRequest } from './review-worker.ts';
import { ThreadCall } from './thread-call.ts';

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
  #threads: ThreadCall<ReviewRequest, ReviewAnswer>[] = [];

  constructor(store: Store) {
    this.#store = store;
  }

  /** Reviews each portion; answers come in the order of the portions, each as soon as it and those before it are made. */
  review(portions: readonly ReviewRequest[]): Promise<Reviewed>[] {
    const count = portions.reduce((sum, portion) => sum + portion.length, 0);
    if (this.#threads.length === 0 && count >= inlineMessages) this.#start(this.#store.location);
    const answers: Promise<Reviewed>[] = [];
    for (const portion of portions) {
      const before = answers.at(-1) ?? Promise.resolve();
      const answer = this.#idlest()?.ask(portion) ?? before.then(() => readReviews(this.#store, portion));
      // Whoever comes to it hears of a fault; until then nobody listens.
      answer.catch(() => undefined);
      answers.push(answer);
    }
    return answers;
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
    this.#threads = [];
  }

  #start(location: string | null): void {
    if (location === null) return;
    const count = Math.min(availableParallelism(), threadsMost);
    for (let at = 0; at < count; at++) this.#threads.push(new ThreadCall('review-worker', location));
  }

  #idlest(): ThreadCall<ReviewRequest, ReviewAnswer> | undefined {
    return [...this.#threads].sort((a, b) => a.underWay - b.underWay)[0];
  }
}
