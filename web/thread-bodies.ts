/**
 * Thread bodies: the mails of a long thread, fetched in blocks as their places come near and handed on a few at a time.
 *
 * A place is an `article.waiting` in a `.mail-block`, with its number among the nodes in `data-index`.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { MessageDetail, ThreadDetail, ThreadNode } from '../server/wire.ts';
import { whenIdle } from './slices.ts';

/** Bodies that the server gives at once. */
const blockMails = 50;
/** Bodies that are drawn at once. */
const sliceMails = 4;
/** How far from the view a place is near. */
const nearPixels = 1200;

type Host = ReactiveControllerHost & HTMLElement;

export class ThreadBodies implements ReactiveController {
  messages: ReadonlyMap<string, MessageDetail> = new Map();
  readonly #host: Host;
  readonly #fetch: (offset: number) => Promise<ThreadDetail>;
  readonly #asked = new Set<number>();
  readonly #loading = new Set<number>();
  #blocks: IntersectionObserver | undefined;
  #mails: IntersectionObserver | undefined;
  #known = new WeakSet<Element>();
  readonly #near = new Set<Element>();

  constructor(host: Host, fetch: (offset: number) => Promise<ThreadDetail>) {
    this.#host = host;
    this.#fetch = fetch;
    host.addController(this);
  }

  /** Begins anew with the first block. */
  begin(messages: readonly MessageDetail[]): void {
    this.#asked.clear();
    this.#asked.add(0);
    this.messages = byId(messages);
  }

  hostConnected(): void {
    const options = { rootMargin: `${nearPixels}px` };
    this.#blocks = new IntersectionObserver((entries) => this.#blocksCameNear(entries), options);
    this.#mails = new IntersectionObserver((entries) => this.#cameNear(entries), options);
  }

  hostDisconnected(): void {
    this.#blocks?.disconnect();
    this.#mails?.disconnect();
    this.#known = new WeakSet();
    this.#near.clear();
  }

  /** To watch thousands of places costs each frame some ms, so blocks are watched, and mails in those that are near. */
  hostUpdated(): void {
    for (const block of this.#host.querySelectorAll('.mail-block')) {
      if (!this.#known.has(block)) this.#blocks?.observe(block);
      this.#known.add(block);
    }
    for (const block of this.#near) this.#watch(block);
  }

  #blocksCameNear(entries: readonly IntersectionObserverEntry[]): void {
    for (const { isIntersecting, target } of entries) {
      if (isIntersecting) {
        this.#near.add(target);
        this.#watch(target);
      } else if (this.#near.delete(target)) {
        for (const mail of target.children) this.#mails?.unobserve(mail);
      }
    }
  }

  #watch(block: Element): void {
    for (const waiting of block.querySelectorAll('article.waiting')) this.#mails?.observe(waiting);
  }

  /** All that is missing, one block after the other. */
  async loadAll(nodes: readonly ThreadNode[]): Promise<void> {
    for (let at: number | null = 0; at !== null && at < nodes.length; ) {
      const missing: number = nodes.findIndex(
        ({ messageId, message }, index) => index >= Number(at) && message && !this.messages.has(messageId),
      );
      at = missing < 0 ? null : await this.#load(missing, missing);
    }
  }

  /** Whole blocks are asked for; where one was cut short, the rest of it by its own place. */
  #cameNear(entries: readonly IntersectionObserverEntry[]): void {
    for (const { isIntersecting, target } of entries) {
      if (!(target instanceof HTMLElement)) continue;
      if (!target.classList.contains('waiting')) this.#mails?.unobserve(target);
      else if (isIntersecting) {
        const index = Number(target.dataset.index);
        const block = index - (index % blockMails);
        if (!this.#asked.has(block)) void this.#load(block, index);
        else if (!this.#loading.has(block)) void this.#load(index, index);
      }
    }
  }

  /** `near`: the place that is looked at, whose mail is drawn first. */
  async #load(offset: number, near: number): Promise<number | null> {
    if (this.#asked.has(offset)) return null;
    this.#asked.add(offset);
    this.#loading.add(offset);
    try {
      const block = await this.#fetch(offset);
      await this.#handOn(fromNear(block.messages, near - offset));
      return block.nextOffset;
    } catch {
      // The place stays as it is and asks again when it comes near once more.
      this.#asked.delete(offset);
      return null;
    } finally {
      this.#loading.delete(offset);
      this.#watchAgain(offset);
    }
  }

  async #handOn(messages: readonly MessageDetail[]): Promise<void> {
    for (let at = 0; at < messages.length; at += sliceMails) {
      if (at > 0) await new Promise<void>((resolve) => whenIdle(resolve));
      this.messages = new Map([...this.messages, ...byId(messages.slice(at, at + sliceMails))]);
      this.#host.requestUpdate();
      await this.#host.updateComplete;
    }
  }

  /** What a block left out is looked at once more: it may be in view already. */
  #watchAgain(offset: number): void {
    for (const waiting of this.#host.querySelectorAll<HTMLElement>('article.waiting')) {
      const index = Number(waiting.dataset.index);
      if (index < offset || index >= offset + blockMails) continue;
      this.#mails?.unobserve(waiting);
      this.#mails?.observe(waiting);
    }
  }
}

/** From the one at `at` to the end, then those before it. */
function fromNear(messages: readonly MessageDetail[], at: number): readonly MessageDetail[] {
  const from = Math.max(0, Math.min(at, messages.length - 1));
  return [...messages.slice(from), ...messages.slice(0, from).reverse()];
}

function byId(messages: readonly MessageDetail[]): Map<string, MessageDetail> {
  return new Map(messages.map((message) => [message.messageId, message]));
}
