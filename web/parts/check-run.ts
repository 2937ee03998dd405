/**
 * Check run: the events of the local check made into steps, a progress and a log. Pure but for drawing.
 */
import { html, nothing, type TemplateResult } from 'lit';
import type { CheckEvent } from '../../server/wire.ts';
import { checkWords, signFor, wordsFor } from '../status-words.ts';
import { chip } from './bits.ts';

export interface RunState {
  readonly phase: 'building' | 'checking' | CheckEvent['kind'];
  /** Checks in the order of the run; an empty status is still to come. */
  readonly checks: readonly { readonly name: string; readonly status: string }[];
  readonly current: string;
  readonly done: number;
  readonly target: number;
  readonly log: readonly string[];
}

export const runStart: RunState = { phase: 'building', checks: [], current: '', done: 0, target: 0, log: [] };

/** The run after one more event. */
export function withEvent(run: RunState, { kind, text, line }: CheckEvent): RunState {
  const log = text === '' ? run.log : [...run.log, text].slice(-200);
  if (kind !== 'line' || !line) return { ...run, phase: kind === 'line' ? 'checking' : kind, log };
  const next: RunState = { ...run, phase: 'checking', log };
  const [name, status] = [wordOf(line.check), wordOf(line.status)];
  switch (line.type) {
    case 'start':
      return { ...next, checks: namesOf(line.checks).map((one) => ({ name: one, status: '' })) };
    case 'progress':
      return {
        ...next,
        current: name,
        done: numberOf(line.effective ?? line.trials),
        target: numberOf(line.target),
      };
    case 'result':
      return {
        ...next,
        current: '',
        done: 0,
        target: 0,
        checks: next.checks.some((one) => one.name === name)
          ? next.checks.map((one) => (one.name === name ? { name, status } : one))
          : [...next.checks, { name, status }],
      };
    default:
      return next;
  }
}

export function drawRun({ phase, checks, current, done, target, log }: RunState): TemplateResult {
  const ended = checks.filter(({ status }) => status !== '').length;
  return html`<div class="run">
    <p>${phase === 'building' ? 'Building the checker…' : checks.length === 0 ? 'Looking at this machine…' : `${ended} of ${checks.length} checks done`}
      ${current === '' ? nothing : html`<span class="muted">now <code>${current}</code>${target > 0 ? `, ${done} of ${target} samples` : ''}</span>`}</p>
    <progress aria-label="Local check" max=${Math.max(1, checks.length)} .value=${ended + (target > 0 ? Math.min(1, done / target) : 0)}></progress>
    <ul class="run-checks">${checks.map(({ name, status }) => {
      const { word, tone } = wordsFor(checkWords, status);
      return html`<li><code>${name}</code> ${status === '' ? html`<span class="muted">${name === current ? 'running' : 'waits'}</span>` : chip(`${signFor(checkWords, status)} ${word}`, tone)}</li>`;
    })}</ul>
    <details><summary>Log</summary><div class="mail-text log" tabindex="0" role="region" aria-label="Log">${log.join('\n')}</div></details>
  </div>`;
}

function wordOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

function namesOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
