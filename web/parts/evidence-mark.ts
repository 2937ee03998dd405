/**
 * Evidence mark: the small `°` beside everything that was inferred. Pressed, it opens the side note.
 *
 * Its shape tells how sure the rule is, so that colour is not needed: `°` certain, `°?` a guess. A page may have
 * hundreds, so it is a plain button and no element of its own.
 */
import { html, type TemplateResult } from 'lit';
import type { Why } from '../../server/wire.ts';
import { type Correctable, tell } from '../signals.ts';

/** The mark for a fact; nothing where nothing was inferred. `claim`: what is held to be so, as a sentence. */
export function evidenceMark(
  why: Why | null,
  claim: string,
  correctable: Correctable | null = null,
): TemplateResult | '' {
  if (!why) return '';
  const { confidenceWord, by } = why;
  const sure = by === 'rule' ? confidenceWord : `said by ${by}`;
  const ask = (event: Event) => {
    if (event.currentTarget instanceof HTMLElement)
      tell(event.currentTarget, 'pt-evidence-asked', { why, claim, correctable });
  };
  return html`<button type="button" class="evidence-mark ${confidenceWord}" aria-label=${`Why: ${claim} (${sure})`}
    title=${`Why? (${sure})`} @click=${ask}>°${confidenceWord === 'guess' ? '?' : ''}</button>`;
}
