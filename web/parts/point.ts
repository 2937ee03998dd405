/**
 * Point: one review comment: who, about which line, in which words, and what became of it.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { patchUrl, threadUrl } from '../../server/urls.ts';
import type { WirePoint } from '../../server/wire.ts';
import { correctablePoint } from '../signals.ts';
import { isUnsettled, pointWords, wordsFor } from '../status-words.ts';
import { countWords } from '../time-words.ts';
import { ago, chip, person } from './bits.ts';
import { evidenceMark } from './evidence-mark.ts';

/** `hasAnchor`: with the quoted line, where the point does not stand below it. */
export function drawPoint(point: WirePoint, hasAnchor: boolean): TemplateResult {
  const { id, messageId, author, atMs, kind, status, statusWhy, words, moreLines, anchorWords, on, posting } =
    point;
  const { word, tone } = wordsFor(pointWords, status);
  return html`<article class="point ${tone}" data-point=${isUnsettled(status) ? 'open' : 'done'} id=${`point-${id}`}>
    <header>
      <a class="point-link" href=${threadUrl(messageId)} aria-label=${`${author.name || author.address}: the mail`}>${chip(word, tone)}</a>
      ${evidenceMark(statusWhy, `This point is ${word}`, correctablePoint(point))}
      ${person(author)} <span class="muted">${kind.replaceAll('-', ' ')}${
        on
          ? html` on ${
              posting ? html`<a href=${`${patchUrl(posting)}#l${point.anchorEnd - 1}`}>${on}</a>` : on
            }`
          : nothing
      } · ${ago(atMs)}</span>
    </header>
    ${
      hasAnchor && anchorWords.length > 0
        ? html`<blockquote class="mail-text anchor">${anchorWords.slice(-4).join('\n')}</blockquote>`
        : nothing
    }
    <div class="mail-text words">${words.join('\n')}</div>
    ${moreLines > 0 ? html`<p class="muted">${countWords(moreLines, 'more line')} in <a href=${threadUrl(messageId)}>the mail</a></p>` : nothing}
  </article>`;
}
