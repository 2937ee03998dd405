/**
 * Pages of a list: the first by a Load, the others by a button, one after the other.
 */
import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { WirePage } from '../../server/wire.ts';
import { asProblem, type ProblemError } from '../problem.ts';
import { announce } from '../signals.ts';
import { countWords } from '../time-words.ts';
import { drawProblem } from './page-state.ts';

/** Items that came after the first page. */
export class MorePages<Item> {
  items: readonly Item[] = [];
  #next: string | null = null;
  #problem: ProblemError | null = null;
  readonly #host: ReactiveControllerHost;
  readonly #fetch: (cursor: string) => Promise<WirePage<Item>>;

  constructor(host: ReactiveControllerHost, fetch: (cursor: string) => Promise<WirePage<Item>>) {
    this.#host = host;
    this.#fetch = fetch;
  }

  /** Call it when the first page came. */
  start(first: WirePage<Item>): void {
    this.items = [];
    this.#next = first.next;
    this.#problem = null;
  }

  draw(): TemplateResult | typeof nothing {
    if (this.#problem) return drawProblem(this.#problem, { again: () => void this.#load() });
    return this.#next === null
      ? nothing
      : html`<p class="more"><button @click=${() => this.#load()}>Load more</button></p>`;
  }

  async #load(): Promise<void> {
    if (this.#next === null) return;
    try {
      const page = await this.#fetch(this.#next);
      this.items = [...this.items, ...page.items];
      this.#next = page.next;
      this.#problem = null;
      announce(countWords(page.items.length, 'more'));
    } catch (cause) {
      this.#problem = asProblem(cause);
    }
    this.#host.requestUpdate();
  }
}
