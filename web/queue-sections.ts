/**
 * Queue sections: series sorted into who has the next move, for one person or for everybody. Pure.
 *
 * A section keeps the order that the server gave. What waits longer than a season on somebody else has gone quiet: it
 * stands last, so that it does not bury what can still be moved.
 */
import type { SeriesSummary } from '../server/wire.ts';
import { dayMs } from './time-words.ts';

export interface QueueSection {
  readonly title: string;
  readonly says: string;
  readonly items: readonly SeriesSummary[];
}

export interface QueueView {
  /** Address of the reader; empty for none. */
  readonly me: string;
  readonly turn: string;
  readonly sort: string;
  readonly nowMs: number;
}

const quietMs = 90 * dayMs;

export function sectionsOf(series: readonly SeriesSummary[], view: QueueView): QueueSection[] {
  const isMine = (one: SeriesSummary) =>
    view.me !== '' && one.turn !== 'nobody' && one.waitingPerson.toLowerCase() === view.me.toLowerCase();
  const wanted = series.filter(
    (one) =>
      (view.turn !== 'mine' || isMine(one)) &&
      (view.turn !== 'theirs' || (!isMine(one) && one.turn !== 'nobody')),
  );
  if (view.sort !== 'waiting') {
    return wanted.length === 0 ? [] : [{ title: 'All', says: '', items: wanted }];
  }
  const rows: [string, string, (one: SeriesSummary) => boolean][] = [
    ['Your turn', '', isMine],
    ['Landed', 'Nothing is left to do.', (one) => one.turn === 'nobody'],
    [
      'Gone quiet',
      'No mail for three months or more.',
      (one) => view.nowMs - Math.max(one.waitingSinceMs, one.lastMs) > quietMs,
    ],
    ['Waiting for the author', '', (one) => one.turn === 'author'],
    ['Waiting for a reviewer', '', (one) => one.turn === 'reviewer'],
    ['Waiting for a maintainer', '', (one) => one.turn === 'maintainer'],
  ];
  const sections = rows.map(([title, says]) => ({ title, says, items: [] as SeriesSummary[] }));
  for (const one of wanted) sections[rows.findIndex(([, , fits]) => fits(one))]?.items.push(one);
  const order = [0, 3, 4, 5, 2, 1];
  return order.flatMap((at) => {
    const section = sections[at];
    return section && section.items.length > 0 ? [section] : [];
  });
}
