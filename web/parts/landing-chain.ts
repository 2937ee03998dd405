/** Landing chain: the way of a series into trees, releases and kernels as one line, in order of time. */
import { html, nothing, type TemplateResult } from 'lit';
import { urlOf } from '../../server/urls.ts';
import type { KernelFix, WireLanding } from '../../server/wire.ts';
import { noticeWords } from '../status-words.ts';
import { dateWords, utcWords } from '../time-words.ts';

/** `fix`: the tracked fix that the series became, where it is one. */
export function drawLandingChain(
  landings: readonly WireLanding[],
  fix: KernelFix | undefined,
): TemplateResult {
  const steps = new Map<string, WireLanding>();
  for (const landing of [...landings].sort((a, b) => a.atMs - b.atMs)) {
    const key = `${noticeWords[landing.kind] ?? landing.kind} ${landing.tree} ${landing.release}`;
    if (!steps.has(key)) steps.set(key, landing);
  }
  return html`<ol class="chain" aria-label="Where it went">
    ${[...steps.values()].map(
      ({ kind, sha, tree, release, atMs }) => html`<li>
        <strong>${noticeWords[kind] ?? kind}</strong>
        <bdi>${[tree, release].filter((part) => part !== '').join(', ')}</bdi>
        ${sha === '' ? nothing : html`<code title=${sha}>${sha.slice(0, 12)}</code>`}
        <time datetime=${new Date(atMs).toISOString()} title=${utcWords(atMs)}>${dateWords(atMs)}</time>
      </li>`,
    )}
    ${fix ? html`<li><a href=${urlOf({ page: 'kernels', fix: fix.name })}>${kernelWords(fix)}</a></li>` : nothing}
  </ol>`;
}

function kernelWords({ cells }: KernelFix): string {
  const count = (wanted: string) => cells.filter(({ expected }) => expected === wanted).length;
  return `kernels: ${count('fixed')} fixed, ${count('broken')} not fixed, ${count('unknown')} unknown`;
}
