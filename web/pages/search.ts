/**
 * Search: what was understood, what was found, in groups of one thread; errors with the part that is wrong.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type PlaceOf, seriesUrl, threadUrl, urlOf } from '../../server/urls.ts';
import type { SearchAnswer, SearchResult } from '../../server/wire.ts';
import { get } from '../client.ts';
import { cutAtMarks } from '../diff-rows.ts';
import { LightElement } from '../light-element.ts';
import { Load } from '../load.ts';
import { pageShown } from '../page-shown.ts';
import { ago, person } from '../parts/bits.ts';
import { MorePages } from '../parts/load-more.ts';
import { drawEmpty, drawLoaded } from '../parts/page-state.ts';
import { drawSearchHelp } from '../parts/search-help.ts';
import '../parts/view-bar.ts';
import type { ProblemError } from '../problem.ts';
import { announce } from '../signals.ts';
import { numberWords } from '../time-words.ts';

/** Lines of a mail that are shown. */
const mostLines = 4;

type SearchPlace = PlaceOf<'search'>;

@customElement('pt-search-page')
export class SearchPage extends LightElement {
  @property({ attribute: false }) place!: SearchPlace;
  private readonly more = new MorePages<SearchResult>(this, (cursor) =>
    get('GET /api/v1/search', {}, { q: this.place.query, sort: this.place.sort, cursor }),
  );
  private readonly load = new Load<SearchAnswer | null, [string, SearchPlace['sort'], string]>(
    this,
    () => [this.place.query, this.place.sort, this.place.after],
    async ([q, sort, cursor], signal) => {
      if (q.trim() === '') return null;
      const answer = await get(
        'GET /api/v1/search',
        {},
        { q, sort, ...(cursor === '' ? {} : { cursor }) },
        signal,
      );
      this.more.start(answer);
      announce(countOf(answer));
      return answer;
    },
  );
  private readonly help = new Load(
    this,
    () => [this.place.query === ''] as const,
    async ([isWanted], signal) =>
      isWanted ? (await get('GET /api/v1/search/completions', {}, { q: '', caret: 0 }, signal)).items : [],
  );

  private get pageTitle(): string {
    return this.place.query === '' ? 'Search' : `Search: ${this.place.query}`;
  }

  protected override updated(): void {
    pageShown(this, this.load, this.pageTitle);
  }

  override render(): TemplateResult {
    const { problem } = this.load;
    if (problem?.span) return this.drawQueryError(problem, problem.span);
    return drawLoaded(this.load, this.pageTitle, (answer) =>
      answer
        ? this.draw(answer)
        : html`<h1>Search</h1><pt-view-bar .mayAdd=${false}></pt-view-bar>${drawSearchHelp(this.help.value ?? [])}`,
    );
  }

  private draw(answer: SearchAnswer): TemplateResult {
    const { place } = this;
    const results = [...answer.items, ...this.more.items];
    return html`
      <header class="page-head"><h1>Search</h1>
        <p>${answer.understood} <span class="muted">· ${countOf(answer)}</span></p>
        <p class="tools">
          <a class="button" href=${urlOf({ ...place, after: '', sort: place.sort === 'newest' ? 'relevance' : 'newest' })}>${place.sort === 'newest' ? 'Best first' : 'Newest first'}</a>
          <a class="button" href=${urlOf({ ...place, isFlat: !place.isFlat })}>${place.isFlat ? 'Group by thread' : 'Mail by mail'}</a>
          <a href="/help/search">Search language</a></p>
        <pt-view-bar .url=${urlOf({ ...place, after: '' })} .suggestion=${place.query}></pt-view-bar>
      </header>
      ${results.length === 0 ? this.drawNothing() : nothing}
      ${place.isFlat ? html`<ol class="results">${results.map((one) => html`<li data-row>${drawResult(one, true)}</li>`)}</ol>` : drawGroups(results)}
      ${this.more.draw()}
    `;
  }

  private drawNothing(): TemplateResult {
    return drawEmpty(
      'No mail fits.',
      html`Fewer words find more; a word finds its beginnings with <code>*</code>. <a href="/help/search">All that can be asked</a>`,
    );
  }

  /** The query again with the part underlined that could not be understood. */
  private drawQueryError(
    { message, remedy }: ProblemError,
    [start, end]: readonly [number, number],
  ): TemplateResult {
    const { query } = this.place;
    const last = Math.max(end, start + 1);
    return html`<h1>Search</h1>
      <div class="error" role="alert">
        <p class="mail-text query">${query.slice(0, start)}<mark class="wrong">${query.slice(start, last) || '␣'}</mark>${query.slice(last)}</p>
        <p><strong>${message}</strong></p><p>${remedy}</p>
      </div>
      <p><a href="/help/search">Search language</a></p>`;
  }
}

function drawGroups(results: readonly SearchResult[]): TemplateResult {
  const groups = new Map<string, SearchResult[]>();
  for (const result of results) {
    const key = result.message.thread;
    groups.set(key, [...(groups.get(key) ?? []), result]);
  }
  return html`<ol class="results">${[...groups.values()].map(([first, ...others]) =>
    first
      ? html`<li class="group">
          <div data-row>${drawResult(first, true)}</div>
          ${others.length === 0 ? nothing : html`<ol>${others.map((one) => html`<li data-row>${drawResult(one, false)}</li>`)}</ol>`}
        </li>`
      : nothing,
  )}</ol>`;
}

function drawResult({ message, series, lines }: SearchResult, hasSubject: boolean): TemplateResult {
  const { messageId, subject, from, sortMs, lists } = message;
  return html`<article class="result">
    <a class="row-link" data-key="o" href=${threadUrl(messageId)}>${hasSubject ? html`<bdi>${subject || '(no subject)'}</bdi>` : html`<bdi>${from.name || from.address}</bdi>`}</a>
    <span class="muted">${hasSubject ? html`${person(from)} · ` : nothing}${ago(sortMs)}${hasSubject ? html` · ${lists.join(', ')}` : nothing}
      ${series && hasSubject ? html` · <a href=${seriesUrl(series)}>series</a>` : nothing}</span>
    ${
      lines.length === 0
        ? nothing
        : html`<div class="mail-text found">${tellingLines(lines).map(
            ({ text, marks }) =>
              html`<div>${cutAtMarks(
                text,
                marks.map(([start, end]) => ({ start, end, tone: 'hit' })),
              ).map((piece) => (piece.tone === '' ? piece.text : html`<mark>${piece.text}</mark>`))}</div>`,
          )}</div>`
    }
  </article>`;
}

/** The first few of the mail's own lines, then of those that it quotes, as they stand in the mail. */
function tellingLines(lines: SearchResult['lines']): SearchResult['lines'] {
  const isQuoted = ({ text }: SearchResult['lines'][number]) => (/^\s{0,8}>/.test(text) ? 1 : 0);
  return lines
    .toSorted((a, b) => isQuoted(a) - isQuoted(b) || a.line - b.line)
    .slice(0, mostLines)
    .sort((a, b) => a.line - b.line);
}

function countOf({ count, countIsExact }: SearchAnswer): string {
  return `${countIsExact ? '' : 'about '}${numberWords(count)} ${count === 1 ? 'mail' : 'mails'}`;
}
