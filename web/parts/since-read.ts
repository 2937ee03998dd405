/** Since read: what came to a series since its reader looked last, each with a way to it. Loaded only where it is needed. */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { compareUrl, seriesUrl, threadUrl } from '../../server/urls.ts';
import type { SeriesDetail } from '../../server/wire.ts';
import { LightElement } from '../light-element.ts';
import { seriesNews } from '../series-news.ts';
import { noticeWords, stanceWords, wordsFor } from '../status-words.ts';
import { countWords } from '../time-words.ts';
import { ago, person } from './bits.ts';

@customElement('pt-since-read')
export class SinceRead extends LightElement {
  @property({ attribute: false }) series!: SeriesDetail;
  @property({ attribute: false }) sinceMs = 0;

  override render(): TemplateResult {
    return drawSinceRead(this.series, this.sinceMs);
  }
}

function drawSinceRead(series: SeriesDetail, sinceMs: number): TemplateResult {
  const { id } = series.summary;
  const { revisions, lastSeen, points, stances, landings } = seriesNews(series, sinceMs);
  const newest = revisions.at(-1);
  const count = revisions.length + points.length + stances.length + landings.length;
  return html`<section class="since-read" aria-labelledby="since-read">
    <h2 id="since-read">Since you last looked</h2>
    <p class="muted">Read up to the mail of ${ago(sinceMs)}.</p>
    <ul>
      ${revisions.map(({ label, sentMs }) => html`<li><a href=${seriesUrl(id, label)}>${label}</a> was sent ${ago(sentMs)}</li>`)}
      ${
        newest && lastSeen
          ? html`<li><a href=${compareUrl(id, lastSeen.label, newest.label)}>What changed from ${lastSeen.label} to ${newest.label}</a></li>`
          : nothing
      }
      ${landings.map(
        ({ kind, tree, release, notice }) =>
          html`<li>${noticeWords[kind] ?? kind} <bdi>${[tree, release].filter((part) => part !== '').join(', ')}</bdi>
            ${notice === '' ? nothing : html`<a href=${threadUrl(notice)}>read</a>`}</li>`,
      )}
      ${stances.map(
        ({ person: who, kind, messageId, atMs }) =>
          html`<li>${person(who)} <a href=${threadUrl(messageId)}>${wordsFor(stanceWords, kind).word}</a> ${ago(atMs)}</li>`,
      )}
      ${points.length === 0 ? nothing : html`<li><a href="#points">${countWords(points.length, 'new point')}</a></li>`}
      ${count === 0 ? html`<li>New mail, but no version, point or approval in it.</li>` : nothing}
    </ul>
  </section>`;
}
