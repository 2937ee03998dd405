/**
 * View bar: saved queues and searches as chips, and the way to keep the one that is open.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { LightElement } from '../light-element.ts';
import { forgetView, type SavedView, savedViews, saveView } from '../saved-views.ts';
import { announce } from '../signals.ts';

@customElement('pt-view-bar')
export class ViewBar extends LightElement {
  /** Address of what is open. */
  @property() url = '';
  /** What the view is called where nobody says it otherwise. */
  @property() suggestion = '';
  /** False where what is open is nothing to come back to. */
  @property({ attribute: false }) mayAdd = true;
  @state() private views: readonly SavedView[] = savedViews();
  @state() private isNaming = false;

  override render(): TemplateResult {
    const isKept = !this.mayAdd || this.views.some(({ url }) => url === this.url);
    return html`<nav class="view-bar" aria-label="Saved views">
      ${this.views.map((view) => this.drawView(view))}
      ${
        this.isNaming
          ? this.drawForm()
          : isKept
            ? nothing
            : html`<button type="button" class="quiet" data-key="a" @click=${this.name}>Save this view</button>`
      }
    </nav>`;
  }

  private drawView({ name, url }: SavedView): TemplateResult {
    return html`<span class="saved-view"><a class="filter-chip" href=${url} aria-current=${url === this.url ? 'true' : nothing}><bdi>${name}</bdi></a
      >${
        url === this.url
          ? html`<button type="button" class="quiet" aria-label=${`Forget the view ${name}`} title="Forget this view"
              @click=${() => this.forget(name)}>✕</button>`
          : nothing
      }</span>`;
  }

  private drawForm(): TemplateResult {
    return html`<form class="view-form" @submit=${this.save}>
      <label>Name <input name="name" required maxlength="60" autocomplete="off" .value=${this.suggestion} /></label>
      <button class="primary">Save</button>
      <button type="button" @click=${() => {
        this.isNaming = false;
      }}>Cancel</button>
    </form>`;
  }

  private async name(): Promise<void> {
    this.isNaming = true;
    await this.updateComplete;
    this.querySelector<HTMLInputElement>('input[name="name"]')?.select();
  }

  private save(event: SubmitEvent): void {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const name = String(new FormData(event.target).get('name')).trim();
    if (name === '') return;
    saveView({ name, url: this.url });
    this.isNaming = false;
    this.views = savedViews();
    announce(`Saved: ${name}`);
  }

  private forget(name: string): void {
    forgetView(this.url);
    this.views = savedViews();
    announce(`Forgotten: ${name}`);
  }
}
