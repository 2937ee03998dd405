/**
 * Threads: messages joined by In-Reply-To and References, with ghosts for the ones not held.
 *
 * In: what messages say of their ancestors, in any order. Out: the parent and thread of each held message, and of the
 * ghosts between them. After jwz's algorithm: In-Reply-To goes before References, no link may make a loop, and no
 * message is moved because of somebody else's References. The result does not depend on the order of arrival: all
 * links of a thread are made anew, oldest message first.
 */
import { compareText } from './sending.ts';

/** What threading needs of a message. */
export interface ThreadInput {
  readonly messageId: string;
  readonly sortMs: number;
  readonly inReplyTo: readonly string[];
  readonly references: readonly string[];
}

export interface ThreadOutput {
  readonly messageId: string;
  readonly isHeld: boolean;
  readonly parent: string | null;
  /** Id of the oldest held message that is joined with this one. */
  readonly thread: string;
}

/** Threads all of these messages; ghosts stand behind the held ones. */
export function threadMessages(messages: readonly ThreadInput[]): ThreadOutput[] {
  const ordered = [...messages].sort((a, b) => a.sortMs - b.sortMs || compareText(a.messageId, b.messageId));
  const held = new Set(ordered.map((message) => message.messageId));
  const parents = new Map<string, string>();
  for (const message of ordered) {
    const parent = parentClaim(message);
    if (parent !== null) setParent(parents, message.messageId, parent);
  }
  for (const message of ordered) {
    const chain = ancestorChain(message);
    for (let at = 1; at < chain.length; at++) {
      const child = chain[at] ?? '';
      if (!held.has(child) && !parents.has(child)) setParent(parents, child, chain[at - 1] ?? '');
    }
  }
  const threads = threadIds(ordered, parents);
  const ghosts = [...new Set([...parents.values(), ...parents.keys()])]
    .filter((id) => !held.has(id))
    .sort(compareText);
  return [...ordered.map((message) => message.messageId), ...ghosts].map((messageId) => ({
    messageId,
    isHeld: held.has(messageId),
    parent: parents.get(messageId) ?? null,
    thread: threads.get(rootOf(parents, messageId)) ?? messageId,
  }));
}

/** Rule T1: In-Reply-To first, else the last of References. */
function parentClaim(message: ThreadInput): string | null {
  const notSelf = (id: string) => id !== message.messageId;
  return message.inReplyTo.find(notSelf) ?? message.references.filter(notSelf).at(-1) ?? null;
}

/** Ancestors as the message names them, oldest first, its parent last. */
function ancestorChain(message: ThreadInput): string[] {
  const parent = parentClaim(message);
  const chain = message.references.filter((id) => id !== message.messageId && id !== parent);
  return parent === null ? chain : [...chain, parent];
}

function setParent(parents: Map<string, string>, child: string, parent: string): void {
  for (let at: string | undefined = parent; at !== undefined; at = parents.get(at)) if (at === child) return;
  parents.set(child, parent);
}

function rootOf(parents: ReadonlyMap<string, string>, messageId: string): string {
  let at = messageId;
  for (let next = parents.get(at); next !== undefined; next = parents.get(at)) at = next;
  return at;
}

/** Root (held or ghost) to the oldest held message below it. */
function threadIds(
  ordered: readonly ThreadInput[],
  parents: ReadonlyMap<string, string>,
): Map<string, string> {
  const threads = new Map<string, string>();
  for (const { messageId } of ordered) {
    const root = rootOf(parents, messageId);
    if (!threads.has(root)) threads.set(root, messageId);
  }
  return threads;
}
