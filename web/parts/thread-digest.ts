/**
 * Thread digest: what was found, disputed and decided in a thread, in the words of those who took part, and where it
 * leads. Fetched when it is opened: most readers come for one mail.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { patchUrl, seriesUrl, threadUrl } from '../../server/urls.ts';
import type { ThreadDigest, WireDigestItem, WireDigestLink, WireEvidence } from '../../server/wire.ts';
import { get } from '../client.ts';
import { LightElement } from '../light-element.ts';
import { asProblem, type ProblemError } from '../problem.ts';
import { digestWords, pointWords, wordsFor } from '../status-words.ts';
import { countWords } from '../time-words.ts';
import { ago, chip, person } from './bits.ts';
import { evidenceMark } from './evidence-mark.ts';
import { drawProblem } from './page-state.ts';

const groups: readonly (readonly [WireDigestItem['group'], string])[] = [
  ['turning-point', 'Turning points'],
  ['disagreement', 'Disagreements'],
  ['decision', 'Decisions'],
];

/** Lines of a span that are shown; its mail has the rest. */
const shownLines = 5;

@customElement('pt-thread-digest')
export class ThreadDigestPart extends LightElement {
  @property() thread = '';
  @state() private digest: ThreadDigest | null = null;
  @state() private problem: ProblemError | null = null;

  override render(): TemplateResult {
    return html`<details class="digest" @toggle=${this.opened}>
      <summary data-key="d">What was decided</summary>
      ${this.problem ? drawProblem(this.problem, { again: () => void this.fetch() }) : nothing}
      ${this.digest ? drawDigest(this.digest) : this.problem ? nothing : html`<p class="muted" role="status">Loading…</p>`}
    </details>`;
  }

  private opened(event: Event): void {
    const isOpen = event.target instanceof HTMLDetailsElement && event.target.open;
    if (isOpen && this.digest?.id !== this.thread) void this.fetch();
  }

  private async fetch(): Promise<void> {
    this.problem = null;
    try {
      this.digest = await get('GET /api/v1/threads/{id}/digest', { id: this.thread }, {});
    } catch (cause) {
      this.problem = asProblem(cause);
    }
  }
}

function drawDigest({ items, links }: ThreadDigest): TemplateResult {
  return html`${
    items.length === 0 ? html`<p class="muted">Nothing in it was plainly decided or disputed.</p>` : nothing
  }
    ${groups.map(([group, title]) =>
      drawGroup(
        title,
        items.filter((item) => item.group === group),
      ),
    )}
    ${
      links.length === 0
        ? nothing
        : html`<section><h2>It points to <span class="count">${links.length}</span></h2>
      <ul class="digest-links">${links.map(drawLink)}</ul></section>`
    }`;
}

function drawGroup(title: string, items: readonly WireDigestItem[]): TemplateResult | typeof nothing {
  if (items.length === 0) return nothing;
  return html`<section><h2>${title} <span class="count">${items.length}</span></h2>
    <ol class="digest-items">${items.map(drawItem)}</ol></section>`;
}

function drawItem({
  kind,
  person: who,
  atMs,
  span,
  answers,
  outcome,
  addressed,
  why,
}: WireDigestItem): TemplateResult {
  const { word, tone } = wordsFor(digestWords, kind);
  const became = outcome && wordsFor(pointWords, outcome.status);
  const settled = outcome?.why.evidence.find(({ messageId }) => messageId !== span.messageId);
  return html`<li>
    <p><a href=${threadUrl(span.messageId)} aria-label=${`${word}: the mail`}>${chip(word, tone)}</a>${evidenceMark(why, `${who.name || who.address}: ${word}`)}
      ${person(who)} <span class="muted">${ago(atMs)}</span>
      ${addressed > 0 ? html`<span class="muted">addresses ${countWords(addressed, 'point')} of this thread</span>` : nothing}</p>
    ${answers && answers.words.length > 0 ? html`<blockquote class="mail-text anchor">${textOf(answers)}</blockquote>` : nothing}
    <div class="mail-text words">${textOf(span)}</div>
    ${
      outcome && became
        ? html`<p class="outcome">${chip(became.word, became.tone)}${evidenceMark(outcome.why, `It is ${became.word}`)}
        ${settled && settled.words.length > 0 ? html`<a href=${threadUrl(settled.messageId)}><q class="mail-text">${textOf(settled)}</q></a>` : nothing}</p>`
        : nothing
    }
  </li>`;
}

function drawLink({
  kind,
  messageId,
  masked,
  sha,
  title,
  isHeld,
  isFixes,
  series,
  places,
}: WireDigestLink): TemplateResult {
  const named = places[0];
  const label =
    kind === 'commit'
      ? html`${isFixes ? 'fixes ' : ''}<code>${sha.slice(0, 12)}</code> <bdi>${title}</bdi>`
      : html`<bdi>${title || messageId}</bdi>`;
  const url =
    !isHeld || messageId === null ? null : kind === 'commit' ? patchUrl(messageId) : threadUrl(messageId);
  return html`<li>${url === null ? label : html`<a href=${url}>${label}</a>`}
    ${series ? html`<a href=${seriesUrl(series)}>series</a>` : nothing}
    ${kind === 'mail' && !isHeld ? html`<span class="muted">not held</span>` : nothing}
    ${masked === '' ? nothing : html`<span class="muted">written <code>${masked}</code></span>`}
    ${named ? html`<a class="muted" href=${threadUrl(named.messageId)}>${countWords(places.length, 'place')}</a>` : nothing}
  </li>`;
}

function textOf({ words }: WireEvidence): string {
  return words.slice(0, shownLines).join('\n');
}
