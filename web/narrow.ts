/** Narrow: whether the page is too narrow for tables and two columns; elements draw anew when that changes. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

const query = matchMedia('(max-width: 45rem)');

export class Narrow implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #changed = () => this.#host.requestUpdate();

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get is(): boolean {
    return query.matches;
  }

  hostConnected(): void {
    query.addEventListener('change', this.#changed);
  }

  hostDisconnected(): void {
    query.removeEventListener('change', this.#changed);
  }
}
