/** Missing: an address without a page, with the ways on. */
import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { PlaceOf } from '../../server/urls.ts';
import { LightElement } from '../light-element.ts';
import { pageShown } from '../page-shown.ts';
import { drawElsewhere } from '../parts/page-state.ts';

@customElement('pt-missing-page')
export class MissingPage extends LightElement {
  @property({ attribute: false }) place!: PlaceOf<'missing'>;

  protected override updated(): void {
    pageShown(this, null, 'No such page');
  }

  override render(): TemplateResult {
    const id = this.place.path.split('/').find((segment) => segment.includes('@')) ?? '';
    return html`<h1>No such page</h1>
      <p><code>${this.place.path}</code> is no address of ours.</p>${drawElsewhere(id)}
      <p><a href="/">Queue</a> · <a href="/search">Search</a> · <a href="/lists">Lists</a></p>`;
  }
}
