/**
 * Mail diff: a diff within a mail, drawn from its lines as they were sent.
 *
 * Line classes only: the mail is shown as it is, even where its diff is broken. Parsed files: ./diff-view.ts.
 */
import { html, type TemplateResult } from 'lit';

/** Lines `start` to `end` of a body. */
export function drawMailDiff(
  body: readonly string[],
  start: number,
  end: number,
  label: string,
): TemplateResult {
  let isInHunk = false;
  const lines = body.slice(start, end).map((line) => {
    if (line.startsWith('diff --git ')) isInHunk = false;
    if (line.startsWith('@@')) isInHunk = true;
    return html`<div class="line ${classOf(line, isInHunk)}">${line === '' ? ' ' : line}</div>`;
  });
  return html`<div class="diff-area mail-diff" tabindex="0" role="region" aria-label=${label}>
    <div class="diff-lines">${lines}</div>
  </div>`;
}

function classOf(line: string, isInHunk: boolean): string {
  if (line.startsWith('@@')) return 'hunk';
  if (!isInHunk) return 'meta';
  if (line.startsWith('+')) return 'added';
  return line.startsWith('-') ? 'removed' : 'same';
}
