/**
 * Report view: one run of the checker: the verdict as a sentence, each check with its evidence, another run beside it.
 */
import { html, nothing, type TemplateResult } from 'lit';
import type { WireReport } from '../../server/wire.ts';
import { checkWords, signFor, verdictWords, wordsFor } from '../status-words.ts';
import { ago, chip } from './bits.ts';
import { drawArea } from './series-tables.ts';

type Check = WireReport['checks'][number];

/** The verdict, loud and in words. */
export function drawVerdictSentence({
  verdict,
  sentence,
  release,
  arch,
  isVirtual,
  machine,
  receivedMs,
}: WireReport): TemplateResult {
  const { word, tone } = wordsFor(verdictWords, verdict);
  return html`<div class="verdict ${tone}">
    <p class="verdict-word"><span aria-hidden="true">${signFor(verdictWords, verdict)}</span> ${word}</p>
    <p class="verdict-sentence">${sentence}</p>
    <p class="muted"><bdi>${machine}</bdi> · ${release} · ${arch}${isVirtual ? ' · virtual machine' : ''} · ${ago(receivedMs)}</p>
  </div>`;
}

export function drawChecks(report: WireReport, other: WireReport | undefined): TemplateResult {
  const names = [...new Set([...report.checks, ...(other?.checks ?? [])].map(({ name }) => name))];
  return drawArea(
    'Checks',
    ['Check', 'Outcome', ...(other ? ['The other report'] : []), 'Evidence'],
    names.map((name) => {
      const check = report.checks.find((one) => one.name === name);
      const beside = other?.checks.find((one) => one.name === name);
      return html`<tr class=${other && check?.status !== beside?.status ? 'differs' : ''}>
        <th scope="row"><code>${name}</code></th>
        <td>${drawStatus(check)}</td>
        ${other ? html`<td>${drawStatus(beside)}</td>` : nothing}
        <td>${drawEvidence(check)}</td></tr>`;
    }),
  );
}

function drawStatus(check: Check | undefined): TemplateResult {
  if (!check) return html`<span class="muted">not run</span>`;
  const { word, tone } = wordsFor(checkWords, check.status);
  return html`${chip(`${signFor(checkWords, check.status)} ${word}`, tone)} <span class="muted">${check.reason.replaceAll('-', ' ')}</span>`;
}

/** The checker's own sentence, or some numbers; all of them unfolded. */
function drawEvidence(check: Check | undefined): TemplateResult {
  const entries = Object.entries(check?.evidence ?? {}).filter(([, value]) => typeof value !== 'object');
  if (entries.length === 0) return html`<span class="muted">–</span>`;
  const detail = check?.evidence.detail;
  const numbers = entries.slice(0, 3).map(([name, value]) => `${name} ${String(value)}`);
  return html`<details><summary>${typeof detail === 'string' ? detail : numbers.join(', ')}</summary>
    <dl class="evidence-numbers">${entries.map(([name, value]) => html`<dt>${name}</dt><dd>${String(value)}</dd>`)}</dl></details>`;
}
