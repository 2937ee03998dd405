/**
 * Compare: how a series changed between two versions, patch by patch: a diff of diffs.
 *
 * The outer sign (what changed between versions) stands in the gutter with a bar; the inner sign (what the patch does)
 * is part of the text and its colour. So it can be read without colour.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type PlaceOf, patchUrl, seriesUrl, urlOf } from '../../server/urls.ts';
import type { RangeDiff, RangePair, SeriesDetail, WirePoint } from '../../server/wire.ts';
import { get } from '../client.ts';
import { LightElement } from '../light-element.ts';
import { Load } from '../load.ts';
import { Narrow } from '../narrow.ts';
import { pageShown } from '../page-shown.ts';
import { drawEmpty, drawLoaded } from '../parts/page-state.ts';
import { drawRangeBody } from '../parts/range-body.ts';
import { drawCompareForm } from '../parts/version-axis.ts';
import { countWords } from '../time-words.ts';

type ComparePlace = PlaceOf<'compare'>;

const markWords: Readonly<Record<RangePair['mark'], string>> = {
  '=': 'unchanged',
  '!': 'changed',
  '<': 'dropped',
  '>': 'new',
};

@customElement('pt-compare-page')
export class ComparePage extends LightElement {
  @property({ attribute: false }) place!: ComparePlace;
  private readonly narrow = new Narrow(this);
  private readonly load = new Load(
    this,
    () => [this.place.id, this.place.from, this.place.to] as const,
    ([id, from, to], signal) => get('GET /api/v1/series/{id}/diff', { id }, { from, to }, signal),
  );
  private readonly series = new Load(
    this,
    () => [this.place.id] as const,
    ([id], signal) => get('GET /api/v1/series/{id}', { id }, {}, signal),
  );

  private get pageTitle(): string {
    const { from, to } = this.place;
    return `What changed from ${from} to ${to}`;
  }

  protected override updated(): void {
    pageShown(this, this.load, this.pageTitle);
  }

  override render(): TemplateResult {
    return drawLoaded(this.load, this.pageTitle, (diff) => this.draw(diff));
  }

  private draw({ pairs }: RangeDiff): TemplateResult {
    const { place, series } = this;
    const chosen =
      pairs.find((pair) => keyOf(pair) === place.patch) ?? pairs.find(({ mark }) => mark !== '=') ?? pairs[0];
    return html`
      <header class="page-head">
        <p class="up"><a href=${seriesUrl(place.id)} data-key="u"><bdi>${series.value?.summary.title ?? 'Series'}</bdi></a></p>
        <h1>${this.pageTitle}</h1>
        <p>${summaryOf(pairs)}</p>
        ${series.value ? drawCompareForm(series.value, place.id, place.from, place.to) : nothing}
      </header>
      ${
        chosen
          ? html`<div class="compare">
            ${this.drawList(pairs, chosen)}
            <section class="compare-diff" aria-label="Difference">${this.drawPair(pairs, chosen)}</section>
          </div>`
          : drawEmpty('Neither version holds a patch.')
      }
    `;
  }

  private drawList(pairs: readonly RangePair[], chosen: RangePair): TemplateResult {
    const unchanged = pairs.filter((pair) => pair.mark === '=' && pair !== chosen);
    return html`<nav class="pair-list" aria-label="Patches">
      <ul>${pairs.filter((pair) => !unchanged.includes(pair)).map((pair) => this.drawEntry(pair, pair === chosen))}</ul>
      ${
        unchanged.length === 0
          ? nothing
          : html`<details><summary>${countWords(unchanged.length, 'patch', 'patches')} unchanged</summary>
            <ul>${unchanged.map((pair) => this.drawEntry(pair, false))}</ul></details>`
      }
    </nav>`;
  }

  private drawEntry(pair: RangePair, isChosen: boolean): TemplateResult {
    return html`<li data-row><a class="row-link" href=${this.urlWith({ patch: keyOf(pair) })} aria-current=${isChosen ? 'true' : nothing}>
      <span class="positions"><b>${pair.mark}</b> ${pair.old ? pair.old.position : '–'} → ${pair.new ? pair.new.position : '–'}</span>
      <bdi>${titleOf(pair)}</bdi>
      ${drawBar(pair)}</a></li>`;
  }

  private drawPair(pairs: readonly RangePair[], pair: RangePair): TemplateResult {
    const { place } = this;
    const at = pairs.indexOf(pair);
    const [before, after] = [pairs[at - 1], pairs[at + 1]];
    const isSplit = place.view === 'split' && !this.narrow.is;
    return html`<h2><bdi>${titleOf(pair)}</bdi></h2>
      <p class="tools">
        <a class="button" data-key="s" href=${this.urlWith({ view: isSplit ? 'unified' : 'split' })}>${isSplit ? 'One column' : 'Side by side'}</a>
        <a class="button" data-key="w" href=${this.urlWith({ hasWords: !place.hasWords })}>${place.hasWords ? 'Without words' : 'Mark words'}</a>
        <a class="button" data-key="i" href=${this.urlWith({ isQuiet: !place.isQuiet })}>${place.isQuiet ? 'Show all lines' : 'Changes only'}</a>
        ${pair.old ? html`<a href=${patchUrl(pair.old.messageId)}>patch in ${place.from}</a>` : nothing}
        ${pair.new ? html`<a href=${patchUrl(pair.new.messageId)}>patch in ${place.to}</a>` : nothing}
      </p>
      ${
        pair.old && pair.new && pair.old.title !== pair.new.title
          ? html`<p>Renamed: <s><bdi>${pair.old.title}</bdi></s> → <bdi>${pair.new.title}</bdi></p>`
          : nothing
      }
      ${this.drawBody(pair, isSplit)}
      <nav class="step-bar" aria-label="Next and previous patch">
        ${before ? html`<a data-key="[" href=${this.urlWith({ patch: keyOf(before) })}>← <bdi>${titleOf(before)}</bdi></a>` : nothing}
        ${after ? html`<a data-key="]" href=${this.urlWith({ patch: keyOf(after) })}><bdi>${titleOf(after)}</bdi> →</a>` : nothing}
      </nav>`;
  }

  private drawBody(pair: RangePair, isSplit: boolean): TemplateResult {
    const { place } = this;
    if (pair.mark === '=') return drawEmpty('Message and diff are the same in both.');
    if (!pair.old || !pair.new) {
      const [where, patch] = pair.new ? [place.to, pair.new] : [place.from, pair.old];
      return drawEmpty(
        `Only ${where} has this patch.`,
        patch ? html`<a href=${patchUrl(patch.messageId)}>Read it</a>` : '',
      );
    }
    return drawRangeBody(pair, titleOf(pair), {
      from: place.from,
      to: place.to,
      style: isSplit ? 'split' : 'unified',
      hasWords: place.hasWords,
      isQuiet: place.isQuiet,
      points: this.pointsOn(pair.old.messageId),
    });
  }

  private pointsOn(messageId: string | undefined): readonly WirePoint[] {
    const series: SeriesDetail | undefined = this.series.value;
    return series?.points.filter(({ posting }) => posting === messageId && posting !== null) ?? [];
  }

  private urlWith(change: Partial<ComparePlace>): string {
    return urlOf({ ...this.place, ...change });
  }
}

/** What names a pair in the address. */
function keyOf(pair: RangePair): string {
  return pair.new ? String(pair.new.position) : `-${pair.old?.position ?? 0}`;
}

function titleOf(pair: RangePair): string {
  return pair.new?.title ?? pair.old?.title ?? '';
}

/** Added and removed lines as git's diffstat draws them, in ten signs at most. */
function drawBar({ lines }: RangePair): TemplateResult | typeof nothing {
  const [added, removed] = ['+', '-'].map((sign) => lines.filter(({ kind }) => kind === sign).length);
  const [plus = 0, minus = 0] = [added, removed];
  if (plus + minus === 0) return nothing;
  const scale = Math.max(1, (plus + minus) / 10);
  const signs = (sign: string, count: number) => sign.repeat(Math.ceil(count / scale));
  return html`<span class="bar" title=${`${plus} lines added, ${minus} removed`}>${plus + minus}
    <span class="plus">${signs('+', plus)}</span><span class="minus">${signs('−', minus)}</span></span>`;
}

/** `2 changed, 1 new, 4 unchanged`. */
function summaryOf(pairs: readonly RangePair[]): string {
  const order: RangePair['mark'][] = ['!', '>', '<', '='];
  return order
    .map((mark) => [pairs.filter((pair) => pair.mark === mark).length, markWords[mark]] as const)
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
    .join(', ');
}
