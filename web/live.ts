/**
 * Live: changes as they happen, by one event stream for the whole interface, open only while a page wants it.
 *
 * The browser comes back with Last-Event-ID by itself. While it is cut off the frame says so in one line.
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

let heardLost: (isLost: boolean) => void = () => {};

/** The frame says once for all pages that changes do not come at the moment. */
export function onLost(heard: (isLost: boolean) => void): void {
  heardLost = heard;
}

function tellState(isLost: boolean): void {
  heardLost(isLost);
}

/** Hands the events of some kinds to an element while it is on the page. */
export class Live implements ReactiveController {
  readonly #kinds: readonly string[];
  readonly #changed: (event: LiveEvent) => void;

  constructor(host: ReactiveControllerHost, wanted: readonly string[], changed: (event: LiveEvent) => void) {
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
    tellState(false);
    stream = undefined;
  }

  take(event: LiveEvent): void {
    if (this.#kinds.includes(event.kind)) this.#changed(event);
  }
}
