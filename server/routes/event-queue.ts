/**
 * Event queue: events put in by one side, read one after the other by an event stream; a word in quiet times.
 *
 * A reader that is slower than events come must not fill memory: beyond a bound its stream ends, and it comes back with
 * Last-Event-ID.
 */
const waitingMost = 2000;

export class EventQueue<T> {
  readonly #quietMs: number;
  readonly #items: T[] = [];
  #isEnded = false;
  #wake: () => void = () => {};

  /** `quietMs`: after this long without an event the reader is given `quiet`, so that it can show that it lives. */
  constructor(quietMs: number) {
    this.#quietMs = quietMs;
  }

  put(item: T): void {
    if (this.#items.length >= waitingMost) this.end();
    if (this.#isEnded) return;
    this.#items.push(item);
    this.#wake();
  }

  /** What is in the queue is still given. */
  end(): void {
    this.#isEnded = true;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T | 'quiet'> {
    for (;;) {
      const item = this.#items.shift();
      if (item !== undefined) yield item;
      else if (this.#isEnded) return;
      else if (await this.#isQuiet()) yield 'quiet';
    }
  }

  /** Waits for an event or the end; true where the time went by without either. */
  #isQuiet(): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(true), this.#quietMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve(false);
      };
    });
  }
}
