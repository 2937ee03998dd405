/**
 * Search help: the words of the query language, from the server's own table of them.
 */
import { html, type TemplateResult } from 'lit';
import { searchUrl } from '../../server/urls.ts';
import type { Completion } from '../../server/wire.ts';
import { drawArea } from './series-tables.ts';

export function drawSearchHelp(completions: readonly Completion[]): TemplateResult {
  return html`
    <p>Words find mails that hold all of them. <code>"two words"</code> stand in a row; <code>AND</code>, <code>OR</code>,
      <code>NOT</code> or <code>-</code>, and brackets combine; <code>word*</code> finds what begins so. A pasted link of
      lore or Patchwork, or a Message-ID in <code>&lt;…&gt;</code>, leads right there.</p>
    ${drawArea(
      'Prefixes',
      ['Write', 'Finds', 'Example'],
      completions.map(
        ({ insert, help, example }) => html`<tr><th scope="row"><code>${insert}</code></th><td>${help}</td>
          <td>${example === '' ? '' : html`<a href=${searchUrl(example)}><code>${example}</code></a>`}</td></tr>`,
      ),
    )}`;
}
