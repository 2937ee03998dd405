/**
 * Thread shape: who stands above and below whom in one thread, told without the words of its mails.
 *
 * In: the entries of a whole thread. A mail is asked for by its id; ids that the thread does not hold have no ancestors.
 */
import type { MessageEntry } from '../store/store.ts';

/** How far up quotes are followed: nobody quotes more generations. */
const ancestorsMost = 30;

export class ThreadShape {
  readonly #entries: ReadonlyMap<string, MessageEntry>;
  readonly #ancestors = new Map<string, readonly string[]>();
  #answers: { readonly below: Map<string, MessageEntry[]>; readonly by: Map<string, MessageEntry[]> } | null =
    null;

  constructor(entries: readonly MessageEntry[]) {
    this.#entries = new Map(entries.map((entry) => [entry.messageId, entry]));
  }

  entry(messageId: string): MessageEntry | undefined {
    return this.#entries.get(messageId);
  }

  /** Held ancestors, nearest first. */
  ancestors(messageId: string): readonly string[] {
    const known = this.#ancestors.get(messageId);
    if (known) return known;
    const found = this.#findAncestors(messageId);
    this.#ancestors.set(messageId, found);
    return found;
  }

  /** Replies below a mail, and later ones of its sender under the same posting or the cover above it, oldest first. */
  repliesAfter(messageId: string): string[] {
    const entry = this.#entries.get(messageId);
    if (!entry) return [];
    const { below, by } = this.#indexAnswers();
    const found = new Set(below.get(messageId));
    const target = this.#target(messageId);
    const cover = target === undefined ? undefined : this.#target(target);
    for (const one of by.get(entry.fromAddress) ?? []) {
      const about = this.#target(one.messageId);
      const isSame = about === target || (cover !== undefined && about === cover);
      if (one.sortMs > entry.sortMs && isSame) found.add(one);
    }
    found.delete(entry);
    return [...found]
      .sort((a, b) => a.sortMs - b.sortMs || (a.messageId < b.messageId ? -1 : 1))
      .map((one) => one.messageId);
  }

  /** Behind a mail that is not held, References tell who stood above it. */
  #findAncestors(messageId: string): string[] {
    const entry = this.#entries.get(messageId);
    if (!entry) return [];
    const chain = new Set<string>();
    let named: readonly string[] = entry.references;
    for (let at = entry.parent; at !== null && chain.size < ancestorsMost; ) {
      const ancestor = this.#entries.get(at);
      if (!ancestor || chain.has(at)) break;
      chain.add(at);
      if (ancestor.references.length > 0) named = ancestor.references;
      at = ancestor.parent;
    }
    for (const id of [...named].reverse()) {
      if (chain.size >= ancestorsMost) break;
      if (this.#entries.has(id) && id !== messageId) chain.add(id);
    }
    return [...chain];
  }

  /** The nearest posting above. */
  #target(messageId: string): string | undefined {
    return this.ancestors(messageId).find((id) => this.#entries.get(id)?.isPosting);
  }

  #indexAnswers() {
    if (this.#answers) return this.#answers;
    const below = new Map<string, MessageEntry[]>();
    const by = new Map<string, MessageEntry[]>();
    for (const entry of this.#entries.values()) {
      if (entry.isPosting) continue;
      append(by, entry.fromAddress, entry);
      for (const ancestor of this.ancestors(entry.messageId)) append(below, ancestor, entry);
    }
    this.#answers = { below, by };
    return this.#answers;
  }
}

function append<T>(groups: Map<string, T[]>, key: string, item: T): void {
  const group = groups.get(key);
  if (group) group.push(item);
  else groups.set(key, [item]);
}
