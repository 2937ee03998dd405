/**
 * Plot: columns over time as a picture with a sentence, and its numbers as a table with links to the mails behind them.
 *
 * The picture is for the eye alone; whoever listens or wants a number has the table. Columns of few are drawn hollow.
 */
import { html, nothing, svg, type TemplateResult } from 'lit';
import { drawArea } from './series-tables.ts';

export interface PlotColumn {
  /** `2026-03`, `2 Mar 2026`. */
  readonly name: string;
  readonly value: number;
  /** The part of the value that is drawn darker; 0 for none. */
  readonly part: number;
  /** True where it stands for so few that it says little. */
  readonly isThin: boolean;
  /** Search for the mails behind it. */
  readonly url: string;
}

export interface PlotWords {
  readonly title: string;
  /** What the plot says, in one sentence. */
  readonly reading: string;
  /** Heads of the columns of the table: time, value, part; without a part two. */
  readonly heads: readonly string[];
  value(value: number): string;
  /** The table for a spreadsheet. */
  readonly csvUrl: string;
}

const [width, height] = [640, 120];
/** A few columns are columns still. */
const widest = 48;

export function drawPlot(columns: readonly PlotColumn[], words: PlotWords): TemplateResult | typeof nothing {
  const [first, last] = [columns[0], columns.at(-1)];
  if (!first || !last) return nothing;
  // Columns of few would make the others flat: where there are others, those set the height.
  const sound = columns.filter(({ isThin }) => !isThin);
  const most = Math.max(1, ...(sound.length > 0 ? sound : columns).map(({ value }) => value));
  const step = width / columns.length;
  const hasThin = columns.some(({ isThin, value }) => isThin && value > 0);
  return html`<figure class="plot">
    <figcaption><h3>${words.title}</h3><p>${words.reading}${hasThin ? ' Hollow: fewer than ten.' : ''}</p></figcaption>
    <svg viewBox="0 0 ${width} ${height + 16}" role="img" aria-label=${`${words.title}. ${words.reading}`}>
      <line x1="0" x2=${width} y1=${height} y2=${height}></line>
      ${columns.map(({ value, part, isThin }, at) => {
        const [x, wide] = [(at * step).toFixed(2), Math.min(widest, Math.max(0.8, step * 0.8)).toFixed(2)];
        const [tall, partTall] = [Math.min(1, value / most) * height, (part / most) * height];
        return svg`<rect class=${isThin ? 'thin' : ''} x=${x} width=${wide} y=${(height - tall).toFixed(2)} height=${tall.toFixed(2)}></rect>
          ${part > 0 ? svg`<rect class="part" x=${x} width=${wide} y=${(height - partTall).toFixed(2)} height=${partTall.toFixed(2)}></rect>` : nothing}`;
      })}
      <text x="0" y=${height + 13}>${first.name}</text>
      <text x=${width} y=${height + 13} text-anchor="end">${last.name}</text>
      <text x=${width} y="10" text-anchor="end">${words.value(most)}</text>
    </svg>
    <details><summary>The numbers</summary>${drawArea(
      words.title,
      [words.heads[0] ?? '', ...words.heads.slice(1).map((head) => `#${head}`), 'Mails'],
      columns.toReversed().map(
        ({ name, value, part, isThin, url }) => html`<tr><th scope="row">${name}</th>
          <td class="number">${words.value(value)}${isThin && value > 0 ? html` <span class="muted">of few</span>` : nothing}</td>
          ${words.heads.length > 2 ? html`<td class="number">${words.value(part)}</td>` : nothing}
          <td><a href=${url}>search</a></td></tr>`,
      ),
    )}<p><a href=${words.csvUrl} download>CSV</a></p></details>
  </figure>`;
}
