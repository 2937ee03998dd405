/** Statistics: how much mail, how long reviews take, how many rounds, who carries the load; plots with their numbers. */
import { html, svg, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type PlaceOf, searchUrl, urlOf, wholeQueue } from '../../server/urls.ts';
import type { WireBucket, WireSpread, WireStatistics } from '../../server/wire.ts';
import { get } from '../client.ts';
import { LightElement } from '../light-element.ts';
import { Load } from '../load.ts';
import { pageShown } from '../page-shown.ts';
import { person } from '../parts/bits.ts';
import { drawHeat } from '../parts/heat-table.ts';
import { drawEmpty, drawLoaded } from '../parts/page-state.ts';
import { drawArea } from '../parts/series-tables.ts';
import { csvUrl, drawAnswers, drawFirstReviews, drawWeeks } from '../parts/statistics-plots.ts';
import { go } from '../router.ts';
import { countWords, numberWords, spanWords } from '../time-words.ts';

@customElement('pt-statistics-page')
export class StatisticsPage extends LightElement {
  @property({ attribute: false }) place!: PlaceOf<'statistics'>;
  private readonly load = new Load(
    this,
    () => [this.place.list, this.place.person, this.place.dates] as const,
    ([list, who, dates], signal) =>
      get(
        'GET /api/v1/statistics',
        {},
        {
          ...(list === '' ? {} : { list }),
          ...(who === '' ? {} : { person: who }),
          ...(dates === '' ? {} : { dates }),
        },
        signal,
      ),
  );

  protected override updated(): void {
    pageShown(this, this.load, 'Statistics');
  }

  override render(): TemplateResult {
    return drawLoaded(this.load, 'Statistics', (counted) => this.draw(counted));
  }

  private draw(counted: WireStatistics): TemplateResult {
    const { list } = this.place;
    const { series, reviews, firstReview, untilTaken, rounds, openPoints } = counted;
    return html`<h1>Statistics</h1>
      ${this.drawFilter()}
      ${
        series + reviews + counted.weeks.length === 0
          ? drawEmpty('Nothing to count.', html`<a href="/statistics">Count everything</a>`)
          : html`<p>${numberWords(series)} series, ${countWords(reviews, 'review')}</p>
      <section><h2>Mail</h2>${drawWeeks(this.place, counted)}</section>
      <section><h2>Time until</h2>${drawSpreads({ 'First review': firstReview, Taken: untilTaken })}${this.drawCsv('spreads')}
        ${drawFirstReviews(this.place, counted)}</section>
      <section><h2>Rounds until taken</h2>${drawBars(
        'Rounds',
        'Rounds',
        rounds.map((row) => [String(row.rounds), row.series]),
      )}${this.drawCsv('rounds')}</section>
      <section><h2>Answers came within</h2>${drawAnswers(this.place, counted)}</section>
      <section><h2>Age of open points</h2>${drawBars('Open points', 'Below', bucketBars(openPoints))}
        ${this.drawCsv('points')}<p><a href=${searchUrl(`point:open${list === '' ? '' : ` l:${list}`}`)}>The mails with open points</a></p></section>
      <section><h2>Who reviewed</h2>${drawReviewers(counted)}${this.drawCsv('reviewers')}</section>
      <section><h2>Reviews by person and week</h2>${drawHeat(counted.reviewWeeks)}${this.drawCsv('review-weeks')}</section>
      <section><h2>Lists</h2>${drawLists(counted)}${this.drawCsv('lists')}</section>
      <section><h2>Months</h2>${drawMonths(counted)}${this.drawCsv('months')}</section>`
      }`;
  }

  private drawCsv(table: string): TemplateResult {
    return html`<p><a href=${csvUrl(this.place, table)} download>CSV</a></p>`;
  }

