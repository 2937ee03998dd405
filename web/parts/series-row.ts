/**
 * Series row: one series as lists show it: what it is, who has the next move and why, what is open, who approved.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { seriesUrl } from '../../server/urls.ts';
import type { SeriesSummary } from '../../server/wire.ts';
import { stateWords, turnWords } from '../status-words.ts';
import { countWords } from '../time-words.ts';
import { ago, checkCounts, chipFor, person, trailerCounts } from './bits.ts';
import { evidenceMark } from './evidence-mark.ts';

/** `select` draws the box for choosing; without it there is none. `news`: what came since it was read. */
export function drawSeriesRow(
  series: SeriesSummary,
  select: TemplateResult | typeof nothing = nothing,
  news = '',
): TemplateResult {
  const { id, title, author, lists, version, total, isRfc, revisions, openPoints, delegates } = series;
  const correctable = { kind: 'state', subject: id, value: series.state } as const;
  return html`<li class="series-row" data-row>
    ${select}
    <div class="what">
      ${news === '' ? nothing : html`<span class="news">${news}</span>`}
      <a class="row-link" data-key="o" href=${seriesUrl(id)}><bdi>${title || '(no subject)'}</bdi></a>
      <span class="version" title=${countWords(revisions, 'revision')}
        >${isRfc ? 'RFC ' : ''}v${version}${total > 1 ? html` · ${countWords(total, 'patch', 'patches')}` : nothing}</span>
    </div>
    <div class="who">
      ${chipFor(stateWords, series.state)}${evidenceMark(series.stateWhy, `It is ${series.state.replaceAll('-', ' ')}`, correctable)}
      ${person(author)} <span class="lists">${lists.join(', ')}</span>
      ${delegates.length === 0 ? nothing : html`<span class="delegates">looked after by <bdi>${delegates.join(', ')}</bdi></span>`}
    </div>
    <div class="why">${drawMove(series)}</div>
    <div class="counts">
      ${openPoints > 0 ? html`<span class="open-points">${openPoints} open</span>` : html`<span class="none">0 open</span>`}
      ${trailerCounts(series)}
      ${checkCounts(series.checks)}
    </div>
    <div class="age">${ago(series.waitingSinceMs || series.lastMs)}</div>
  </li>`;
}

/** `Ada Moss: a question was asked 3 days ago.` */
function drawMove(series: SeriesSummary): TemplateResult {
  const { turn, waitingWhy, waiting } = series;
  const mark = evidenceMark(waiting, waitingWhy, { kind: 'state', subject: series.id, value: series.state });
  if (turn === 'nobody') return html`<span class="muted">${waitingWhy}</span>${mark}`;
  return html`<strong>${drawMover(series)}</strong>: ${waitingWhy}${mark}`;
}

/** Who has the next move: a person where one is known, else the role. */
export function drawMover({ turn, waitingPerson, author }: SeriesSummary): TemplateResult {
  if (waitingPerson === '') return html`${turnWords[turn] ?? turn}`;
  if (waitingPerson === author.address) return person(author);
  const isAddress = waitingPerson.includes('@');
  return person(isAddress ? { name: '', address: waitingPerson } : { name: waitingPerson, address: '' });
}
