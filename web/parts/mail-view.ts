/**
 * Mail view: one mail of a thread: head line, text, attachments, and what can be done with it.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { anchorOf, patchUrl, seriesUrl, threadUrl } from '../../server/urls.ts';
import type { MessageDetail, MessageSummary } from '../../server/wire.ts';
import { replyCommand, replyUrl } from '../reply.ts';
import type { QuoteSource } from '../thread-shape.ts';
import { sizeWords, utcWords } from '../time-words.ts';
import { ago, chip, copyButton, person } from './bits.ts';
import './quoted-text.ts';
import type { QuotedText } from './quoted-text.ts';

export interface MailContext {
  readonly hasAllQuotes: boolean;
  find(messageId: string): QuoteSource | null;
}

export function drawMail(message: MessageDetail, context: MailContext): TemplateResult {
  const { messageId, troubles, attachments, copies, trailersGiven } = message;
  return html`${troubles.map(({ detail }) => html`<p class="trouble">${detail}</p>`)}
    ${copies > 0 ? html`<p class="trouble">Other copies of this mail differ in their bytes.</p>` : nothing}
    <pt-quoted-text .message=${message} .whole=${context.hasAllQuotes} .find=${context.find}></pt-quoted-text>
    ${attachments.map(
      ({ filename, contentType, sizeBytes, text }) => html`<details class="attachment">
        <summary><bdi>${filename || 'attachment'}</bdi> <span class="muted">${contentType}, ${sizeWords(sizeBytes)}</span></summary>
        ${text === null ? html`<p class="muted">Not shown: it is no text. The raw mail holds it.</p>` : html`<div class="mail-text">${text}</div>`}
      </details>`,
    )}
    ${
      trailersGiven.length === 0
        ? nothing
        : html`<p class="given">${trailersGiven.map(
            ({ name, messageId: on }) =>
              html`${chip(name, 'ok')} <a href=${patchUrl(on)}>for this patch</a> `,
          )}</p>`
    }
    <footer class="mail-tools">
      <a href=${threadUrl(messageId)}>Permalink</a>
      <a href=${`/raw/${encodeURIComponent(messageId)}`}>Raw</a>
      ${message.isPosting ? html`<a href=${patchUrl(messageId)}>As patch</a>` : nothing}
      ${message.series ? html`<a href=${seriesUrl(message.series)}>Series</a>` : nothing}
      ${copyButton('Copy Message-ID', `<${messageId}>`, 'm')}
      <a data-key="r" href=${replyUrl(message)}>Reply</a>
      ${copyButton('Copy git send-email line', replyCommand(message))}
      <button type="button" class="copy" @click=${toggleQuotes}>Fold or open quotes</button>
      <details class="recipients"><summary>Headers</summary><dl>
        ${drawHeader('Message-ID', messageId)}${drawHeader('Date', message.dateText)}
        ${drawHeader('To', message.to.map(({ name, address }) => `${name} <${address}>`).join(', '))}
        ${drawHeader('Cc', message.cc.map(({ name, address }) => `${name} <${address}>`).join(', '))}
        ${drawHeader('Seen on', message.appearances.map(({ list }) => list).join(', '))}
      </dl></details>
    </footer>`;
}

/** Who and when; the subject where it is not that of the mail before. */
export function drawMailHead(
  message: MessageSummary,
  hasSubject: boolean,
  isUnread: boolean,
): TemplateResult {
  const { messageId, subject, from, sortMs, parentIsGuess } = message;
  return html`<header class="mail-head">
    ${hasSubject ? html`<h2><bdi>${subject}</bdi></h2>` : nothing}
    <a class="mail-link" href=${`#${anchorOf(messageId)}`} aria-label=${`This mail by ${from.name || from.address}`}>#</a>
    ${isUnread ? html`<span class="news">new</span>` : nothing} <strong>${person(from)}</strong> <span class="muted">${ago(sortMs)} · ${utcWords(sortMs)}</span>
    ${parentIsGuess ? html`<span class="muted">its place in the thread is a guess</span>` : nothing}
  </header>`;
}

function drawHeader(name: string, value: string): TemplateResult | typeof nothing {
  return value === '' ? nothing : html`<dt>${name}</dt><dd><bdi>${value}</bdi></dd>`;
}

function toggleQuotes(event: Event): void {
  const target = event.currentTarget;
  if (!(target instanceof Element)) return;
  target.closest('article')?.querySelector<QuotedText>('pt-quoted-text')?.toggleAll();
}
