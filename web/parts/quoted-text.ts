/**
 * Quoted text: a mail's body for reading: own words plain, quotes folded to who really wrote them, diffs as diffs.
 *
 * Which lines are folded is decided in ../text-segments.ts. Here they are drawn, with a way to the quoted mail.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { MessageDetail, WirePoint, WireQuote } from '../../server/wire.ts';
import { LightElement } from '../light-element.ts';
import { correctablePoint } from '../signals.ts';
import { isUnsettled, pointWords, wordsFor } from '../status-words.ts';
import { type QuoteLine, type Segment, segmentsOf } from '../text-segments.ts';
import type { QuoteSource } from '../thread-shape.ts';
import { countWords } from '../time-words.ts';
import { chip } from './bits.ts';
import { evidenceMark } from './evidence-mark.ts';
import { drawMailDiff } from './mail-diff.ts';
import { drawText } from './mail-text.ts';

@customElement('pt-quoted-text')
export class QuotedText extends LightElement {
  @property({ attribute: false }) message!: MessageDetail;
  /** Shows all quotes. */
  @property({ type: Boolean }) whole = false;
  @property({ attribute: false }) find: (messageId: string) => QuoteSource | null = () => null;
  /** Folds that a person turned against `whole`. */
  @state() private turned: ReadonlySet<number> = new Set();

  override render(): TemplateResult {
    const { body, quotes, diff } = this.message;
    return html`<div class="mail-body">${segmentsOf(body, quotes, diff).map((segment) => this.draw(segment))}</div>`;
  }

  /** Opens all quotes of this mail, or folds them. */
  toggleAll(): void {
    const { body, quotes, diff } = this.message;
    const folds = segmentsOf(body, quotes, diff).flatMap((one) =>
      one.kind === 'quote' && one.folded > 0 ? [one.start] : [],
    );
    this.turned = this.turned.size > 0 ? new Set() : new Set(folds);
  }

  private draw(segment: Segment): TemplateResult {
    const { body, subject } = this.message;
    const { kind, start, end } = segment;
    if (kind === 'diff') return drawMailDiff(body, start, end, `Diff of ${subject}`);
    if (kind === 'quote') return this.drawQuote(segment);
    if (kind === 'signature') return html`<div class="signature">${body.slice(start, end).join('\n')}</div>`;
    return this.drawOwn(start, end);
  }

  /** Own words, with a chip above the line where a point begins. */
  private drawOwn(start: number, end: number): TemplateResult {
    const pointsAt = new Map(this.message.points.map((point) => [Number(point.id.split('#').at(-1)), point]));
    const pieces: TemplateResult[] = [];
    let from = start;
    for (let line = start; line <= end; line += 1) {
      const point = line < end ? pointsAt.get(line) : undefined;
      if (!point && line < end) continue;
      if (line > from) pieces.push(this.drawWords(from, line));
      if (point) pieces.push(drawPointMark(point));
      from = line;
    }
    return html`${pieces}`;
  }

  private drawWords(start: number, end: number): TemplateResult {
    const text = this.message.body.slice(start, end).join('\n');
    return html`<div class="own">${drawText(text)}</div>`;
  }

  private drawQuote(segment: Extract<Segment, { kind: 'quote' }>): TemplateResult {
    const { start, lines, folded } = segment;
    if (folded === 0) return html`<div class="quote">${this.drawQuoteLines(lines)}</div>`;
    const isOpen = this.whole !== this.turned.has(start);
    const hidden = lines.slice(0, folded);
    return html`<div class="quote">
      <button type="button" class="fold" data-key="z" aria-expanded=${isOpen} @click=${() => this.turn(start)}
        ><span aria-hidden="true">${isOpen ? '▾' : '▸'}</span> ${this.namesOf(hidden)}, ${countWords(folded, 'line')}</button
      >${this.drawJump(hidden)}
      <div class="folded" ?hidden=${!isOpen}>${this.drawQuoteLines(hidden)}</div>
      ${this.drawQuoteLines(lines.slice(folded))}
    </div>`;
  }

  private turn(start: number): void {
    const turned = new Set(this.turned);
    if (!turned.delete(start)) turned.add(start);
    this.turned = turned;
  }

  private drawQuoteLines(lines: readonly QuoteLine[]): TemplateResult[] {
    const blocks: { depth: number; text: string[] }[] = [];
    for (const { line, depth } of lines) {
      const text = this.message.body[line] ?? '';
      const last = blocks.at(-1);
      if (last?.depth === depth) last.text.push(text);
      else blocks.push({ depth, text: [text] });
    }
    return blocks.map(
      ({ depth, text }) =>
        html`<div class="quote-lines q${((depth - 1) % 4) + 1}">${drawText(text.join('\n'))}</div>`,
    );
  }

  /** Who wrote these lines; a line that fits no held mail has no name. */
  private namesOf(lines: readonly QuoteLine[]): string {
    const quotes = this.quotesOf(lines);
    const names = new Set(quotes.map(nameOf));
    const distance = names.size === 1 ? (this.sourceOf(quotes)?.distance ?? '') : '';
    if (names.size === 0) return 'Quoted from a mail not found';
    return [...names].slice(0, 3).join(' and ') + (distance === '' ? '' : `, ${distance}`);
  }

  private drawJump(lines: readonly QuoteLine[]): TemplateResult | typeof nothing {
    const source = this.sourceOf(this.quotesOf(lines));
    return source ? html` <a class="jump" href=${source.url}>go there</a>` : nothing;
  }

  private quotesOf(lines: readonly QuoteLine[]): WireQuote[] {
    const used = new Set(lines.map(({ quote }) => quote));
    return this.message.quotes.filter((_, at) => used.has(at));
  }

  private sourceOf(quotes: readonly WireQuote[]): QuoteSource | null {
    const source = quotes.findLast((quote) => quote.source !== null)?.source;
    return source ? this.find(source) : null;
  }
}

/** Who wrote a quote; below this confidence the alignment is a guess and is said to be one. */
function nameOf({ author, confidence }: WireQuote): string {
  const name = author?.name || author?.address;
  if (!name) return 'a mail not held';
  return confidence < 0.7 ? `perhaps ${name}` : name;
}

function drawPointMark(point: WirePoint): TemplateResult {
  const { kind, status, statusWhy } = point;
  const { word, tone } = wordsFor(pointWords, status);
  return html`<div class="point-mark" data-point=${isUnsettled(status) ? 'open' : 'done'} tabindex="-1">
    ${chip(word, tone)} <span class="muted">${kind.replaceAll('-', ' ')}</span> ${evidenceMark(statusWhy, `This point is ${word}`, correctablePoint(point))}
  </div>`;
}
