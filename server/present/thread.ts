/**
 * Threads: messages as a tree drawn depth first, with ghosts where a mail is named but not held.
 *
 * A mail names all its ancestors, so a ghost stands where the References of its first held answer put it. Brothers are in
 * order of time; a ghost has the time of its first answer. Inference of parents: ingest/link/thread.ts.
 */
import type { MessageEntry } from '../../ingest/store/store.ts';
import type { ThreadNode } from '../wire.ts';
import { presentMessageSummary } from './message.ts';

export function presentThreadNodes(entries: readonly MessageEntry[]): ThreadNode[] {
  const ordered = [...entries].sort((a, b) => a.sortMs - b.sortMs || (a.messageId < b.messageId ? -1 : 1));
  const held = new Map(ordered.map((entry) => [entry.messageId, entry]));
  const parents = parentsOf(ordered, held);
  const children = new Map<string | null, string[]>();
  // Insertion is in order of time, so brothers are too; a ghost comes in with its first answer.
  for (const [id, parent] of parents) children.set(parent, [...(children.get(parent) ?? []), id]);
  const nodes: ThreadNode[] = [];
  const open = (children.get(null) ?? []).map((id) => ({ id, depth: 0 })).reverse();
  for (let next = open.pop(); next; next = open.pop()) {
    const { id, depth } = next;
    const entry = held.get(id);
    nodes.push({
      messageId: id,
      message: entry ? presentMessageSummary(entry) : null,
      depth,
      parent: parents.get(id) ?? null,
    });
    open.push(...(children.get(id) ?? []).map((child) => ({ id: child, depth: depth + 1 })).reverse());
  }
  return nodes;
}

/** Parent of every message and ghost, in order of time; null for roots. */
function parentsOf(
  ordered: readonly MessageEntry[],
  held: ReadonlyMap<string, MessageEntry>,
): Map<string, string | null> {
  const parents = new Map<string, string | null>();
  const wouldLoop = (child: string, parent: string) => {
    for (let at: string | null = parent; at !== null; at = parents.get(at) ?? null)
      if (at === child) return true;
    return false;
  };
  for (const entry of ordered) {
    const chain = ghostsAbove(entry, held);
    const top = chain[0];
    for (let at = 0; at < chain.length; at++) {
      const ghost = chain[at] ?? '';
      if (!parents.has(ghost))
        parents.set(ghost, at === 0 ? heldAbove(entry, top ?? '', held) : (chain[at - 1] ?? null));
    }
    const parent = entry.parent;
    parents.set(
      entry.messageId,
      parent !== null && (held.has(parent) || parents.has(parent)) && !wouldLoop(entry.messageId, parent)
        ? parent
        : null,
    );
  }
  return parents;
}

/** Ids not held between a message and its nearest held ancestor, the oldest first, its parent last. */
function ghostsAbove(entry: MessageEntry, held: ReadonlyMap<string, MessageEntry>): string[] {
  if (entry.parent === null || held.has(entry.parent)) return [];
  const named = entry.references.filter((id) => id !== entry.parent && id !== entry.messageId);
  const lastHeld = named.findLastIndex((id) => held.has(id));
  return [...new Set([...named.slice(lastHeld + 1), entry.parent])];
}

/** The held message that References name just before a ghost. */
function heldAbove(
  entry: MessageEntry,
  ghost: string,
  held: ReadonlyMap<string, MessageEntry>,
): string | null {
  const before = entry.references.indexOf(ghost);
  const names = before < 0 ? entry.references : entry.references.slice(0, before);
  return names.findLast((id) => id !== entry.messageId && held.has(id)) ?? null;
}
