/** Thread shape: who answers whom in a thread, read once from its nodes, so that drawing a mail costs no walk. Pure. */
import { anchorOf, threadUrl } from '../server/urls.ts';
import type { ThreadNode } from '../server/wire.ts';

/** Where a quoted mail stands, as the page of a thread knows it. */
export interface QuoteSource {
  readonly url: string;
  /** `2 mails up`; empty for the mail that is answered. */
  readonly distance: string;
}

export interface PlacedNode {
  readonly node: ThreadNode;
  /** Its place in the order in which the server gives bodies. */
  readonly index: number;
  readonly anchor: string;
  readonly hasSubject: boolean;
}

export class ThreadShape {
  readonly nodes: readonly ThreadNode[];
  readonly held: number;
  readonly newestMs: number;
  readonly #parents: ReadonlyMap<string, string | null>;
  readonly #subject: string;
  readonly #orders = new Map<'nested' | 'flat', readonly PlacedNode[]>();
  readonly #sentMs: ReadonlyMap<string, number>;

  constructor(nodes: readonly ThreadNode[], subject: string) {
    this.nodes = nodes;
    this.held = nodes.filter(({ message }) => message !== null).length;
    this.newestMs = nodes.reduce((newest, { message }) => Math.max(newest, message?.sortMs ?? 0), 0);
    this.#parents = new Map(nodes.map(({ messageId, parent }) => [messageId, parent]));
    this.#sentMs = new Map(
      nodes.flatMap(({ messageId, message }) => (message ? [[messageId, message.sortMs] as const] : [])),
    );
    this.#subject = bare(subject);
  }

  /** Time of the mail that this one answers to this one; 0 where that is not held. */
  gapMs({ message, parent }: ThreadNode): number {
    const asked = this.#sentMs.get(parent ?? '');
    return message && asked !== undefined ? message.sortMs - asked : 0;
  }

  /** As a tree, or what is held by date; a subject is shown where it is another one than before. */
  inOrder(view: 'nested' | 'flat'): readonly PlacedNode[] {
    const order = this.#orders.get(view) ?? this.#order(view);
    this.#orders.set(view, order);
    return order;
  }

  #order(view: 'nested' | 'flat'): PlacedNode[] {
    const placed = this.nodes.map((node, index) => ({ node, index }));
    const ordered =
      view === 'nested'
        ? placed
        : placed
            .filter(({ node }) => node.message)
            .sort((a, b) => (a.node.message?.sortMs ?? 0) - (b.node.message?.sortMs ?? 0));
    let subject = this.#subject;
    return ordered.map(({ node, index }) => {
      const plain = bare(node.message?.subject ?? '');
      const hasSubject = plain !== subject && plain !== '';
      if (plain !== '') subject = plain;
      return { node, index, anchor: anchorOf(node.messageId), hasSubject };
    });
  }

  /** Where a quoted mail is, and how many answers lie between. */
  sourceOf(from: string, source: string): QuoteSource {
    if (!this.#parents.has(source)) return { url: threadUrl(source), distance: 'in another thread' };
    const url = `#${anchorOf(source)}`;
    let steps = 0;
    for (
      let at: string | null | undefined = from;
      at && steps <= this.nodes.length;
      at = this.#parents.get(at)
    ) {
      if (at === source) return { url, distance: steps === 1 ? '' : `${steps} mails up` };
      steps += 1;
    }
    return { url, distance: 'elsewhere in this thread' };
  }
}

/** A subject without its answer marks. */
function bare(subject: string): string {
  return subject.replace(/^(?:(?:re|aw|sv|fwd?):\s{0,5}){1,20}/i, '').trim();
}
