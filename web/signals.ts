/**
 * Signals: what elements tell the frame, by bubbling events, and what the frame says aloud.
 */
import type { Why, WireCorrection, WirePoint } from '../server/wire.ts';

/** What a person may correct where a fact is shown. */
export type Correctable =
  | { readonly kind: 'state'; readonly subject: string; readonly value: string }
  | { readonly kind: 'link'; readonly subject: string; readonly value: string }
  /** Of a mail: its point that begins in a line, its stance, its trailer as `Name: value`. */
  | { readonly kind: 'point'; readonly subject: string; readonly line: number; readonly value: string }
  | { readonly kind: 'stance'; readonly subject: string; readonly value: string }
  | { readonly kind: 'trailer'; readonly subject: string; readonly value: string };

/** A point's id is its mail and its first line. */
export function correctablePoint({ id, messageId, status }: WirePoint): Correctable {
  return { kind: 'point', subject: messageId, line: Number(id.split('#').at(-1)), value: status };
}

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
