/**
 * Bits: the smallest drawn things that all pages share: times, people, chips, copy buttons.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { personUrl } from '../../server/urls.ts';
import type { CheckCounts, PersonName } from '../../server/wire.ts';
import { announce } from '../signals.ts';
import { type Tone, wordsFor } from '../status-words.ts';
import { spanWords, utcWords } from '../time-words.ts';

/** How long ago, with the exact local and UTC time for whoever asks. */
export function ago(ms: number): TemplateResult {
  const now = Date.now();
  const words = ms > now ? `in ${spanWords(ms - now)}` : `${spanWords(now - ms)} ago`;
  return html`<time datetime=${new Date(ms).toISOString()} title=${exactly(ms)}>${words}</time>`;
}

export function exactly(ms: number): string {
  return `${new Date(ms).toLocaleString()} here · ${utcWords(ms)}`;
}

/** A person by name; the address stays the archive's. */
export function person({ name, address }: PersonName): TemplateResult {
  const shown = name || address || 'somebody';
  if (address === '') return html`<bdi>${shown}</bdi>`;
  return html`<a class="person" href=${personUrl(address)} title=${address}><bdi>${shown}</bdi></a>`;
}

export function chip(word: string, tone: Tone = 'calm'): TemplateResult {
  return html`<span class="chip ${tone}">${word}</span>`;
}

export function chipFor(table: Parameters<typeof wordsFor>[0], value: string): TemplateResult {
  const { word, tone } = wordsFor(table, value);
  return chip(word, tone);
}

/** A button that copies a text and says so. */
export function copyButton(label: string, text: string, key = ''): TemplateResult {
  const copy = async (event: Event) => {
    const button = event.currentTarget instanceof HTMLElement ? event.currentTarget : null;
    try {
      await navigator.clipboard.writeText(text);
      announce(`Copied: ${text}`);
      button?.classList.add('done');
      setTimeout(() => button?.classList.remove('done'), 1500);
    } catch {
      // Without permission to write, a prompt lets the reader copy by hand.
      prompt('Copy this:', text);
    }
  };
  return html`<button type="button" class="copy" data-key=${key === '' ? nothing : key} @click=${copy}>${label}</button>`;
}

/** A1 R2 T0: said in words to who listens. */
export function trailerCounts(counts: { acked: number; reviewed: number; tested: number }): TemplateResult {
  const one = (letter: string, word: string, count: number) =>
    html`<span class=${count > 0 ? 'has' : 'none'} title=${`${count} ${word}`}
      ><span aria-hidden="true">${letter}${count}</span><span class="visually-hidden">${count} ${word}, </span></span>`;
  return html`<span class="trailer-counts">${one('A', 'acked', counts.acked)} ${one('R', 'reviewed', counts.reviewed)}
    ${one('T', 'tested', counts.tested)}</span>`;
}

const checkStates = [
  ['success', 'S', 'ok'],
  ['warning', 'W', 'warn'],
  ['fail', 'F', 'bad'],
  ['pending', 'P', 'calm'],
] as const;

/** S3 W0 F1, as Patchwork counts what machines said; nothing where none said anything. */
export function checkCounts(counts: CheckCounts): TemplateResult | typeof nothing {
  const shown = checkStates.filter(([state]) => state !== 'pending' || counts.pending > 0);
  if (checkStates.every(([state]) => counts[state] === 0)) return nothing;
  return html`<span class="check-counts"><span class="visually-hidden">Checks: </span>${shown.map(
    ([state, letter, tone]) =>
      html`<span class=${counts[state] > 0 ? tone : 'none'} title=${`checks: ${counts[state]} ${state}`}
        ><span aria-hidden="true">${letter}${counts[state]}</span><span class="visually-hidden">${counts[state]} ${state}, </span></span>`,
  )}</span>`;
}
