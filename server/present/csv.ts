/**
 * CSV: tables of numbers for spreadsheets, by RFC 4180.
 *
 * A spreadsheet runs a cell that begins like a formula, and names come from strangers' mail: such a cell gets a quote
 * sign before it (OWASP, CSV injection).
 */
import type { WireSpread, WireStatistics } from '../wire.ts';
import { dateText } from './text.ts';

export type CsvCell = string | number | null;
export type CsvTable = readonly (readonly CsvCell[])[];

export function csvText(table: CsvTable): string {
  return `${table.map((row) => row.map(cellText).join(',')).join('\r\n')}\r\n`;
}

function cellText(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

type Statistics = (counted: WireStatistics) => CsvTable;

/** The tables behind the statistics page, by the name in its address; heads first, spans of time in ms. */
export const statisticsTables: Readonly<Record<string, Statistics>> = {
  weeks: ({ weeks }) => [
    ['week', 'mails', 'patches'],
    ...weeks.map(({ weekMs, mails, patches }) => [dateText(weekMs), mails, patches]),
  ],
  months: ({ months }) => [
    ['month', 'series', 'taken', 'reviews', 'first_review_median_ms'],
    ...months.map(({ month, series, taken, reviews, medianMs }) => [month, series, taken, reviews, medianMs]),
  ],
  spreads: ({ firstReview, untilTaken }) => [
    ['until', 'series', 'p25_ms', 'p50_ms', 'p75_ms', 'p90_ms'],
    spreadRow('first review', firstReview),
    spreadRow('taken', untilTaken),
  ],
  rounds: ({ rounds }) => [['rounds', 'series'], ...rounds.map((one) => [one.rounds, one.series])],
  responses: ({ responses }) => [
    ['below_ms', 'answers'],
    ...responses.map(({ belowMs, count }) => [belowMs, count]),
  ],
  points: ({ openPoints }) => [
    ['below_ms', 'open_points'],
    ...openPoints.map(({ belowMs, count }) => [belowMs, count]),
  ],
  reviewers: ({ reviewers }) => [
    ['name', 'address', 'reviews', 'series', 'median_ms'],
    ...reviewers.map(({ person, reviews, series, medianMs }) => [
      person.name,
      person.address,
      reviews,
      series,
      medianMs,
    ]),
  ],
  'review-weeks': ({ reviewWeeks }) => [
    ['week', 'name', 'address', 'reviews'],
    ...reviewWeeks.map(({ weekMs, person, reviews }) => [
      dateText(weekMs),
      person.name,
      person.address,
      reviews,
    ]),
  ],
  lists: ({ lists }) => [
    ['list', 'series', 'taken', 'reviews', 'first_review_median_ms'],
    ...lists.map(({ list, series, taken, reviews, medianMs }) => [list, series, taken, reviews, medianMs]),
  ],
};

function spreadRow(name: string, { count, p25Ms, p50Ms, p75Ms, p90Ms }: WireSpread): CsvCell[] {
  return [name, count, p25Ms, p50Ms, p75Ms, p90Ms];
}
