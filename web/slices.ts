/**
 * Slices: long drawing in pieces, so that the first view comes soon and keys and wheel are heard between the pieces.
 *
 * `Growing` is the part of a long row of things that is drawn: some around the one that is wanted, then more whenever the
 * browser has nothing better to do, first what follows, then what stands before. In the end all is there, so find-in-page,
 * anchors and screen readers miss nothing.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** What drawing a slice should take, in ms: several fit between two frames of a slow machine. */
const sliceMs = 8;
const fewest = 5;
const most = 200;
/** Work is not put off for ever on a busy machine. */
const patienceMs = 300;

/** Calls back when nothing more urgent is to be done. */
export function whenIdle(work: () => void): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(work, { timeout: patienceMs });
  else setTimeout(work, 16);
}

export class Growing implements ReactiveController {
  from = 0;
  to = 0;
  #total = 0;
  #step = 20;
  #startMs = 0;
  #isWaiting = false;
  #isOnPage = false;
  readonly #host: ReactiveControllerHost;
  readonly #first: number;

  /** `first`: how many are drawn at once. */
  constructor(host: ReactiveControllerHost, first: number) {
    this.#host = host;
    this.#first = first;
    host.addController(this);
  }

  get isWhole(): boolean {
    return this.from === 0 && this.to >= this.#total;
  }

  /** Begins anew with what stands around `at`. */
  begin(total: number, at = 0): void {
    this.#total = total;
    this.from = Math.max(0, at - Math.ceil(this.#first / 4));
    this.to = Math.min(total, this.from + this.#first);
  }

  /** Draws everything with the next update: somebody comes back to a place far down. */
  fill(): void {
    this.from = 0;
    this.to = this.#total;
  }

  /** Draws at least as far as this one. */
  reach(at: number): void {
    this.from = Math.min(this.from, at);
    this.to = Math.max(this.to, Math.min(this.#total, at + this.#first));
  }

  hostConnected(): void {
    this.#isOnPage = true;
  }

  hostDisconnected(): void {
    this.#isOnPage = false;
  }

  hostUpdate(): void {
    this.#startMs = performance.now();
  }

  hostUpdated(): void {
    if (this.isWhole || this.#isWaiting) return;
    const tookMs = performance.now() - this.#startMs;
    const factor = Math.min(2, Math.max(0.25, sliceMs / Math.max(1, tookMs)));
    this.#step = Math.round(Math.min(most, Math.max(fewest, this.#step * factor)));
    this.#isWaiting = true;
    whenIdle(() => {
      this.#isWaiting = false;
      if (!this.#isOnPage) return;
      if (this.to < this.#total) this.to = Math.min(this.#total, this.to + this.#step);
      else this.from = Math.max(0, this.from - this.#step);
      this.#host.requestUpdate();
    });
  }
}
