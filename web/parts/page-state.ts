/**
 * Page state: what stands where a page has no data yet, none at all, or a newer one that failed.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { searchUrl } from '../../server/urls.ts';
import type { ProblemError } from '../problem.ts';

interface Loaded<Value> {
  readonly value: Value | undefined;
  readonly isBusy: boolean;
  readonly problem: ProblemError | undefined;
  again(): void;
}

/** Draws the value; before it is there a quiet frame, after a failure the sentence with the old value kept. */
export function drawLoaded<Value>(
  load: Loaded<Value>,
  title: string,
  draw: (value: Value) => TemplateResult,
): TemplateResult {
  if (load.value === undefined) {
    if (!load.problem) return drawLoading(title);
    return html`<h1>${load.problem.status === 404 ? 'Not held here' : title}</h1>${drawProblem(load.problem, load)}`;
  }
  return html`${load.problem ? drawProblem(load.problem, load) : nothing}
    <div class="loaded" aria-busy=${load.isBusy}>${draw(load.value)}</div>`;
}

export function drawLoading(title: string): TemplateResult {
  return html`<h1>${title}</h1>
    <div class="loading" role="status"><span class="visually-hidden">Loading…</span>
      <i></i><i></i><i></i><i></i></div>`;
}

/** What happened, to what, what to do. */
export function drawProblem(problem: ProblemError, load: { again(): void } | null): TemplateResult {
  return html`<div class="error" role="alert">
    <p><strong>${problem.message}</strong></p>
    <p>${problem.remedy}</p>
    ${load ? html`<button @click=${() => load.again()}>Try again</button>` : nothing}
  </div>`;
}

/** Where an id looks like a Message-ID, others may hold it. */
export function drawElsewhere(id: string): TemplateResult | typeof nothing {
  if (!/^[^\s@]+@[^\s@]+$/.test(id)) return nothing;
  return html`<p>Look for it: <a href=${searchUrl(`m:${id}`)}>in this store</a> ·
    <a href=${`https://lore.kernel.org/all/${encodeURIComponent(id)}/`} rel="noopener noreferrer">at lore.kernel.org</a></p>`;
}

export function drawEmpty(why: string, next: TemplateResult | string = ''): TemplateResult {
  return html`<div class="empty"><p>${why}</p>${next === '' ? nothing : html`<p>${next}</p>`}</div>`;
}
