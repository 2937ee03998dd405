/** Help: the keys with their setting, and the search language; both from the tables that the programs use. */
import { html, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { PlaceOf } from '../../server/urls.ts';
import { get } from '../client.ts';
import { LightElement } from '../light-element.ts';
import { Load } from '../load.ts';
import { pageShown } from '../page-shown.ts';
import { drawLoaded } from '../parts/page-state.ts';
import { drawSearchHelp } from '../parts/search-help.ts';
import { isRoomy, keepPreference, readPreference, setRoomy } from '../preferences.ts';

@customElement('pt-help-page')
export class HelpPage extends LightElement {
  @property({ attribute: false }) place!: PlaceOf<'help'>;
  @state() private hasKeys = readPreference('single-keys') !== 'off';
  private readonly load = new Load(
    this,
    () => [this.place.topic] as const,
    async ([topic], signal) =>
      topic === 'search'
        ? (await get('GET /api/v1/search/completions', {}, { q: '', caret: 0 }, signal)).items
        : [],
  );

  private get pageTitle(): string {
    return this.place.topic === 'keys' ? 'Keys' : 'Search language';
  }

  protected override updated(): void {
    pageShown(this, this.load, this.pageTitle);
  }

  override render(): TemplateResult {
    if (this.place.topic === 'keys') return this.drawKeys();
    return drawLoaded(
      this.load,
      this.pageTitle,
      (completions) =>
        html`<h1>${this.pageTitle}</h1>${drawSearchHelp(completions)}<p><a href="/help/keys">Keys</a></p>`,
    );
  }

  private drawKeys(): TemplateResult {
    const turn = (event: Event) => {
      this.hasKeys = event.target instanceof HTMLInputElement && event.target.checked;
      keepPreference('single-keys', this.hasKeys ? '' : 'off');
    };
    const widen = (event: Event) =>
      setRoomy(event.target instanceof HTMLInputElement && event.target.checked);
    return html`<h1>Keys</h1>
      <p><label><input type="checkbox" .checked=${this.hasKeys} @change=${turn} /> Single keys do something</label><br />
        <label><input type="checkbox" .checked=${isRoomy()} @change=${widen} /> More room between rows</label></p>
      <p>Keys are off while you type in a field. Each does what a control on the page does too.</p>
      <h2>All keys</h2>
      <pt-key-list></pt-key-list>
      <p><a href="/help/search">Search language</a></p>`;
  }
}
