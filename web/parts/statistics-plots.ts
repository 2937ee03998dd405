/** Statistics plots: what is counted over time as columns, each with the search for the mails behind it. */
import { html, type TemplateResult } from 'lit';
import { type PlaceOf, searchUrl, twinUrl, urlOf } from '../../server/urls.ts';
import type { WireStatistics } from '../../server/wire.ts';
import { countWords, dateWords, dayMs, numberWords, spanWords } from '../time-words.ts';
import { drawPlot, type PlotColumn, type PlotWords } from './plot.ts';
import { drawShares } from './share-plot.ts';

/** Of fewer series a median says little. */
const fewSeries = 10;
/** Ten years; a column is then a bit more than a pixel wide. */
const mostWeeks = 520;
const mostMonths = 240;

type Counted = PlaceOf<'statistics'>;

export function drawWeeks(place: Counted, { weeks }: WireStatistics): TemplateResult {
  const columns = everyWeek(weeks).map(
    ({ weekMs, mails, patches }): PlotColumn => ({
      name: dateWords(weekMs),
      value: mails,
      part: patches,
      isThin: false,
      url: searchFor(place, dayOf(weekMs), dayOf(weekMs + 6 * dayMs)),
    }),
  );
  return html`${drawPlot(columns, { ...weekWords(weeks), csvUrl: csvUrl(place, 'weeks') })}`;
}

export function drawFirstReviews(place: Counted, { months, firstReview }: WireStatistics): TemplateResult {
  const columns = months.map(
    ({ month, series, medianMs }): PlotColumn => ({
      name: month,
      value: medianMs ?? 0,
      part: 0,
      isThin: series < fewSeries,
      url: searchFor(place, month, month),
    }),
  );
  const { count, p50Ms } = firstReview;
  return html`${drawPlot(columns, {
    title: 'Time until the first review, by month',
    reading:
      p50Ms === null
        ? 'No series was reviewed yet.'
        : `Half of ${countWords(count, 'reviewed series', 'reviewed series')} had a review within ${spanWords(p50Ms)}.`,
    heads: ['Month', 'Half in'],
    value: (ms) => (ms === 0 ? '–' : spanWords(ms)),
    csvUrl: csvUrl(place, 'months'),
  })}`;
}

/** Of one person: how many reviews they gave in each month. */
export function drawReviewMonths(place: Counted, { months, reviews }: WireStatistics): TemplateResult {
  if (reviews === 0) return html`<p class="muted">No review of theirs is held.</p>`;
  const columns = everyMonth(months).map(
    (month): PlotColumn => ({
      name: month.month,
      value: month.reviews,
      part: 0,
      isThin: false,
      url: searchFor(place, month.month, month.month),
    }),
  );
  const given = columns.filter(({ value }) => value > 0).length;
  return html`${drawPlot(columns, {
    title: 'Reviews by month',
    reading: `${countWords(reviews, 'review')} in ${countWords(given, 'month')} of ${numberWords(columns.length)}.`,
    heads: ['Month', 'Reviews'],
    value: numberWords,
    csvUrl: csvUrl(place, 'months'),
  })}`;
}

/** A month without anything is a gap, and is seen as one: from the first with a review to the last. */
function everyMonth(
  months: WireStatistics['months'],
): readonly Pick<WireStatistics['months'][number], 'month' | 'reviews'>[] {
  const withReviews = months.filter(({ reviews }) => reviews > 0);
  const known = new Map(withReviews.map((one) => [one.month, one.reviews]));
  const [first, last] = [withReviews[0], withReviews.at(-1)];
  if (!first || !last) return [];
  const to = monthNumber(last.month);
  const from = Math.max(monthNumber(first.month), to - mostMonths + 1);
  return Array.from({ length: to - from + 1 }, (_, at) => {
    const number = from + at;
    const month = `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`;
    return { month, reviews: known.get(month) ?? 0 };
  });
}

/** Months since the year 0. */
function monthNumber(month: string): number {
  const [year = 0, of = 1] = month.split('-').map(Number);
  return year * 12 + of - 1;
}

/** Answers that came, as a share of all. */
export function drawAnswers(place: Counted, { responses }: WireStatistics): TemplateResult {
  return html`${drawShares(responses, {
    title: 'Answers by the time that they took',
    one: 'answer',
    many: 'answers',
    csvUrl: csvUrl(place, 'responses'),
  })}`;
}

/** A table behind the page, for a spreadsheet; its names are those of the server. */
export function csvUrl(place: Counted, table: string): string {
  return `${twinUrl(urlOf(place), 'csv')}&table=${table}`;
}

/** The mails that are counted for a span of days. */
function searchFor({ list, person }: Counted, from: string, to: string): string {
  const words = [`d:${from}..${to}`, list === '' ? '' : `l:${list}`, person === '' ? '' : `f:${person}`];
  return searchUrl(words.filter((word) => word !== '').join(' '));
}

/** A week without mail is a gap, and is seen as one. */
function everyWeek(weeks: WireStatistics['weeks']): WireStatistics['weeks'] {
  const [first, last] = [weeks[0], weeks.at(-1)];
  if (!first || !last) return [];
  const known = new Map(weeks.map((week) => [week.weekMs, week]));
  const count = Math.min(mostWeeks, Math.round((last.weekMs - first.weekMs) / (7 * dayMs)) + 1);
  return Array.from({ length: count }, (_, at) => {
    const weekMs = last.weekMs - (count - 1 - at) * 7 * dayMs;
    return known.get(weekMs) ?? { weekMs, mails: 0, patches: 0 };
  });
}

function weekWords(weeks: WireStatistics['weeks']): Omit<PlotWords, 'csvUrl'> {
  const sum = (of: 'mails' | 'patches') => weeks.reduce((all, week) => all + week[of], 0);
  const each = numberWords(Math.round(sum('mails') / Math.max(1, weeks.length)));
  const percent = Math.round((100 * sum('patches')) / Math.max(1, sum('mails')));
  return {
    title: 'Mails and patches per week',
    reading: `${each} mails in a week with mail, on average; ${percent} % of them are patches (darker).`,
    heads: ['Week from', 'Mails', 'Patches'],
    value: numberWords,
  };
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
