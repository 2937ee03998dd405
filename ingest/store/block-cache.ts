/**
 * Block cache: unpacked blocks of raw mail, the ones used last, so that the mails of a thread cost one unpacking a block.
 *
 * It may only hold what the file holds. What a transaction writes can be taken back, so nothing is kept while one is
 * open; and another program may write, so all is forgotten when SQLite says that the file changed.
 */
import type Database from 'better-sqlite3';
import { limits } from '../model/limits.ts';

export class BlockCache {
  readonly #database: Database.Database;
  readonly #blocks = new Map<number, Uint8Array>();
  #bytes = 0;
  /** SQLite's number for the state that other connections left. */
  #version: unknown;

  constructor(database: Database.Database) {
    this.#database = database;
  }

  /** Must be asked before each use of the cache that could see another program's writing. */
  refresh(): void {
    const version: unknown = this.#database.pragma('data_version', { simple: true });
    if (version === this.#version) return;
    this.#version = version;
    this.#blocks.clear();
    this.#bytes = 0;
  }

  /** The block as it was kept, or as `unpack` gives it. */
  get(key: number, unpack: () => Uint8Array): Uint8Array {
    const known = this.#blocks.get(key);
    if (known) this.#blocks.delete(key);
    const bytes = known ?? unpack();
    if (known) this.#blocks.set(key, bytes);
    else if (!this.#database.inTransaction) this.#keep(key, bytes);
    return bytes;
  }

  /** Its block is written anew. */
  forget(key: number): void {
    this.#bytes -= this.#blocks.get(key)?.byteLength ?? 0;
    this.#blocks.delete(key);
  }

  #keep(key: number, bytes: Uint8Array): void {
    this.#blocks.set(key, bytes);
    this.#bytes += bytes.byteLength;
    for (const oldest of this.#blocks.keys()) {
      if (this.#bytes <= limits.blockCacheBytes) break;
      this.forget(oldest);
    }
  }
}