  private drawFilter(): TemplateResult {
    const choose = (event: Event) => {
      event.preventDefault();
      const value = (name: string) =>
        this.querySelector<HTMLInputElement>(`input[name="${name}"]`)?.value.trim() ?? '';
      go({ page: 'statistics', list: value('list'), person: value('person'), dates: value('dates') });
    };
    const { list, person: who, dates } = this.place;
    return html`<form class="filters" aria-label="What is counted" @submit=${choose}>
      <label>List <input name="list" .value=${list} autocomplete="off" /></label>
      <label>Person <input name="person" .value=${who} autocomplete="off" /></label>
      <label>Dates <input name="dates" .value=${dates} placeholder="2020-07.." autocomplete="off" /></label>
      <button>Count</button></form>`;
  }
}

function drawSpreads(spreads: Readonly<Record<string, WireSpread>>): TemplateResult {
  return drawArea(
    'Time until',
    ['Until', '#Series', '#A quarter in', '#Half in', '#Three quarters in', '#Nine tenths in'],
    Object.entries(spreads).map(
      ([name, { count, p25Ms, p50Ms, p75Ms, p90Ms }]) => html`<tr><th scope="row">${name}</th>
        <td class="number">${numberWords(count)}</td>
        ${[p25Ms, p50Ms, p75Ms, p90Ms].map((ms) => html`<td class="number">${shownSpan(ms)}</td>`)}</tr>`,
    ),
  );
}

function bucketBars(buckets: readonly WireBucket[]): [string, number][] {
  return buckets.map(({ belowMs, count }) => [belowMs === null ? 'more' : spanWords(belowMs), count]);
}

/** The number is in its own column: the bar only helps the eye. */
function drawBars(label: string, head: string, bars: readonly (readonly [string, number])[]): TemplateResult {
  const most = Math.max(1, ...bars.map(([, count]) => count));
  return drawArea(
    label,
    [head, '#Count', 'Bar'],
    bars.map(
      ([name, count]) => html`<tr><th scope="row">${name}</th><td class="number">${numberWords(count)}</td>
        <td>${drawBar(count / most)}</td></tr>`,
    ),
  );
}

function drawBar(share: number): TemplateResult {
  return html`<svg class="bar-plot" viewBox="0 0 100 10" aria-hidden="true" preserveAspectRatio="none">${svg`<rect width=${(share * 100).toFixed(1)} height="10"></rect>`}</svg>`;
}

function drawReviewers({ reviewers }: WireStatistics): TemplateResult {
  return drawArea(
    'Who reviewed',
    ['Person', '#Reviews', '#Series', '#Half in'],
    reviewers.map(
      ({ person: who, reviews, series, medianMs }) => html`<tr><th scope="row">${person(who)}</th>
        <td class="number">${numberWords(reviews)}</td><td class="number">${numberWords(series)}</td>
        <td class="number">${spanWords(medianMs)}</td></tr>`,
    ),
  );
}

function drawLists({ lists }: WireStatistics): TemplateResult {
  return drawArea(
    'Lists',
    ['List', '#Series', '#Taken', '#Reviews', '#First review, half in'],
    lists.map(
      ({ list, ...load }) =>
        html`<tr><th scope="row"><a href=${urlOf({ ...wholeQueue, list })}>${list}</a></th>${drawLoad(load)}</tr>`,
    ),
  );
}

function drawMonths({ months }: WireStatistics): TemplateResult {
  return drawArea(
    'Months',
    ['Month', '#Series', '#Taken', '#Reviews', '#First review, half in'],
    months
      .toReversed()
      .map(({ month, ...load }) => html`<tr><th scope="row">${month}</th>${drawLoad(load)}</tr>`),
  );
}

function drawLoad(load: Omit<WireStatistics['months'][number], 'month'>): TemplateResult {
  const { series, taken, reviews, medianMs } = load;
  return html`<td class="number">${numberWords(series)}</td><td class="number">${numberWords(taken)}</td>
    <td class="number">${numberWords(reviews)}</td><td class="number">${shownSpan(medianMs)}</td>`;
}

function shownSpan(ms: number | null): string {
  return ms === null ? '–' : spanWords(ms);
}
