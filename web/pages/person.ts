/** Person: what waits on somebody, their series, when they reviewed, what they wrote last. No ranking of people anywhere. */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type PlaceOf, searchUrl, threadUrl, urlOf, wholeQueue } from '../../server/urls.ts';
import type { MessageSummary, PersonDetail, SeriesSummary } from '../../server/wire.ts';
import { get } from '../client.ts';
import { LightElement } from '../light-element.ts';
import { Load } from '../load.ts';
import { pageShown } from '../page-shown.ts';
import { ago, copyButton } from '../parts/bits.ts';
import { drawLoaded, drawProblem } from '../parts/page-state.ts';
import { drawSeriesRow } from '../parts/series-row.ts';
import { drawReviewMonths } from '../parts/statistics-plots.ts';
import { dateWords, numberWords } from '../time-words.ts';

@customElement('pt-person-page')
export class PersonPage extends LightElement {
  @property({ attribute: false }) place!: PlaceOf<'person'>;
  private readonly load = new Load(
    this,
    () => [this.place.address] as const,
    ([address], signal) => get('GET /api/v1/people/{address}', { address }, {}, signal),
  );

  /** Asked when the page is there: nobody waits for it. */
  private readonly counted = new Load(
    this,
    () => [this.load.value?.address ?? ''] as const,
    async ([address], signal) =>
      address === '' ? undefined : get('GET /api/v1/statistics', {}, { person: address }, signal),
  );

  protected override updated(): void {
    pageShown(this, this.load, this.load.value?.name || this.place.address);
  }

  override render(): TemplateResult {
    return drawLoaded(this.load, this.place.address, (one) => this.draw(one));
  }

  private draw(one: PersonDetail): TemplateResult {
    return html`${drawHead(one)}
      ${drawSeries('Waits for an answer of theirs', one.openTurns, 'Nothing waits on them.')}
      ${drawSeries('Series', one.recentSeries, 'No series of theirs is held.')}
      <section><h2>Reviews given</h2>${this.drawReviews(one.address)}</section>
      ${drawMails(one.recentMessages)}`;
  }

  private drawReviews(address: string): TemplateResult {
    if (this.counted.problem) return drawProblem(this.counted.problem, this.counted);
    const counted = this.counted.value;
    if (!counted) return html`<p class="muted" role="status">Counting…</p>`;
    const place = { page: 'statistics', list: '', person: address, dates: '' } as const;
    return html`${drawReviewMonths(place, counted)}`;
  }
}

function drawHead(one: PersonDetail): TemplateResult {
  const { name, address, firstMs, lastMs } = one;
  return html`<header class="page-head"><p class="up"><a href="/people" data-key="u">People</a></p>
      <h1><bdi>${name || address}</bdi></h1>
      <p><code>${address}</code> ${copyButton('Copy', address)}
        <span class="muted">writes here since ${dateWords(firstMs)}, last ${ago(lastMs)}</span></p>
      <dl class="numbers">
        ${drawNumber('mails', one.messages)}${drawNumber('patch mails', one.postings)}${drawNumber('series', one.series)}
        ${drawNumber('trailers given', one.trailersGiven)}</dl>
      <p class="tools"><a href=${urlOf({ ...wholeQueue, me: address })}>Queue as ${name || address} sees it</a>
        <a href=${searchUrl(`f:${address}`)}>All mails</a>
        <a href=${urlOf({ page: 'statistics', list: '', person: address, dates: '' })}>Reviews, and how soon</a></p>
    </header>`;
}

function drawMails(recent: readonly MessageSummary[]): TemplateResult {
  return html`<section><h2>Latest mails</h2>
      ${
        recent.length === 0
          ? html`<p class="muted">None.</p>`
          : html`<ul class="rows">${recent.map(
              ({
                messageId,
                subject,
                sortMs,
                lists,
              }) => html`<li data-row class="mail-row"><a class="row-link" data-key="o" href=${threadUrl(messageId)}><bdi>${subject || '(no subject)'}</bdi></a>
          <span class="muted">${lists.join(', ')}</span> <span class="age">${ago(sortMs)}</span></li>`,
            )}</ul>`
      }</section>`;
}

function drawSeries(title: string, series: readonly SeriesSummary[], nothingSaid: string): TemplateResult {
  return html`<section><h2>${title} ${series.length > 0 ? html`<span class="count">${series.length}</span>` : nothing}</h2>
    ${series.length === 0 ? html`<p class="muted">${nothingSaid}</p>` : html`<ul class="rows">${series.map((one) => drawSeriesRow(one))}</ul>`}</section>`;
}

function drawNumber(word: string, count: number): TemplateResult {
  return html`<div><dt>${word}</dt><dd>${numberWords(count)}</dd></div>`;
}
