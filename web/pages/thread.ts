/**
 * Thread: the outline on the left, the mails on the right, each with its own words open and its quotes folded.
 *
 * Bodies come in blocks as their places near the view; every mail has its place from the start, so anchors, keys and
 * find-in-page work and nothing is recycled.
 */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { anchorOf, type PlaceOf, seriesUrl, threadUrl, twinUrl, urlOf } from '../../server/urls.ts';
import type { MessageDetail, ThreadDetail, ThreadNode } from '../../server/wire.ts';
import { get } from '../client.ts';
import { LightElement } from '../light-element.ts';
import { Live } from '../live.ts';
import { Load } from '../load.ts';
import { pageShown } from '../page-shown.ts';
import { copyButton } from '../parts/bits.ts';
import { drawMail, drawMailHead, type MailContext } from '../parts/mail-view.ts';
import { drawElsewhere, drawLoaded } from '../parts/page-state.ts';
import { isUnsettled } from '../parts/point.ts';
import { drawOutline } from '../parts/thread-outline.ts';
import { markSeen, seenUntil } from '../read-marks.ts';
import { ScrollHold } from '../scroll-hold.ts';
import { type PlacedNode, ThreadShape } from '../thread-shape.ts';
import { countWords } from '../time-words.ts';

/** Above this many mails find-in-page waits for a button. */
const manyMails = 500;
/** Bodies that the server gives at once. */
const blockMails = 50;

@customElement('pt-thread-page')
export class ThreadPage extends LightElement {
  @property({ attribute: false }) place!: PlaceOf<'thread'>;
  @state() private messages: ReadonlyMap<string, MessageDetail> = new Map();
  private readonly asked = new Set<number>();
  private readonly loading = new Set<number>();
  private observer: IntersectionObserver | undefined;
  private watched: unknown = null;
  private readonly hold = new ScrollHold();

  private readonly load = new Load(
    this,
    () => [this.place.id] as const,
    async ([id], signal) => {
      const thread = await get('GET /api/v1/threads/{id}', { id }, {}, signal);
      this.asked.clear();
      this.asked.add(0);
      if (!signal.aborted) this.take(thread);
      return thread;
    },
  );

  private shape = new ThreadShape([], '');
  /** Up to when it was read before this visit. */
  private seenMs = 0;
  private opened = '';
  protected readonly live = new Live(this, ['series'], ({ subject }) => {
    if ([...this.messages.values()].some(({ series }) => series === subject)) this.hasNewer = true;
  });
  @state() private hasNewer = false;

  override connectedCallback(): void {
    super.connectedCallback();
    // Its place is kept; the mails do not wait for it.
    void import('../parts/thread-digest.ts');
    this.observer = new IntersectionObserver((entries) => this.cameNear(entries), { rootMargin: '800px' });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.observer?.disconnect();
  }

  protected override updated(changed: PropertyValues<this>): void {
    pageShown(this, this.load, this.load.value?.subject ?? 'Thread');
    this.watchWaiting();
    const before = changed.get('place');
    // Another view of the same mails leaves the reader where they are.
    const isView = before?.view !== this.place.view || before.hasAllQuotes !== this.place.hasAllQuotes;
    if (this.hold.isNew(this.anchor) || (before && !isView)) this.reach();
  }

  private watchWaiting(): void {
    if (this.load.isBusy || this.watched === this.messages) return;
    this.watched = this.messages;
    this.observer?.disconnect();
    for (const waiting of this.querySelectorAll('article.waiting')) this.observer?.observe(waiting);
  }

  override render(): TemplateResult {
    return html`${drawLoaded(this.load, 'Thread', (thread) => this.draw(thread))}
      ${this.load.problem?.status === 404 ? drawElsewhere(this.place.id) : nothing}`;
  }

  private take({ id, nodes, subject, messages }: ThreadDetail): void {
    this.messages = byId(messages);
    this.shape = new ThreadShape(nodes, subject);
    this.hasNewer = false;
    if (this.opened !== id) {
      this.opened = id;
      this.seenMs = seenUntil(id);
    }
    markSeen(id, this.shape.newestMs);
  }

  private draw(thread: ThreadDetail): TemplateResult {
    const { nodes, subject } = thread;
    const { held } = this.shape;
    const { place } = this;
    const series = [...this.messages.values()].find((message) => message.series !== null)?.series;
    const open = new Map<string, number>();
    let openInAll = 0;
    for (const { messageId, points } of this.messages.values()) {
      const count = points.filter(({ status }) => isUnsettled(status)).length;
      open.set(messageId, count);
      openInAll += count;
    }
    return html`
      <header class="page-head">
        <p class="up">${series ? html`<a href=${seriesUrl(series)} data-key="u">Series</a>` : html`<a href="/" data-key="u">Queue</a>`}</p>
        <h1><bdi>${subject}</bdi></h1>
        <p class="tools"><span class="muted">${countWords(held, 'mail')}</span>
          <a class="button" href=${urlOf({ ...place, view: place.view === 'flat' ? 'nested' : 'flat' })}>${place.view === 'flat' ? 'As a tree' : 'By date'}</a>
          <a class="button" data-key="Z" href=${urlOf({ ...place, hasAllQuotes: !place.hasAllQuotes })}>${place.hasAllQuotes ? 'Fold quotes' : 'All quotes'}</a>
          ${copyButton('Copy link', location.href, 'y')}
          <a href=${twinUrl(threadUrl(thread.id), 'text')}>As text</a> <a href=${twinUrl(threadUrl(thread.id), 'mbox')} download>mbox</a>
          ${
            held > manyMails && this.messages.size < held
              ? html`<button @click=${() => this.loadAll(nodes)}>Load all, for find in page</button>`
              : nothing
          }
          ${this.hasNewer ? html`<button class="newer" @click=${() => this.load.again()}>New mail, show</button>` : nothing}</p>
      </header>
      <pt-thread-digest .thread=${thread.id}></pt-thread-digest>
      <div class="thread ${place.view}">
        <details class="outline-drawer" ?open=${matchMedia('(min-width: 56rem)').matches}>
          <summary>Outline</summary>
          <nav aria-label="Mails">${guard([this.shape, this.anchor, openInAll], () =>
            drawOutline(nodes, this.anchor, open, this.seenMs),
          )}</nav>
        </details>
        <div class="mails">${this.drawMails()}</div>
      </div>
      <nav class="step-bar thread-steps" aria-label="Next and previous mail">
        <button @click=${() => this.stepMail(-1)}>← Previous</button><button @click=${() => this.stepMail(1)}>Next →</button>
      </nav>
    `;
  }

