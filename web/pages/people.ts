/** People: who wrote, found by name or address; in the order of the server, never ranked. */
import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type PlaceOf, personUrl } from '../../server/urls.ts';
import type { PersonDetail, WirePage } from '../../server/wire.ts';
import { get } from '../client.ts';
import { LightElement } from '../light-element.ts';
import { Load } from '../load.ts';
import { pageShown } from '../page-shown.ts';
import { ago } from '../parts/bits.ts';
import { MorePages } from '../parts/load-more.ts';
import { drawEmpty, drawLoaded } from '../parts/page-state.ts';
import { go } from '../router.ts';
import { countWords } from '../time-words.ts';

@customElement('pt-people-page')
export class PeoplePage extends LightElement {
  @property({ attribute: false }) place!: PlaceOf<'people'>;
  private readonly more = new MorePages<PersonDetail>(this, (cursor) =>
    get('GET /api/v1/people', {}, { q: this.place.text, cursor }),
  );
  private readonly load = new Load<WirePage<PersonDetail>, [string]>(
    this,
    () => [this.place.text],
    async ([q], signal) => {
      const page = await get('GET /api/v1/people', {}, q === '' ? {} : { q }, signal);
      this.more.start(page);
      return page;
    },
  );

  protected override updated(): void {
    pageShown(this, this.load, 'People');
  }

  override render(): TemplateResult {
    return drawLoaded(this.load, 'People', ({ items }) => this.draw([...items, ...this.more.items]));
  }

  private draw(people: readonly PersonDetail[]): TemplateResult {
    const find = (event: Event) => {
      event.preventDefault();
      const field = this.querySelector<HTMLInputElement>('input[name="q"]');
      go({ page: 'people', text: field?.value.trim() ?? '' });
    };
    return html`<h1>People</h1>
      <form class="filters" role="search" aria-label="People" @submit=${find} @change=${find}>
        <label>Name or address <input name="q" .value=${this.place.text} autocomplete="off" /></label><button>Find</button></form>
      ${
        people.length === 0
          ? drawEmpty('Nobody by this name wrote here.', html`<a href="/people">Everybody</a>`)
          : html`<ul class="rows people">${people.map(
              ({
                name,
                address,
                messages,
                series,
                trailersGiven,
                lastMs,
              }) => html`<li data-row class="person-row">
              <a class="row-link" data-key="o" href=${personUrl(address)}><bdi>${name || address}</bdi></a>
              <span class="muted">${name === '' ? '' : address}</span>
              <span>${countWords(messages, 'mail')} · ${countWords(series, 'series', 'series')} · ${countWords(trailersGiven, 'trailer')}</span>
              <span class="age">${ago(lastMs)}</span></li>`,
            )}</ul>`
      }
      ${this.more.draw()}`;
  }
}
