/**
 * Thread: the outline on the left, the mails on the right, each with its own words open and its quotes folded.
 *
 * What is looked at is drawn first, the rest a moment later and a few at a time; bodies come in blocks as their places
 * near the view (../thread-bodies.ts). Every mail gets its place and keeps it, so anchors, keys and find-in-page work and
 * nothing is recycled.
 */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { anchorOf, type PlaceOf, seriesUrl, threadUrl, twinUrl, urlOf } from '../../server/urls.ts';
import type { ThreadDetail } from '../../server/wire.ts';
import { get } from '../client.ts';
import { LightElement } from '../light-element.ts';
import { Live } from '../live.ts';
import { Load } from '../load.ts';
import { pageShown } from '../page-shown.ts';
import { copyButton } from '../parts/bits.ts';
import { drawMail, drawMailHead, type MailContext } from '../parts/mail-view.ts';
import { drawElsewhere, drawLoaded } from '../parts/page-state.ts';
import { drawOutline } from '../parts/thread-outline.ts';
import { markSeen, seenUntil } from '../read-marks.ts';
import { keptScroll } from '../router.ts';
import { ScrollHold } from '../scroll-hold.ts';
import { Growing } from '../slices.ts';
import { isUnsettled } from '../status-words.ts';
import { ThreadBodies } from '../thread-bodies.ts';
import { type PlacedNode, ThreadShape } from '../thread-shape.ts';
import { countWords } from '../time-words.ts';

/** Above this many mails find-in-page waits for a button. */
const manyMails = 500;
/** Mails and lines of the outline that are drawn at once; a screen holds fewer. */
const firstMails = 16;
/** Mails that are laid out together or not at all. */
const blockMails = 50;
const firstLines = 50;

@customElement('pt-thread-page')
export class ThreadPage extends LightElement {
  @property({ attribute: false }) place!: PlaceOf<'thread'>;
  private readonly hold = new ScrollHold();

  private readonly load = new Load(
    this,
    () => [this.place.id] as const,
    async ([id], signal) => {
      const thread = await get('GET /api/v1/threads/{id}', { id }, {}, signal);
      if (!signal.aborted) this.take(thread);
      return thread;
    },
  );

  private readonly bodies = new ThreadBodies(this, (offset) =>
    get('GET /api/v1/threads/{id}', { id: this.place.id }, { offset }),
  );
  private readonly mails = new Growing(this, firstMails);
  private readonly lines = new Growing(this, firstLines);
  private shape = new ThreadShape([], '');
  /** Up to when it was read before this visit. */
  private seenMs = 0;
  private opened = '';
  protected readonly live = new Live(this, ['series'], ({ subject }) => {
    if ([...this.bodies.messages.values()].some(({ series }) => series === subject)) this.hasNewer = true;
  });
  @state() private hasNewer = false;

  override connectedCallback(): void {
    super.connectedCallback();
    // Its place is kept; the mails do not wait for it.
    void import('../parts/thread-digest.ts');
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('place');
    if (!before) return;
    if (before.view !== this.place.view) this.beginMails(this.mails.isWhole);
    const at = this.indexOfAnchor();
    if (at >= 0) this.mails.reach(at);
  }

  protected override updated(changed: PropertyValues<this>): void {
    pageShown(this, this.load, this.load.value?.subject ?? 'Thread');
    const before = changed.get('place');
    // Another view of the same mails leaves the reader where they are.
    const isView = before?.view !== this.place.view || before.hasAllQuotes !== this.place.hasAllQuotes;
    if (this.hold.isNew(this.anchor) || (before && !isView)) this.reach();
  }

  override render(): TemplateResult {
    return html`${drawLoaded(this.load, 'Thread', (thread) => this.draw(thread))}
      ${this.load.problem?.status === 404 ? drawElsewhere(this.place.id) : nothing}`;
  }

  private take({ id, nodes, subject, messages }: ThreadDetail): void {
    this.bodies.begin(messages);
    this.shape = new ThreadShape(nodes, subject);
    this.beginMails((keptScroll() ?? 0) > 0);
    this.lines.begin(nodes.length);
    this.hasNewer = false;
    if (this.opened !== id) {
      this.opened = id;
      this.seenMs = seenUntil(id);
    }
    markSeen(id, this.shape.newestMs);
  }

  /** `isWhole`: who comes back to a place far down finds it where it was. */
  private beginMails(isWhole: boolean): void {
    this.mails.begin(this.shape.inOrder(this.place.view).length, Math.max(0, this.indexOfAnchor()));
    if (isWhole) this.mails.fill();
  }

