/**
 * Statistics as text: tables for terminals.
 */
import type { WireBucket, WireSpread, WireStatistics } from '../wire.ts';
import { shortName } from './person-name.ts';
import { countText, dateText, joinText, section, spanText } from './text.ts';

/** People and months that a terminal gets; JSON has all. */
const rowsShown = 24;

export function renderStatistics(counted: WireStatistics): string {
  const { fromMs, toMs, series, reviews, reviewers, lists, months } = counted;
  const from = fromMs === null ? 'the beginning' : dateText(fromMs);
  const to = toMs === null ? 'now' : dateText(toMs - 1);
  return joinText([
    `${series} series, ${countText(reviews, 'review')}, from ${from} to ${to}`,
    ...section('Time until', [
      row('', 'count', '25 %', 'half', '75 %', '90 %'),
      spreadRow('first review', counted.firstReview),
      spreadRow('taken', counted.untilTaken),
    ]),
    ...section(
      'Rounds until taken',
      counted.rounds.map((one) => row(countText(one.rounds, 'round'), String(one.series))),
    ),
    ...section('Answers came within', bucketRows(counted.responses)),
    ...section('Open points are this old', bucketRows(counted.openPoints)),
    ...section('Who reviewed', [
      row('', 'reviews', 'series', 'half in'),
      ...reviewers
        .slice(0, rowsShown)
        .map((one) =>
          row(shortName(one.person), String(one.reviews), String(one.series), spanText(one.medianMs)),
        ),
    ]),
    ...section('Lists', loadRows(lists.map(({ list, ...load }) => ({ name: list, ...load })))),
    ...section(
      'Months',
      loadRows(months.slice(-rowsShown).map(({ month, ...load }) => ({ name: month, ...load }))),
    ),
  ]);
}

interface Load {
  readonly name: string;
  readonly series: number;
  readonly taken: number;
  readonly reviews: number;
  readonly medianMs: number | null;
}

function loadRows(loads: readonly Load[]): string[] {
  return [
    row('', 'series', 'taken', 'reviews', 'first in'),
    ...loads.map(({ name, series, taken, reviews, medianMs }) =>
      row(name, String(series), String(taken), String(reviews), shownSpan(medianMs)),
    ),
  ];
}

function spreadRow(name: string, { count, p25Ms, p50Ms, p75Ms, p90Ms }: WireSpread): string {
  return row(name, String(count), ...[p25Ms, p50Ms, p75Ms, p90Ms].map(shownSpan));
}

function bucketRows(buckets: readonly WireBucket[]): string[] {
  return buckets.map(({ belowMs, count }) =>
    row(belowMs === null ? 'more' : spanText(belowMs), String(count)),
  );
}

function shownSpan(ms: number | null): string {
  return ms === null ? '-' : spanText(ms);
}

function row(name: string, ...cells: readonly string[]): string {
  return [name.padEnd(24), ...cells.map((cell) => cell.padStart(11))].join('').trimEnd();
}
