/**
 * Parts: what the commands call, loaded when a command first needs it.
 *
 * `patchtrail --help` must not pay for a database driver and a mail parser; and a test hands in parts of its own.
 */
import type { Config } from '../../ingest/config.ts';
import type { ingest, rebuild } from '../../ingest/pipeline.ts';
import type { Source } from '../../ingest/source/source.ts';
import type { derive } from '../../ingest/stage/derive.ts';
import type { Store } from '../../ingest/store/store.ts';

export interface Parts {
  readonly openStore: (location: string) => Promise<Store>;
  readonly openSources: (spec: string) => Promise<readonly Source[]>;
  readonly ingest: typeof ingest;
  readonly rebuild: typeof rebuild;
  readonly derive: typeof derive;
  readonly serve: (options: ServeOptions) => Promise<RunningServer>;
}

export interface ServeOptions {
  readonly store: Store;
  readonly config: Config;
  readonly host: string;
  readonly port: number;
}

export interface RunningServer {
  readonly url: string;
  close(): Promise<void>;
}
