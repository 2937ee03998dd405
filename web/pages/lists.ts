/** Lists: the mailing lists held here, how much of each, and their archives. */
import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { archiveListUrl, type PlaceOf, searchUrl, urlOf, wholeQueue } from '../../server/urls.ts';
import { get } from '../client.ts';
import { LightElement } from '../light-element.ts';
import { Load } from '../load.ts';
import { pageShown } from '../page-shown.ts';
import { ago } from '../parts/bits.ts';
import { drawEmpty, drawLoaded } from '../parts/page-state.ts';
import { drawArea } from '../parts/series-tables.ts';
import { dateWords, numberWords } from '../time-words.ts';

@customElement('pt-lists-page')
export class ListsPage extends LightElement {
  @property({ attribute: false }) place!: PlaceOf<'lists'>;
  private readonly load = new Load(
    this,
    () => [],
    (_, signal) => get('GET /api/v1/lists', {}, {}, signal),
  );

  protected override updated(): void {
    pageShown(this, this.load, 'Lists');
  }

  override render(): TemplateResult {
    return drawLoaded(
      this.load,
      'Lists',
      ({ items }) => html`<h1>Lists</h1>
      ${
        items.length === 0
          ? drawEmpty('No list yet.', html`Bring in mail: <code>patchtrail ingest SOURCE</code>.`)
          : drawArea(
              'Lists',
              ['List', '#Mails', '#Patches', '#Series', 'From', 'Last mail', 'Go to'],
              items.map(
                ({ name, messages, postings, series, firstMs, lastMs }) => html`<tr>
                <th scope="row"><a href=${urlOf({ ...wholeQueue, list: name })}>${name}</a></th>
                <td class="number">${numberWords(messages)}</td><td class="number">${numberWords(postings)}</td>
                <td class="number">${numberWords(series)}</td>
                <td>${dateWords(firstMs)}</td><td>${ago(lastMs)}</td>
                <td><a href=${searchUrl(`l:${name}`)} aria-label=${`Search ${name}`}>search</a> ·
                  <a href=${archiveListUrl(name)} aria-label=${`Archive of ${name}`}>archive</a></td></tr>`,
              ),
            )
      }`,
    );
  }
}
