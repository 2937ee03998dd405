/**
 * Evidence mark: the small `°` beside everything that was inferred. Pressed, it opens the side note.
 *
 * Its shape tells how sure the rule is, so that colour is not needed: `°` certain, `°?` a guess.
 */
import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Why } from '../../server/wire.ts';
import { LightElement } from '../light-element.ts';
import { type Correctable, tell } from '../signals.ts';

@customElement('pt-evidence-mark')
export class EvidenceMark extends LightElement {
  @property({ attribute: false }) why!: Why;
  /** What is held to be so, as a sentence. */
  @property() claim = '';
  @property({ attribute: false }) correctable: Correctable | null = null;

  override render(): TemplateResult {
    const { confidenceWord, by } = this.why;
    const sure = by === 'rule' ? confidenceWord : `said by ${by}`;
    return html`<button
      type="button"
      class="evidence-mark ${confidenceWord}"
      aria-label=${`Why: ${this.claim} (${sure})`}
      title=${`Why? (${sure})`}
      @click=${this.ask}
    >°${confidenceWord === 'guess' ? '?' : ''}</button>`;
  }

  private ask(): void {
    tell(this, 'pt-evidence-asked', { why: this.why, claim: this.claim, correctable: this.correctable });
  }
}

/** The mark for a fact; nothing where nothing was inferred. */
export function evidenceMark(
  why: Why | null,
  claim: string,
  correctable: Correctable | null = null,
): TemplateResult | '' {
  if (!why) return '';
  return html`<pt-evidence-mark .why=${why} .claim=${claim} .correctable=${correctable}></pt-evidence-mark>`;
}
