/**
 * Evidence note: the side note that says why something is held to be so, with the words that prove it.
 *
 * Not modal: the page beside it can still be read. It can be corrected here where this page may ask for changes; a
 * correction is undone at the same place.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { threadUrl } from '../../server/urls.ts';
import type { WireCorrection, WireEvidence } from '../../server/wire.ts';
import { change, get, mayChange } from '../client.ts';
import { LightElement } from '../light-element.ts';
import { asProblem, type ProblemError } from '../problem.ts';
import { announce, type Correctable, type EvidenceAsked, tell } from '../signals.ts';
import { ago } from './bits.ts';
import { correctionWords, drawChoice, isSaidOf, saidBy } from './correction-form.ts';

@customElement('pt-evidence-note')
export class EvidenceNote extends LightElement {
  @state() private asked: EvidenceAsked | null = null;
  @state() private corrections: readonly WireCorrection[] = [];
  @state() private problem: ProblemError | null = null;
  @query('dialog') private dialog?: HTMLDialogElement;
  private opener: HTMLElement | null = null;

  async open(asked: EvidenceAsked, opener: HTMLElement | null): Promise<void> {
    this.asked = asked;
    this.opener = opener;
    this.corrections = [];
    this.problem = null;
    await this.updateComplete;
    // The form is the same element for every fact: nobody goes on with what was written about another.
    this.querySelector('details.correct')?.removeAttribute('open');
    this.querySelector('form')?.reset();
    this.dialog?.show();
    this.querySelector<HTMLElement>('h2')?.focus();
    if (asked.correctable) await this.loadCorrections(asked.correctable);
  }

  close(): void {
    if (!this.dialog?.open) return;
    this.dialog.close();
    this.opener?.focus();
  }

  override render(): TemplateResult {
    return html`<dialog class="evidence-note" aria-labelledby="evidence-title">
      ${this.asked ? this.drawNote(this.asked) : nothing}
    </dialog>`;
  }

  private drawNote({ why, claim, correctable }: EvidenceAsked): TemplateResult {
    const { rule, says, confidenceWord, by, evidence } = why;
    return html`
      <button class="close" aria-label="Close" @click=${this.close}>✕</button>
      <h2 id="evidence-title" tabindex="-1">${claim}</h2>
      <p>${says}</p>
      <p class="muted">
        ${by === 'rule' ? html`Rule <code>${rule}</code>` : html`Said by <strong>${by}</strong>`} ·
        <strong class="confidence ${confidenceWord}">${confidenceWord}</strong>
      </p>
      ${
        evidence.length === 0
          ? html`<p class="muted">No words to show: the rule looks at the shape of mails only.</p>`
          : evidence.map(drawEvidence)
      }
      ${correctable && mayChange() ? this.drawForm(correctable) : nothing}
      ${
        correctable || !mayChange()
          ? nothing
          : html`<p class="muted">Wrong? It follows from other things that can be corrected: the state of the series, which
            patch follows which, and what each mail says.</p>`
      }
      ${
        this.problem
          ? html`<p role="alert" class="error">${this.problem.message} ${this.problem.remedy}</p>`
          : nothing
      }
      ${this.corrections.map((correction) => this.drawCorrection(correction))}
    `;
  }

  private drawForm(correctable: Correctable): TemplateResult {
    return html`<details class="correct">
      <summary>Wrong? Correct this…</summary>
      <form @submit=${this.submit}>
        ${drawChoice(correctable)}
        <label>Why? <input name="reason" required maxlength="500" autocomplete="off" /></label>
        <button class="primary">Keep the correction</button>
      </form>
    </details>`;
  }

  private drawCorrection(correction: WireCorrection): TemplateResult {
    const { id, atMs, by, reason, undoneBy } = correction;
    const what = `${by} said: ${correctionWords(correction)}${reason ? `, since ${reason}` : ''}`;
    if (undoneBy !== null) return html`<p class="muted"><s>${what}</s> (taken back)</p>`;
    return html`<p>${what} <span class="muted">${ago(atMs)}</span>
      ${mayChange() ? html`<button @click=${() => this.undo(id)}>Undo</button>` : nothing}</p>`;
  }

  private async submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const correctable = this.asked?.correctable;
    if (!correctable || !(event.target instanceof HTMLFormElement)) return;
    const form = new FormData(event.target);
    const request = { ...saidBy(correctable, form), reason: String(form.get('reason')) };
    await this.ask(() => change('POST /api/v1/corrections', {}, request));
  }

  private async undo(id: number): Promise<void> {
    await this.ask(() => change('DELETE /api/v1/corrections/{id}', { id: String(id) }, null));
  }

  private async ask(request: () => Promise<WireCorrection>): Promise<void> {
    this.problem = null;
    try {
      const correction = await request();
      announce('The correction is kept.');
      tell(this, 'pt-corrected', correction);
      if (this.asked?.correctable) await this.loadCorrections(this.asked.correctable);
    } catch (cause) {
      this.problem = asProblem(cause);
    }
  }

  private async loadCorrections(correctable: Correctable): Promise<void> {
    try {
      const { items } = await get('GET /api/v1/corrections', {}, { subject: correctable.subject });
      this.corrections = items.filter((one) => isSaidOf(correctable, one));
    } catch (cause) {
      this.problem = asProblem(cause);
    }
  }
}

function drawEvidence({ messageId, part, start, end, words }: WireEvidence): TemplateResult {
  const where = part === 'body' ? `lines ${start + 1} to ${end}` : `header ${part}`;
  return html`<figure class="proof">
    <blockquote class="mail-text">${words.join('\n')}</blockquote>
    <figcaption><a href=${threadUrl(messageId)}>${where} of <code>${messageId}</code></a></figcaption>
  </figure>`;
}
