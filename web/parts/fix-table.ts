/** Fix table: what releases have of a tracked fix, by mail and as machines measured. Loaded only where a series is one. */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { urlOf } from '../../server/urls.ts';
import type { KernelFix } from '../../server/wire.ts';
import { LightElement } from '../light-element.ts';
import { signFor, verdictWords, wordsFor } from '../status-words.ts';
import { chip } from './bits.ts';
import { evidenceMark } from './evidence-mark.ts';
import { drawArea } from './series-tables.ts';

@customElement('pt-fix-table')
export class FixTable extends LightElement {
  @property({ attribute: false }) fix!: KernelFix;

  override render(): TemplateResult {
    return drawFix(this.fix);
  }
}

function drawFix({ name, title, cells }: KernelFix): TemplateResult {
  return html`<h3><a href=${urlOf({ page: 'kernels', fix: name })}>Kernels: ${title}</a></h3>
    ${drawArea(
      'Kernels',
      ['Release', 'By mail', 'Measured'],
      cells.map(
        ({ release, expected, expectedWhy, measured }) => html`<tr><th scope="row">${release}</th>
          <td>${drawVerdict(expected)}${evidenceMark(expectedWhy, `${release}: ${expected}`)}</td>
          <td>${
            measured.length === 0
              ? html`<span class="muted">by no machine</span>`
              : measured.map(
                  ({
                    reportId,
                    verdict,
                    agrees,
                  }) => html`<a href=${urlOf({ page: 'check', report: reportId, other: '' })}>${drawVerdict(verdict)}</a>
            ${agrees === false ? chip('disagrees', 'bad') : nothing}`,
                )
          }</td></tr>`,
      ),
    )}`;
}

function drawVerdict(verdict: string): TemplateResult {
  const { word, tone } = wordsFor(verdictWords, verdict);
  return chip(`${signFor(verdictWords, verdict)} ${word}`, tone);
}
