/**
 * Mail digest: what a day brought and who has the next move, as the text of a mail. Pure.
 *
 * In: the series of a person's queue and the newest ones, as the API gives them. Out: subject and text, or null where
 * there is nothing to say: a mail that says nothing teaches people not to read the next.
 */

import { seriesUrl } from '../urls.ts';
import type { SeriesSummary } from '../wire.ts';
import { countText, dateText, joinText, section, spanText } from './text.ts';

export interface DigestInput {
  /** Whose mail it is. */
  readonly me: string;
  readonly queue: readonly SeriesSummary[];
  readonly newest: readonly SeriesSummary[];
  /** What happened before this was in an earlier mail. */
  readonly sinceMs: number;
  readonly nowMs: number;
  /** Where people reach the server; empty: no links. */
  readonly url: string;
}

export interface DigestMail {
  readonly subject: string;
  readonly text: string;
}

const rowsMost = 30;
const doneStates = new Set(['applied', 'landed']);

export function renderDigest({ me, queue, newest, sinceMs, nowMs, url }: DigestInput): DigestMail | null {
  const mine = queue.filter(({ turn, waitingPerson }) => turn !== 'nobody' && waitingPerson === me);
  const others = queue.filter(({ turn, waitingPerson }) => turn !== 'nobody' && waitingPerson !== me);
  const fresh = newest.filter(({ firstMs, lastMs }) => Math.max(firstMs, lastMs) >= sinceMs);
  const landed = [...queue, ...newest].filter(
    ({ state, waitingSinceMs }) => doneStates.has(state) && waitingSinceMs >= sinceMs,
  );
  if (mine.length + others.length + fresh.length + landed.length === 0) return null;
  const rows = (series: readonly SeriesSummary[]) => {
    const unique = [...new Map(series.map((one) => [one.id, one])).values()];
    const more = unique.length > rowsMost ? [`and ${unique.length - rowsMost} more`] : [];
    return [...unique.slice(0, rowsMost).flatMap((one) => row(one, nowMs, url)), ...more];
  };
  return {
    subject: `Patchtrail ${dateText(nowMs)}: ${countText(mine.length, 'series')} for you, ${fresh.length} with news`,
    text: joinText([
      `Since ${dateText(sinceMs)}, for ${me}.`,
      ...section('Your turn', rows(mine)),
      ...section('Waiting for others', rows(others)),
      ...section('With news', rows(fresh)),
      ...section('Applied or landed', rows(landed)),
    ]),
  };
}

function row(series: SeriesSummary, nowMs: number, url: string): string[] {
  const { title, version, author, turn, waitingSinceMs, waitingWhy, openPoints } = series;
  const open = openPoints > 0 ? `, ${countText(openPoints, 'open point')}` : '';
  const since = turn === 'nobody' ? series.state : `${spanText(nowMs - waitingSinceMs)}: ${waitingWhy}`;
  return [
    `${title} (v${version}, ${author.name || author.address}${open})`,
    `  ${since}`,
    ...(url === '' ? [] : [`  ${url}${seriesUrl(series.id)}`]),
  ];
}
