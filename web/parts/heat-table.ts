/**
 * Heat table: numbers of people by weeks, each on a ground that grows darker with it; the number itself is always there.
 *
 * People stand by name: it shows who is busy when, and ranks nobody.
 */
import { html, type nothing, type TemplateResult } from 'lit';
import type { WireStatistics } from '../../server/wire.ts';
import { countWords, dateWords, dayMs } from '../time-words.ts';
import { person } from './bits.ts';

type ReviewWeek = WireStatistics['reviewWeeks'][number];

const weekMs = 7 * dayMs;
/** Steps of the ground; each has its class. */
const heats = 4;

export function drawHeat(weeks: readonly ReviewWeek[]): TemplateResult | typeof nothing {
  const [first, last] = [weeks[0], weeks.at(-1)];
  if (!first || !last) return html`<p class="muted">No review yet.</p>`;
  const columns = Array.from(
    { length: Math.round((last.weekMs - first.weekMs) / weekMs) + 1 },
    (_, at) => first.weekMs + at * weekMs,
  );
  const most = Math.max(...weeks.map(({ reviews }) => reviews));
  const people = new Map(weeks.map((one) => [one.person.address, one.person]));
  const counts = new Map(weeks.map((one) => [`${one.weekMs} ${one.person.address}`, one.reviews]));
  const byName = [...people.values()].sort((a, b) =>
    (a.name || a.address).localeCompare(b.name || b.address),
  );
  return html`<div class="scroll-area" tabindex="0" role="region" aria-label="Reviews by person and week">
    <table class="plain heat">
      <caption class="visually-hidden">Reviews by person and week</caption>
      <thead><tr><th scope="col">Person</th>${columns.map(
        (week) => html`<th scope="col" class="week"><span>${dateWords(week)}</span></th>`,
      )}</tr></thead>
      <tbody>${byName.map(
        (who) =>
          html`<tr><th scope="row">${person(who)}</th>${columns.map((week) => {
            const count = counts.get(`${week} ${who.address}`) ?? 0;
            const heat = Math.ceil((count / most) * heats);
            return html`<td class="heat-${heat}" title=${`${countWords(count, 'review')} in the week from ${dateWords(week)}`}>${count === 0 ? html`<span class="visually-hidden">0</span>` : count}</td>`;
          })}</tr>`,
      )}</tbody>
    </table>
  </div>`;
}
