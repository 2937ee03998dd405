/**
 * App: the frame around every page, and where focus, title and the open side note are looked after.
 *
 * The page before stays until the next one can be drawn. After a change of page the focus goes to its `h1` once its
 * data is there; a change within a page (a filter, a view) leaves it where it is.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { type Place, urlOf, wholeQueue } from '../server/urls.ts';
import { startKeys } from './key-dispatch.ts';
import { LightElement } from './light-element.ts';
import { onLost } from './live.ts';
import { navigation, pageOf } from './page-table.ts';
import './parts/evidence-note.ts';
import './parts/key-list.ts';
import './parts/search-box.ts';
import type { EvidenceNote } from './parts/evidence-note.ts';
import { currentTheme, readPreference, type Theme, turnTheme } from './preferences.ts';
import { startRouter, type Turn } from './router.ts';
import { announce, type EvidenceAsked } from './signals.ts';

@customElement('pt-app')
export class App extends LightElement {
  @state() private page: TemplateResult | typeof nothing = nothing;
  @state() private place: Place = wholeQueue;
  @state() private theme: Theme = currentTheme();
  @state() private isTurning = false;
  @state() private isLost = false;
  @query('pt-evidence-note') private note?: EvidenceNote;
  @query('dialog.key-dialog') private keyDialog?: HTMLDialogElement;
  /** What the next shown page has to do with focus and scroll; null when it was done. */
  private pending: Pending | null = null;
  private isFirst = true;

  override connectedCallback(): void {
    super.connectedCallback();
    startRouter((turn) => void this.turnTo(turn));
    startKeys(() => this.close());
    onLost((isLost) => {
      this.isLost = isLost;
    });
    this.addEventListener('pt-evidence-asked', (event) => this.showEvidence(event));
    this.addEventListener('pt-page-shown', (event) => this.pageShown(event.detail));
  }

  override render(): TemplateResult {
    return html`
      <a class="skip-link" href="#main" @click=${this.skip}>Skip to the page</a>
      <header class="top-bar">
        <a class="brand" href=${this.queueUrl}>${mark}<span>Patchtrail</span></a>
        <pt-search-box .value=${this.place.page === 'search' ? this.place.query : ''}></pt-search-box>
        <nav aria-label="Pages">
          ${navigation.map(
            ({ url, word, pages }) =>
              html`<a
                href=${url === '/' ? this.queueUrl : url}
                aria-current=${pages.includes(this.place.page) ? 'page' : nothing}
                >${word}</a
              >`,
          )}
        </nav>
        <button class="bar-button" data-key="T" @click=${this.changeTheme} aria-label=${`Theme: ${themeWords[this.theme]}`}
          title=${`Theme: ${themeWords[this.theme]}`}>${themeSigns[this.theme]}</button>
        <button class="bar-button" data-key="?" @click=${this.showKeys} aria-label="Keys and help" title="Keys and help">?</button>
      </header>
      <div id="live-region" class="visually-hidden" role="status"></div>
      ${this.isLost ? html`<p class="not-live" role="status">Not live at the moment, connecting again…</p>` : nothing}
      <main id="main" tabindex="-1" aria-busy=${this.isTurning}>${this.page}</main>
      <pt-evidence-note></pt-evidence-note>
      <dialog class="key-dialog" aria-labelledby="key-dialog-title">
        <form method="dialog"><button class="close" aria-label="Close">✕</button></form>
        <h2 id="key-dialog-title">Keys</h2>
        <pt-key-list></pt-key-list>
        <p><a href="/help/keys" @click=${() => this.keyDialog?.close()}>Settings</a> ·
          <a href="/help/search" @click=${() => this.keyDialog?.close()}>Search language</a></p>
      </dialog>
    `;
  }

  private get queueUrl(): string {
    return urlOf({ ...wholeQueue, me: readPreference('me') });
  }

  private async turnTo({ place, scrollTop }: Turn): Promise<void> {
    this.note?.close();
    const isOther = this.isFirst || subjectOf(place) !== subjectOf(this.place);
    if (isOther) this.pending = { isFirst: this.isFirst, scrollTop, focused: document.activeElement };
    this.isFirst = false;
    this.isTurning = true;
    this.place = place;
    try {
      const page = await pageOf(place);
      if (this.place !== place) return;
      this.page = page;
    } catch {
      // A chunk of an older build is gone after an update of the server: the shell must be loaded anew.
      location.reload();
    } finally {
      if (this.place === place) this.isTurning = false;
    }
  }

  /** A page has drawn what was asked of it. */
  private pageShown(title: string): void {
    document.title = `${title} · Patchtrail`;
    const { pending } = this;
    if (!pending) return;
    this.pending = null;
    // Who began to type meanwhile, in the search box say, keeps the focus.
    const active = document.activeElement;
    const hasMoved = active !== document.body && active !== pending.focused;
    if (!pending.isFirst) {
      const head = this.querySelector<HTMLElement>('main h1');
      if (head) head.tabIndex = -1;
      if (!hasMoved) head?.focus({ preventScroll: true });
      announce(title);
    }
    const isAnchored = this.place.page === 'thread';
    if (pending.scrollTop !== null) scrollTo(0, pending.scrollTop);
    else if (!isAnchored) scrollTo(0, 0);
  }

  private showEvidence(event: CustomEvent<EvidenceAsked>): void {
    const opener = event.target instanceof HTMLElement ? event.target : null;
    void this.note?.open(event.detail, opener);
  }

  private showKeys(): void {
    this.keyDialog?.showModal();
  }

  private close(): void {
    this.note?.close();
  }

  private changeTheme(): void {
    this.theme = turnTheme();
    announce(`Theme: ${themeWords[this.theme]}`);
  }

  private skip(event: Event): void {
    event.preventDefault();
    this.querySelector<HTMLElement>('main')?.focus();
  }
}

/** What is to be done when the page that was asked for is shown. */
interface Pending {
  readonly isFirst: boolean;
  readonly scrollTop: number | null;
  /** What had the focus when it was asked for. */
  readonly focused: Element | null;
}

const themeWords: Record<Theme, string> = { auto: 'as the system', light: 'light', dark: 'dark' };
const themeSigns: Record<Theme, string> = { auto: '◐', light: '☀', dark: '☾' };

const mark = html`<svg viewBox="0 0 32 32" width="20" height="20" aria-hidden="true">
  <g fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round">
    <path d="M8 7v18" />
    <path d="M8 11h7a5 5 0 0 1 5 5a5 5 0 0 0 4 5" />
  </g>
  <g fill="currentColor"><circle cx="8" cy="6" r="3.5" /><circle cx="8" cy="26" r="3.5" /><circle cx="25" cy="21" r="3.5" /></g>
</svg>`;

/** Places with one subject are one page to its reader: only filters or views differ. */
function subjectOf(place: Place): string {
  switch (place.page) {
    case 'search':
      return `search ${place.query}`;
    case 'kernels':
      return `kernels ${place.fix}`;
    case 'check':
      return `check ${place.report}`;
    case 'help':
      return `help ${place.topic}`;
    case 'person':
      return `person ${place.address}`;
    case 'bundles':
      return `bundles ${place.number}`;
    case 'compare':
      return `compare ${place.id} ${place.from} ${place.to}`;
    case 'series':
      return `series ${place.id} ${place.revision}`;
    case 'patch':
    case 'thread':
      return `${place.page} ${place.id}`;
    case 'missing':
      return place.path;
    default:
      return place.page;
  }
}
