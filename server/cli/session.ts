/**
 * Session: what one run of a command works with: terminal, parts, options of every command, configuration.
 *
 * The store is opened by `withStore`, which also closes it, so no command can forget to.
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readConfig } from '../../ingest/config.ts';
import type { Config } from '../../ingest/config-keys.ts';
import { NotFoundError, UsageError } from '../../ingest/model/errors.ts';
import type { Store } from '../../ingest/store/store.ts';
import type { Parts } from './parts.ts';
import type { Terminal } from './terminal.ts';

/** Options that every command takes. */
export interface SharedOptions {
  readonly store?: string;
  readonly config?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export class Session {
  readonly terminal: Terminal;
  readonly parts: Parts;
  readonly config: Config;
  readonly isJson: boolean;
  readonly isQuiet: boolean;
  /** The store named by a person, by option, variable or file; undefined where none of them did. */
  readonly storeGiven: string | undefined;

  constructor(terminal: Terminal, parts: Parts, options: SharedOptions) {
    this.terminal = terminal;
    this.parts = parts;
    this.config = loadConfig(terminal, options.config);
    this.isJson = options.json === true;
    this.isQuiet = options.quiet === true;
    this.storeGiven = options.store ?? terminal.env.PATCHTRAIL_STORE;
  }

  /** Where the store is. */
  get storeLocation(): string {
    const location = this.storeGiven ?? this.config.store;
    return location.includes('://') ? location : resolve(this.terminal.cwd, location);
  }

  /** Opens the store, runs `work` and closes it again, whatever happened. Only `create` makes one that is not there. */
  async withStore<T>(
    access: 'read' | 'write' | 'create',
    work: (store: Store) => Promise<T>,
    location = this.storeLocation,
    options: { readonly searchBudgetMs?: number; readonly replicas?: readonly string[] } = {},
  ): Promise<T> {
    if (access !== 'create') this.checkStore(location);
    const store = await this.parts.openStore(location, { readOnly: access === 'read', ...options });
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  }

  /** @throws NotFoundError where no store is. */
  checkStore(location = this.storeLocation): void {
    if (location.includes('://') || existsSync(location)) return;
    throw new NotFoundError('There is no store', {
      subject: location,
      remedy: 'Name another with --store, or fill it: patchtrail ingest SOURCE.',
    });
  }

  /** A sentence for people on stderr; silent with --quiet. */
  note(sentence: string): void {
    if (!this.isQuiet) this.terminal.tell(sentence);
  }

  /** One value on stdout as JSON. */
  async writeJson(value: unknown): Promise<void> {
    await this.terminal.write(`${JSON.stringify(value, null, 2)}\n`);
  }

  async writeLines(lines: Iterable<string>): Promise<void> {
    let text = '';
    for (const line of lines) text += `${line}\n`;
    if (text !== '') await this.terminal.write(text);
  }
}

function loadConfig(terminal: Terminal, given: string | undefined): Config {
  const path = resolve(terminal.cwd, given ?? terminal.env.PATCHTRAIL_CONFIG ?? 'patchtrail.toml');
  const isWanted = given !== undefined || terminal.env.PATCHTRAIL_CONFIG !== undefined;
  if (!isWanted && !existsSync(path)) return readConfig(null, terminal.env);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new UsageError('The configuration cannot be read', {
      subject: path,
      remedy: 'Check --config.',
      cause,
    });
  }
  return readConfig({ path, text }, terminal.env);
}
