/** Take it: the ways in which one version gets into a git tree: mbox, `git am`, `b4 am`. */
import { html, type TemplateResult } from 'lit';
import { seriesUrl, threadUrl, twinUrl } from '../../server/urls.ts';
import type { SeriesDetail } from '../../server/wire.ts';
import { copyButton } from './bits.ts';

/** `shown`: label of the version. */
export function drawTakeIt({ summary, revisions }: SeriesDetail, shown: string): TemplateResult {
  const revision = revisions.find(({ label }) => label === shown);
  const mbox = twinUrl(seriesUrl(summary.id, shown), 'mbox');
  const b4 = `b4 am ${revision?.id ?? summary.id}`;
  const thread = revision?.thread ?? summary.id;
  return html`<p><a href=${mbox} download>mbox for git am</a>, with the trailers that were given.</p>
    ${drawCommand(gitAm(mbox), '')}${drawCommand(b4, 'b')}
    <p><a href=${threadUrl(thread)}>Thread of ${shown}</a></p>`;
}

/** Fetches an mbox of ours and applies it. */
export function gitAm(path: string): string {
  return `curl -s '${location.origin}${path.replaceAll("'", '%27')}' | git am -3`;
}

export function drawCommand(command: string, key: string): TemplateResult {
  return html`<p class="command"><code>${command}</code> ${copyButton('Copy', command, key)}</p>`;
}
