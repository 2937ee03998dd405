/** Correction list: what people said of a series and its mails, each with a way to take it back. Loaded where there is one. */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { threadUrl } from '../../server/urls.ts';
import type { WireCorrection } from '../../server/wire.ts';
import { change, mayChange } from '../client.ts';
import { LightElement } from '../light-element.ts';
import { asProblem, type ProblemError } from '../problem.ts';
import { announce, tell } from '../signals.ts';
import { ago } from './bits.ts';
import { correctionWords } from './correction-form.ts';

@customElement('pt-correction-list')
export class CorrectionList extends LightElement {
  @property({ attribute: false }) items: readonly WireCorrection[] = [];
  @state() private problem: ProblemError | null = null;

  override render(): TemplateResult {
    return html`${
      this.problem
        ? html`<p role="alert" class="error">${this.problem.message} ${this.problem.remedy}</p>`
        : nothing
    }
      <ul class="related">${this.items.map((one) => this.draw(one))}</ul>`;
  }

  private draw(correction: WireCorrection): TemplateResult {
    const { id, atMs, by, subject, reason, undoneBy } = correction;
    const words = correctionWords(correction);
    return html`<li><strong><bdi>${by}</bdi></strong> <a href=${threadUrl(subject)}>on this mail</a>:
      ${undoneBy === null ? words : html`<s>${words}</s> <span class="muted">taken back</span>`}${
        reason === '' ? nothing : html`, <span class="muted">since <bdi>${reason}</bdi></span>`
      }
      <span class="muted">${ago(atMs)}</span>
      ${
        undoneBy === null && mayChange()
          ? html`<button @click=${() => this.undo(id)} aria-label=${`Undo: ${words}`}>Undo</button>`
          : nothing
      }</li>`;
  }

  private async undo(id: number): Promise<void> {
    this.problem = null;
    try {
      const undone = await change('DELETE /api/v1/corrections/{id}', { id: String(id) }, null);
      announce('The correction is taken back.');
      tell(this, 'pt-corrected', undone);
    } catch (cause) {
      this.problem = asProblem(cause);
    }
  }
}