  /** A mail is drawn again only where something of it changed: a long thread stays quick while bodies come in. */
  private drawMails(): unknown {
    const { view, hasAllQuotes } = this.place;
    return repeat(
      this.shape.inOrder(view),
      ({ node }) => node.messageId,
      (placed) => {
        const { messageId } = placed.node;
        const isCurrent = anchorOf(messageId) === this.anchor;
        return guard(
          [
            this.shape,
            this.messages.get(messageId),
            hasAllQuotes,
            isCurrent,
            placed.hasSubject,
            placed.index,
          ],
          () => this.drawNode(placed, isCurrent),
        );
      },
    );
  }

  private drawNode({ node, index, hasSubject }: PlacedNode, isCurrent: boolean): TemplateResult {
    const { messageId, message, depth } = node;
    const anchor = anchorOf(messageId);
    const shape = `mail depth-${Math.min(depth, 12)} ${isCurrent ? 'current' : ''}`;
    if (!message) {
      return html`<article class="${shape} ghost" id=${anchor} data-mail>
        <p>A mail that others name is not held here: <code>${messageId}</code></p>${drawElsewhere(messageId)}</article>`;
    }
    const detail = this.messages.get(messageId);
    const context: MailContext = {
      hasAllQuotes: this.place.hasAllQuotes,
      find: (source) => this.shape.sourceOf(messageId, source),
    };
    // Head and frame stay the same elements when the text comes, so that focus and scroll stay too.
    const isUnread = message.sortMs > this.seenMs;
    return html`<article class="${shape} ${detail ? '' : 'waiting'}" id=${anchor} data-mail data-index=${index}
        data-unread=${isUnread ? '' : nothing}>
      ${drawMailHead(message, hasSubject, isUnread)}
      ${detail ? drawMail(detail, context) : html`<p class="muted">Its text is on the way…</p>`}
    </article>`;
  }

  /** The anchor of the address; without one that of the mail it names, unless that begins the thread. */
  private get anchor(): string {
    const { anchor, id } = this.place;
    return anchor || (this.load.value && this.load.value.nodes[0]?.messageId !== id ? anchorOf(id) : '');
  }

  /** Goes to the mail of the address and stays there while bodies above it come in. */
  private reach(): void {
    const target = this.load.isBusy || this.anchor === '' ? null : document.getElementById(this.anchor);
    if (!target) return;
    // Somebody who comes back wants the place that they left.
    const isReturn = typeof history.state?.scrollTop === 'number';
    this.hold.take(this.anchor, !isReturn);
    if (!isReturn) target.querySelector<HTMLElement>('.mail-link')?.focus({ preventScroll: true });
  }

  /** Whole blocks are asked for; where one was cut short, the rest of it by its own place. */
  private cameNear(entries: readonly IntersectionObserverEntry[]): void {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting || !(target instanceof HTMLElement)) continue;
      const index = Number(target.dataset.index);
      const block = index - (index % blockMails);
      if (!this.asked.has(block)) void this.loadFrom(block);
      else if (!this.loading.has(block)) void this.loadFrom(index);
    }
  }

  private async loadFrom(offset: number): Promise<number | null> {
    if (this.asked.has(offset)) return null;
    this.asked.add(offset);
    this.loading.add(offset);
    try {
      const block = await get('GET /api/v1/threads/{id}', { id: this.place.id }, { offset });
      this.messages = new Map([...this.messages, ...byId(block.messages)]);
      return block.nextOffset;
    } catch {
      // The place stays as it is and asks again when it comes near once more.
      this.asked.delete(offset);
      return null;
    } finally {
      this.loading.delete(offset);
    }
  }

  private async loadAll(nodes: readonly ThreadNode[]): Promise<void> {
    for (let at: number | null = 0; at !== null && at < nodes.length; ) {
      const missing: number = nodes.findIndex(
        ({ messageId, message }, index) => index >= Number(at) && message && !this.messages.has(messageId),
      );
      at = missing < 0 ? null : await this.loadFrom(missing);
    }
  }

  private stepMail(by: 1 | -1): void {
    const mails = [...this.querySelectorAll<HTMLElement>('article.mail')];
    const at = mails.findIndex((mail) => mail.getBoundingClientRect().bottom > 80);
    const next = mails[Math.max(0, at + by)];
    next?.scrollIntoView({ block: 'start' });
    next?.querySelector<HTMLElement>('.mail-link')?.focus({ preventScroll: true });
  }
}

function byId(messages: readonly MessageDetail[]): Map<string, MessageDetail> {
  return new Map(messages.map((message) => [message.messageId, message]));
}
