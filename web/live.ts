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

/**
 * A tab that nobody looks at gives its connection back after this time: a browser has six for a server, and more tabs
 * than that would wait for ever.
 */
const hiddenMs = 60_000;
let hiding: ReturnType<typeof setTimeout> | undefined;
let wasOpen = false;

function connect(): void {
  if (document.hidden) return;
  stream ??= open();
  wasOpen = true;
}

function disconnect(): void {
  stream?.close();
  stream = undefined;
  tellState(false);
}

document.addEventListener('visibilitychange', () => {
  clearTimeout(hiding);
  if (document.hidden) {
    hiding = setTimeout(disconnect, hiddenMs);
    return;
  }
  if (stream || watchers.size === 0) return;
  const hasMissed = wasOpen;
  connect();
  if (hasMissed) for (const watcher of watchers) watcher.cameBack();
});

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

/**
 * Hands the events of some kinds to an element while it is on the page. `returned` is called when somebody comes back
 * to a tab that heard nothing for a while.
 */
export class Live implements ReactiveController {
  readonly #kinds: readonly string[];
  readonly #changed: (event: LiveEvent) => void;
  readonly #returned: () => void;

  constructor(
    host: ReactiveControllerHost,
    wanted: readonly string[],
    changed: (event: LiveEvent) => void,
    returned = () => {},
  ) {
    this.#kinds = wanted;
    this.#changed = changed;
    this.#returned = returned;
    host.addController(this);
  }

  hostConnected(): void {
    watchers.add(this);
    connect();
  }

  hostDisconnected(): void {
    watchers.delete(this);
    if (watchers.size > 0) return;
    wasOpen = false;
    disconnect();
  }

  cameBack(): void {
    this.#returned();
  }

  take(event: LiveEvent): void {
    if (this.#kinds.includes(event.kind)) this.#changed(event);
  }
}
