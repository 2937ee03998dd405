/**
 * Signals: what elements tell the frame, by bubbling events, and what the frame says aloud.
 */
import type { Why, WireCorrection } from '../server/wire.ts';

/** What a person may correct where a fact is shown. */
export type Correctable =
  | { readonly kind: 'state'; readonly subject: string; readonly value: string }
  | { readonly kind: 'link'; readonly subject: string; readonly value: string };

export interface EvidenceAsked {
  readonly why: Why;
  /** What is held to be so, as a sentence. */
  readonly claim: string;
  readonly correctable: Correctable | null;
}

declare global {
  interface HTMLElementEventMap {
    'pt-evidence-asked': CustomEvent<EvidenceAsked>;
    'pt-corrected': CustomEvent<WireCorrection>;
    'pt-page-shown': CustomEvent<string>;
  }
}

/** Tells the frame something. */
export function tell<Name extends keyof HTMLElementEventMap>(
  element: HTMLElement,
  name: Name,
  detail: HTMLElementEventMap[Name] extends CustomEvent<infer Detail> ? Detail : never,
): void {
  element.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
}

/** Says a sentence to people who listen to the page. */
export function announce(sentence: string): void {
  const region = document.getElementById('live-region');
  if (region) region.textContent = sentence;
}
