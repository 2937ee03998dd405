/**
 * Parts: what the routes work with. Made by ../app.ts; a test hands in its own.
 */
import type { Store } from '../../ingest/store/store.ts';
import type { LocalCheck } from '../check/local-check.ts';
import type { TrackedFix } from '../check/tracked-fixes.ts';
import type { Meters } from '../meters.ts';
import type { Access } from '../security.ts';
import type { SourceStatus } from '../wire.ts';
import type { LiveFeed } from './live-feed.ts';
import type { MailReader } from './mail-reader.ts';

/** The part of pino that is used. */
export interface Log {
  info(detail: object, text: string): void;
  error(detail: object, text: string): void;
}

/** How far each source is that is being pulled now, by its location. */
export type PullProgress = ReadonlyMap<string, NonNullable<SourceStatus['progress']>>;

export type WatchState = NonNullable<SourceStatus['watch']>;

/** How sources are looked after while this server runs, by their location. */
export type SourceWatches = ReadonlyMap<string, WatchState>;

/** Changes of the store, as event streams read them. */
export type Feed = Pick<LiveFeed, 'heartbeatMs' | 'seats' | 'takeSeat' | 'watch' | 'close'>;

/** Sends a mail of the server to somebody. */
export type SendToPerson = (mail: {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}) => Promise<void>;
/** Opens a source and has it pulled; gives what it was opened as. @throws SourceError, UsageError */
export type AddSource = (source: {
  readonly location: string;
  readonly list: string;
}) => Promise<readonly string[]>;

export interface ServerParts {
  readonly store: Store;
  /** Where the store is read from servers that follow it. */
  readonly hasFollowers?: boolean;
  readonly mails: Pick<MailReader, 'read'>;
  readonly check: LocalCheck;
  readonly feed: Feed;
  readonly access: Access;
  /** The kernel that runs here, as uname says: the local check's reports are told from others by it. */
  readonly kernel: { readonly release: string; readonly version: string };
  readonly fixes: readonly TrackedFix[];
  /** Releases that the configuration names, beside those of mail and reports. */
  readonly kernels: readonly string[];
  readonly pulls: () => PullProgress;
  readonly watches: () => SourceWatches;
  /** Null where this process looks after no sources. */
  readonly addSource: AddSource | null;
  /** Called after something was marked to be derived anew. */
  readonly wake: () => void;
  /** Tells readers apart who see different parts of the store; answers kept for one must not go to another. */
  readonly readerKind: () => string;
  /** Where people reach the server, for absolute links; empty: as they asked. */
  readonly publicUrl: string;
  /** Mails somebody; null where no mail server is configured. */
  readonly mail: SendToPerson | null;
  /** Counts what this server does; null in a command, which nobody watches. */
  readonly meters: Meters | null;
  readonly nowMs: () => number;
  readonly log: Log;
  /** Built web pages; null where there are none. */
  readonly webRoot: string | null;
}
