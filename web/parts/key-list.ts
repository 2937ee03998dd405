/** Key list: the table of ../../server/key-table.ts, drawn for `?` and /help/keys. */
import { html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { keyLabel, keyRows } from '../../server/key-table.ts';
import { LightElement } from '../light-element.ts';

@customElement('pt-key-list')
export class KeyList extends LightElement {
  override render(): TemplateResult {
    const places = [...new Set(keyRows.map(({ where }) => where))];
    return html`<div class="key-list">
      ${places.map(
        (place) => html`<section>
          <h3>${place}</h3>
          <dl>
            ${keyRows
              .filter(({ where }) => where === place)
              .map(({ keys, does }) => html`<dt>${keys.map(drawKeys)}</dt><dd>${does}</dd>`)}
          </dl>
        </section>`,
      )}
    </div>`;
  }
}

function drawKeys(keys: string): TemplateResult {
  return html`${keys.split(' ').map((key) => html`<kbd>${keyLabel(key)}</kbd> `)}`;
}
