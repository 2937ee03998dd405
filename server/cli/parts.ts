/**
 * Parts: what the commands call, loaded when a command first needs it.
 *
 * `patchtrail --help` must not pay for a database driver and a mail parser; and a test hands in parts of its own.
 */
import type { Config } from '../../ingest/config-keys.ts';
import type { followMaintainers } from '../../ingest/follow-maintainers.ts';
import type { Report } from '../../ingest/model/kernel.ts';
import type { moveBetween } from '../../ingest/move.ts';
import type { ingest, rebuild } from '../../ingest/pipeline.ts';
import type { OpenOptions } from '../../ingest/source/open.ts';
import type { Source } from '../../ingest/source/source.ts';
import type { derive } from '../../ingest/stage/derive.ts';
import type { backupStore, restoreStore } from '../../ingest/store/backup.ts';
import type { Store } from '../../ingest/store/store.ts';
import type { serve } from '../main.ts';
import type { serveMcp } from '../mcp/stdio.ts';
import type { sendMail } from '../send-mail.ts';

export interface Parts {
  readonly openStore: (
    location: string,
    options: {
      readonly readOnly: boolean;
      readonly searchBudgetMs?: number;
      readonly replicas?: readonly string[];
    },
  ) => Promise<Store>;
  readonly openSources: (spec: string, options: OpenOptions) => Promise<readonly Source[]>;
  readonly ingest: typeof ingest;
  readonly followMaintainers: typeof followMaintainers;
  readonly rebuild: typeof rebuild;
  readonly derive: typeof derive;
  readonly backupStore: typeof backupStore;
  readonly restoreStore: typeof restoreStore;
  readonly move: typeof moveBetween;
  /** A GET of the API, answered in this process. */
  readonly request: (store: Store, config: Config, path: string) => Promise<ApiAnswer>;
  readonly check: (options: CheckOptions) => Promise<Report>;
  readonly serve: typeof serve;
  readonly sendMail: typeof sendMail;
  readonly serveMcp: typeof serveMcp;
}

export interface ApiAnswer {
  readonly isGood: boolean;
  /** What the route gives, or a problem. */
  readonly json: unknown;
}

export interface CheckOptions {
  readonly root: string;
  /** An image to boot in place of the kernel that runs here. */
  readonly kernel?: string;
  readonly seconds: number;
  readonly nowMs: () => number;
  readonly signal: AbortSignal;
  readonly onLine: (line: Readonly<Record<string, unknown>>) => void;
}
