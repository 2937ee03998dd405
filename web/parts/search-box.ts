/**
 * Search box: a combobox with completions of the query language, people and lists.
 *
 * A real form with a real address, so that Enter works before any completion came. The completions are the server's;
 * what one inserts replaces the word that stands before the caret.
 */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { readUrl, searchUrl, seriesUrl, threadUrl } from '../../server/urls.ts';
import type { Completion } from '../../server/wire.ts';
import { get } from '../client.ts';
import { LightElement } from '../light-element.ts';
import { go } from '../router.ts';

/** Fast typing asks once. */
const typingMs = 120;

@customElement('pt-search-box')
export class SearchBox extends LightElement {
  @property() value = '';
  @state() private completions: readonly Completion[] = [];
  @state() private active = -1;
  @state() private isOpen = false;
  @query('input') private input?: HTMLInputElement;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asked = 0;

  override render(): TemplateResult {
    const hasList = this.isOpen && this.completions.length > 0;
    return html`<form class="search-box" role="search" action="/search" @submit=${this.submit} @focusout=${this.left}>
      <input
        type="search" name="q" placeholder="Search, or paste a link" aria-label="Search" autocomplete="off" spellcheck="false"
        autocapitalize="none" maxlength="2000" data-key="/"
        role="combobox" aria-autocomplete="list" aria-expanded=${hasList} aria-controls="completions"
        aria-activedescendant=${hasList && this.active >= 0 ? `completion-${this.active}` : nothing}
        @input=${this.typed} @focus=${this.typed} @keydown=${this.keyPressed} />
      <ul id="completions" class="completions" role="listbox" aria-label="Completions" ?hidden=${!hasList}>
        ${this.completions.map(
          ({ insert, help, example }, at) => html`<li
            id=${`completion-${at}`} role="option" aria-selected=${at === this.active}
            @pointerdown=${(event: Event) => event.preventDefault()} @click=${() => this.take(at)}
          ><code>${insert}</code> <span>${help}</span> ${example ? html`<code class="example">${example}</code>` : nothing}</li>`,
        )}
      </ul>
    </form>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const { input } = this;
    // What somebody is typing stays.
    if (changed.has('value') && input && (document.activeElement !== input || input.value === '')) {
      input.value = this.value;
    }
  }

  private typed(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.complete(), typingMs);
  }

  private async complete(): Promise<void> {
    const { input } = this;
    if (!input || document.activeElement !== input) return;
    this.asked += 1;
    const { asked } = this;
    try {
      const caret = input.selectionStart ?? input.value.length;
      const { items } = await get('GET /api/v1/search/completions', {}, { q: input.value, caret });
      if (asked !== this.asked || document.activeElement !== input) return;
      this.completions = items.slice(0, 12);
      this.active = -1;
      this.isOpen = true;
    } catch {
      // Completions are a courtesy: without them the query can still be typed.
      this.isOpen = false;
    }
  }

  private keyPressed(event: KeyboardEvent): void {
    const count = this.isOpen ? this.completions.length : 0;
    if (event.key === 'ArrowDown' && !this.isOpen) void this.complete();
    else if (event.key === 'ArrowDown' && count > 0) this.active = (this.active + 1) % count;
    else if (event.key === 'ArrowUp' && count > 0)
      this.active = this.active <= 0 ? count - 1 : this.active - 1;
    else if ((event.key === 'Enter' || event.key === 'Tab') && count > 0 && this.active >= 0)
      this.take(this.active);
    else if (event.key === 'Escape' && count > 0) this.isOpen = false;
    else return;
    event.preventDefault();
  }

  /** Puts the completion where the word before the caret stands. */
  private take(at: number): void {
    const { input } = this;
    const completion = this.completions[at];
    if (!input || !completion) return;
    const caret = input.selectionStart ?? input.value.length;
    let start = caret;
    while (start > 0 && !' \t()'.includes(input.value[start - 1] ?? '')) start -= 1;
    if (input.value[start] === '-') start += 1;
    const colon = input.value.slice(start, caret).indexOf(':') + 1;
    // A value completes what stands behind the colon; a prefix or a whole term replaces the word.
    const isWhole = colon > 0 && completion.insert.startsWith(input.value.slice(start, start + colon));
    input.setRangeText(completion.insert, isWhole ? start : start + colon, caret, 'end');
    input.focus();
    this.isOpen = false;
    if (completion.insert.endsWith(':')) void this.complete();
  }

  private submit(event: SubmitEvent): void {
    event.preventDefault();
    this.isOpen = false;
    const text = this.input?.value.trim() ?? '';
    this.input?.blur();
    go(placeOfPasted(text) ?? searchUrl(text));
  }

  private left(event: FocusEvent): void {
    if (!(event.relatedTarget instanceof Node) || !this.contains(event.relatedTarget)) this.isOpen = false;
  }
}

/** The page that a pasted link or Message-ID means; undefined for a query. */
export function placeOfPasted(text: string): string | undefined {
  if (/\s/.test(text)) return undefined;
  if (/^<[^<>\s]+@[^<>\s]+>$/.test(text)) return threadUrl(text.slice(1, -1));
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  const path = url.pathname + url.search + url.hash;
  if (url.origin === location.origin && readUrl(path).page !== 'missing') return path;
  // lore and its kin: `/list/<id>/…`; `/r/<id>`; Patchwork: `/patch/<id>/`.
  const id = url.pathname.split('/').find((segment) => /@|%40/.test(segment));
  if (id === undefined) return undefined;
  return url.pathname.includes('/patch/')
    ? seriesUrl(decodeURIComponent(id))
    : threadUrl(decodeURIComponent(id));
}