  private indexOfAnchor(): number {
    const { anchor } = this;
    return this.shape.inOrder(this.place.view).findIndex((placed) => placed.anchor === anchor);
  }

  private draw(thread: ThreadDetail): TemplateResult {
    const { nodes, subject } = thread;
    const { held } = this.shape;
    const { place } = this;
    const { messages } = this.bodies;
    const series = [...messages.values()].find((message) => message.series !== null)?.series;
    const open = new Map<string, number>();
    for (const { messageId, points } of messages.values()) {
      open.set(messageId, points.filter(({ status }) => isUnsettled(status)).length);
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
            held > manyMails && messages.size < held
              ? html`<button @click=${() => this.bodies.loadAll(nodes)}>Load all, for find in page</button>`
              : nothing
          }
          ${this.hasNewer ? html`<button class="newer" @click=${() => this.load.again()}>New mail, show</button>` : nothing}</p>
      </header>
      <pt-thread-digest .thread=${thread.id}></pt-thread-digest>
      <div class="thread ${place.view}">
        <details class="outline-drawer" ?open=${matchMedia('(min-width: 56rem)').matches}>
          <summary>Outline</summary>
          <nav aria-label="Mails">${drawOutline(this.shape, {
            current: this.anchor,
            openPoints: open,
            seenMs: this.seenMs,
            to: this.lines.to,
          })}</nav>
        </details>
        <div class="mails">${this.drawMails()}</div>
      </div>
      <nav class="step-bar thread-steps" aria-label="Next and previous mail">
        <button @click=${() => this.stepMail(-1)}>← Previous</button><button @click=${() => this.stepMail(1)}>Next →</button>
      </nav>
    `;
  }

  /** In blocks, each drawn again only where something of it changed: a long thread stays quick while bodies come in. */
  private drawMails(): unknown {
    const { view, hasAllQuotes } = this.place;
    const { from, to } = this.mails;
    const { messages } = this.bodies;
    const order = this.shape.inOrder(view);
    const starts = Array.from({ length: Math.ceil(order.length / blockMails) }, (_, at) => at * blockMails);
    return repeat(
      starts.filter((start) => start < to && start + blockMails > from),
      (start) => start,
      (start) => {
        const block = order.slice(Math.max(start, from), Math.min(start + blockMails, to));
        const current = block.findIndex(({ anchor }) => anchor === this.anchor);
        const held = block.filter(({ node }) => messages.has(node.messageId)).length;
        return guard([order, block[0], block.length, current, held, hasAllQuotes], () =>
          this.drawBlock(block, current),
        );
      },
    );
  }

  private drawBlock(block: readonly PlacedNode[], current: number): TemplateResult {
    return html`<div class="mail-block ${block.length === blockMails ? 'full' : ''}">${repeat(
      block,
      ({ anchor }) => anchor,
      (placed, at) => {
        const body = this.bodies.messages.get(placed.node.messageId);
        return guard([placed, body, this.place.hasAllQuotes, at === current], () =>
          this.drawNode(placed, at === current),
        );
      },
    )}</div>`;
  }

  private drawNode({ node, index, anchor, hasSubject }: PlacedNode, isCurrent: boolean): TemplateResult {
    const { messageId, message, depth } = node;
    const shape = `mail depth-${Math.min(depth, 12)} ${isCurrent ? 'current' : ''}`;
    if (!message) {
      return html`<article class="${shape} ghost" id=${anchor} data-mail>
        <p>A mail that others name is not held here: <code>${messageId}</code></p>${drawElsewhere(messageId)}</article>`;
    }
    const detail = this.bodies.messages.get(messageId);
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
    return anchor || (this.shape.nodes[0]?.messageId === id ? '' : anchorOf(id));
  }

  /** Goes to the mail of the address and stays there while bodies above it come in. */
  private reach(): void {
    const target = this.load.isBusy || this.anchor === '' ? null : document.getElementById(this.anchor);
    if (!target) return;
    // Somebody who comes back wants the place that they left.
    const isReturn = keptScroll() !== null;
    this.hold.take(this.anchor, !isReturn);
    if (!isReturn) target.querySelector<HTMLElement>('.mail-link')?.focus({ preventScroll: true });
  }

  private stepMail(by: 1 | -1): void {
    const mails = [...this.querySelectorAll<HTMLElement>('article.mail')];
    const at = mails.findIndex((mail) => mail.getBoundingClientRect().bottom > 80);
    const next = mails[Math.max(0, at + by)];
    next?.scrollIntoView({ block: 'start' });
    next?.querySelector<HTMLElement>('.mail-link')?.focus({ preventScroll: true });
  }
}
