/**
 * Bulk bar: what can be done with the chosen series: set their state at once, and take that back.
 *
 * All are set or none. Nobody is asked whether they are sure: undo stays until the next change.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { WireCorrection } from '../../server/wire.ts';
import { change } from '../client.ts';
import { LightElement } from '../light-element.ts';
import { asProblem, type ProblemError } from '../problem.ts';
import { announce, tell } from '../signals.ts';
import { stateWords, wordsFor } from '../status-words.ts';
import { countWords } from '../time-words.ts';
import { drawProblem } from './page-state.ts';

/** Why, where nobody said it. */
const plainReason = 'set in the queue';

@customElement('pt-bulk-bar')
export class BulkBar extends LightElement {
  /** Ids of series. */
  @property({ attribute: false }) chosen: ReadonlySet<string> = new Set();
  @state() private kept: readonly WireCorrection[] = [];
  @state() private isBusy = false;
  @state() private problem: ProblemError | null = null;

  override render(): TemplateResult {
    return html`${this.problem ? drawProblem(this.problem, null) : nothing}
      ${this.chosen.size > 0 ? this.drawForm() : this.kept.length > 0 ? this.drawKept() : nothing}`;
  }

  private drawForm(): TemplateResult {
    return html`<form class="bulk" aria-label="Change the selected series" @submit=${this.set}>
      <strong>${this.chosen.size} selected</strong>
      <label>State <select name="state" data-key=".">${Object.entries(stateWords).map(
        ([value, { word }]) => html`<option value=${value}>${word}</option>`,
      )}</select></label>
      <label>Why? <input name="reason" maxlength="500" autocomplete="off" placeholder="not needed" /></label>
      <button class="primary" ?disabled=${this.isBusy}>Set</button>
      <button type="button" @click=${() => this.dispatchEvent(new Event('pt-set-aside'))}
        title="Hidden here until new mail comes">Set aside</button>
      <button type="button" @click=${() => this.dispatchEvent(new Event('pt-chosen-cleared'))}>Clear</button>
    </form>`;
  }

  private drawKept(): TemplateResult {
    const { word } = wordsFor(stateWords, String(this.kept[0]?.value));
    return html`<p class="bulk"><span>${countWords(this.kept.length, 'series', 'series')} set to <strong>${word}</strong>.</span>
      <button type="button" data-key="U" ?disabled=${this.isBusy} @click=${this.undo}>Undo</button></p>`;
  }

  private async set(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const values = new FormData(event.target);
    const [value, reason] = [String(values.get('state')), String(values.get('reason')).trim() || plainReason];
    const items = [...this.chosen].map((subject) => ({ kind: 'state' as const, subject, value, reason }));
    await this.ask(async () => {
      this.kept = (await change('POST /api/v1/corrections/bulk', {}, { items })).items;
      return `${countWords(items.length, 'state')} set.`;
    });
  }

  private async undo(): Promise<void> {
    await this.ask(async () => {
      const taken = this.kept;
      for (const { id } of taken) await change('DELETE /api/v1/corrections/{id}', { id: String(id) }, null);
      this.kept = [];
      return `${countWords(taken.length, 'state')} taken back.`;
    });
  }

  private async ask(work: () => Promise<string>): Promise<void> {
    this.problem = null;
    this.isBusy = true;
    try {
      const [first] = this.kept;
      announce(await work());
      const told = this.kept[0] ?? first;
      if (told) tell(this, 'pt-corrected', told);
    } catch (cause) {
      this.problem = asProblem(cause);
    } finally {
      this.isBusy = false;
    }
  }
}
