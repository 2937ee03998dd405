/**
 * Live: changes as they happen, by one event stream for the whole interface, open only while a page wants it.
 *
 * The browser comes back with Last-Event-ID by itself. While it is cut off the pages say so in one line.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { LiveEvent } from '../server/wire.ts';
import { liveEventsPath } from './client.ts';

const kinds = ['message', 'series', 'report', 'source', 'correction'];

const watchers = new Set<Live>();
let stream: EventSource | undefined;

function connect(): void {
  stream ??= open();
}

function open(): EventSource {
  const opened = new EventSource(liveEventsPath);
  for (const kind of kinds) {
    opened.addEventListener(kind, (event) => {
      const change: LiveEvent = JSON.parse(String(event.data));
      for (const watcher of watchers) watcher.take(change);
    });
  }
  opened.onopen = () => tellState(false);
  opened.onerror = () => tellState(true);
  return opened;
}

function tellState(isLost: boolean): void {
  for (const watcher of watchers) watcher.setLost(isLost);
}

/** Hands the events of some kinds to an element while it is on the page. */
export class Live implements ReactiveController {
  isLost = false;
  readonly #host: ReactiveControllerHost;
  readonly #kinds: readonly string[];
  readonly #changed: (event: LiveEvent) => void;

  constructor(host: ReactiveControllerHost, wanted: readonly string[], changed: (event: LiveEvent) => void) {
    this.#host = host;
    this.#kinds = wanted;
    this.#changed = changed;
    host.addController(this);
  }

  hostConnected(): void {
    watchers.add(this);
    connect();
  }

  hostDisconnected(): void {
    watchers.delete(this);
    if (watchers.size > 0) return;
    stream?.close();
    stream = undefined;
  }

  take(event: LiveEvent): void {
    if (this.#kinds.includes(event.kind)) this.#changed(event);
  }

  setLost(isLost: boolean): void {
    if (this.isLost === isLost) return;
    this.isLost = isLost;
    this.#host.requestUpdate();
  }
}
