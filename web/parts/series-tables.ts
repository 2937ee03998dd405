/**
 * Series tables: who approved, who says what, where it landed. Each row leads to the mail that proves it.
 */
import { html, type TemplateResult } from 'lit';
import { threadUrl } from '../../server/urls.ts';
import type { WireLanding, WireStance, WireTrailer } from '../../server/wire.ts';
import { type StanceRun, stanceRuns } from '../stance-runs.ts';
import { noticeWords, stanceWords, wordsFor } from '../status-words.ts';
import { utcWords } from '../time-words.ts';
import { ago, chip, person } from './bits.ts';
import { evidenceMark } from './evidence-mark.ts';

const standings: Readonly<Record<WireTrailer['standing'], [string, 'ok' | 'info' | 'warn']>> = {
  current: ['on the newest', 'ok'],
  carried: ['carried, same diff', 'info'],
  dropped: ['diff changed since', 'warn'],
};

export function drawTrailers(trailers: readonly WireTrailer[]): TemplateResult {
  return drawArea(
    'Trailers',
    ['Trailer', 'By', 'Given on', 'Stands', 'Mail'],
    trailers.map(
      ({ name, person: who, value, on, standing, givenIn, isOwn, why }) => html`<tr>
        <th scope="row">${name}${evidenceMark(why, `${name}: ${value}`, {
          kind: 'trailer',
          subject: givenIn,
          value: `${name}: ${value}`,
        })}</th>
        <td>${who.address === '' && who.name === '' ? html`<bdi>${value}</bdi>` : person(who)}${isOwn ? '' : html` <span class="muted">said by another</span>`}</td>
        <td>${on}</td>
        <td>${chip(...standings[standing])}</td>
        <td><a href=${threadUrl(givenIn)}>read</a></td>
      </tr>`,
    ),
  );
}

/** One row a person: what they said, in order, runs of the same joined. */
export function drawStances(stances: readonly WireStance[]): TemplateResult {
  return drawArea(
    'Stances',
    ['Person', 'Said, in order', 'Last'],
    stanceRuns(stances).map(
      ({ person: who, runs, lastMs }) => html`<tr>
        <th scope="row">${person(who)}</th>
        <td><div class="stances">${runs.map(drawRun)}</div></td>
        <td>${ago(lastMs)}</td>
      </tr>`,
    ),
  );
}

/** The last of a run leads to its mail and has the evidence. */
function drawRun({ last, count }: StanceRun): TemplateResult {
  const { word, tone } = wordsFor(stanceWords, last.kind);
  const who = last.person.name || last.person.address;
  return html`<span class="stance"><a href=${threadUrl(last.messageId)} title=${utcWords(last.atMs)}>${chip(word, tone)}</a>${
    count > 1 ? html`<span class="muted">×${count}</span>` : ''
  }${last.isConditional ? html`<span class="muted">on a condition</span>` : ''}${evidenceMark(
    last.why,
    `${who} ${word}`,
    {
      kind: 'stance',
      subject: last.messageId,
      value: last.kind,
    },
  )}</span>`;
}

export function drawLandings(landings: readonly WireLanding[]): TemplateResult {
  return drawArea(
    'Landings',
    ['What', 'Commit', 'Tree or release', 'When', 'Mail'],
    landings.map(
      ({ notice, kind, title, sha, tree, release, atMs, mailSha, why }) => html`<tr>
        <th scope="row">${noticeWords[kind] ?? kind}${evidenceMark(why, title)}</th>
        <td>${sha === '' ? '' : html`<code title=${sha}>${sha.slice(0, 12)}</code>`}${mailSha === '' ? '' : html` ${chip(`mail names ${mailSha.slice(0, 12)}`, 'bad')}`}</td>
        <td><bdi>${[tree, release].filter((part) => part !== '').join(', ')}</bdi></td>
        <td>${ago(atMs)}</td>
        <td>${notice === '' ? html`<span class="muted">git</span>` : html`<a href=${threadUrl(notice)}>read</a>`}</td>
      </tr>`,
    ),
  );
}

/** A table in its own scroll area. Heads of columns of numbers begin with `#`, which is not shown. */
export function drawArea(
  label: string,
  heads: readonly string[],
  rows: readonly TemplateResult[],
): TemplateResult {
  return html`<div class="scroll-area" tabindex="0" role="region" aria-label=${label}>
    <table class="plain">
      <thead><tr>${heads.map((head) => html`<th scope="col" class=${head.startsWith('#') ? 'number' : ''}>${head.replace('#', '')}</th>`)}</tr></thead>
      <tbody>${rows}</tbody>
    </table>
  </div>`;
}
