/**
 * Share plot: how many of all have happened after some time, as a rising line (an empirical distribution) with its table.
 *
 * Times grow from hours to months, so each bound has one step of the axis; the line tells no more than the bounds do.
 */
import { html, type nothing, svg, type TemplateResult } from 'lit';
import type { WireBucket } from '../../server/wire.ts';
import { type Share, sharesOf } from '../shares.ts';
import { countWords, dayMs, numberWords, spanWords } from '../time-words.ts';
import { drawArea } from './series-tables.ts';

const [width, height] = [640, 120];
/** So that the last dot is whole. */
const margin = 4;
/** Of fewer a share says little. */
const few = 10;

export interface ShareWords {
  readonly title: string;
  /** What is counted: `answer`, `answers`. */
  readonly one: string;
  readonly many: string;
  readonly csvUrl: string;
}

export function drawShares(
  buckets: readonly WireBucket[],
  words: ShareWords,
): TemplateResult | typeof nothing {
  const shares = sharesOf(buckets);
  const all = buckets.reduce((sum, { count }) => sum + count, 0);
  if (all === 0) return html`<p class="muted">No ${words.one} yet.</p>`;
  const reading = readingOf(shares, all, words);
  const bounded = shares.filter(({ belowMs }) => belowMs !== null);
  const step = (width - margin) / Math.max(1, bounded.length);
  const at = (index: number, share: number) =>
    `${((index + 1) * step).toFixed(1)},${((1 - share) * height).toFixed(1)}`;
  const line = [`0,${height}`, ...bounded.map(({ share }, index) => at(index, share))].join(' ');
  return html`<figure class="plot">
    <figcaption><h3>${words.title}</h3><p>${reading}</p></figcaption>
    <svg viewBox="0 -4 ${width} ${height + 20}" role="img" aria-label=${`${words.title}. ${reading}`}>
      ${[0, 0.5, 1].map((share) => svg`<line class="grid" x1="0" x2=${width} y1=${height * share} y2=${height * share}></line>`)}
      <polyline class=${all < few ? 'thin' : ''} points=${line}></polyline>
      ${bounded.map(
        (
          { belowMs, share },
          index,
        ) => svg`<circle cx=${((index + 1) * step).toFixed(1)} cy=${((1 - share) * height).toFixed(1)} r="3"></circle>
          <text x=${((index + 1) * step - 2).toFixed(1)} y=${height + 13} text-anchor="end">${spanWords(belowMs ?? 0)}</text>`,
      )}
      <text x="0" y="10">100 %</text><text x="0" y=${height / 2 - 3}>50 %</text>
    </svg>
    <details><summary>The numbers</summary>${drawArea(
      words.title,
      ['Within', `#${capital(words.many)}`, '#Share in all'],
      shares.map(
        ({
          belowMs,
          count,
          share,
        }) => html`<tr><th scope="row">${belowMs === null ? 'more' : spanWords(belowMs)}</th>
          <td class="number">${numberWords(count)}</td><td class="number">${percent(share)}</td></tr>`,
      ),
    )}<p><a href=${words.csvUrl} download>CSV</a></p></details>
  </figure>`;
}

/** `31 % within a day, 64 % within 7 days, 90 % within 30 days.` */
function readingOf(shares: readonly Share[], all: number, { one, many }: ShareWords): string {
  const told = [dayMs, 7 * dayMs, 30 * dayMs].flatMap((ms) => {
    const found = shares.find(({ belowMs }) => belowMs === ms);
    return found ? [`${percent(found.share)} within ${spanWords(ms)}`] : [];
  });
  const rest = told.length === 0 ? '' : `: ${told.join(', ')}`;
  return `Of ${countWords(all, one, many)}${rest}.${all < few ? ' These are few.' : ''}`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
