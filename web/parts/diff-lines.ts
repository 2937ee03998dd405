/**
 * Diff lines: how the lines of any diff are drawn, in one column or side by side.
 *
 * The signs are text, so they are copied with the lines and found by searching; line numbers are not. What belongs
 * below a line (a review point) is given by a function of the line.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { cutAtMarks, type Mark, splitRows } from '../diff-rows.ts';

export interface DrawnLine {
  readonly kind: '+' | '-' | ' ';
  /** Without the sign. */
  readonly text: string;
  readonly oldLine: number | null;
  readonly newLine: number | null;
  readonly marks: readonly Mark[];
  /** Fragment of the line; empty for none. */
  readonly anchor: string;
  /** A line of a diff of diffs also says what it is within the patch. */
  readonly inner?: '+' | '-' | '@' | ' ';
}

export interface LineExtras {
  readonly style: 'unified' | 'split';
  /** Name of the scroll area. */
  readonly label: string;
  below?(line: DrawnLine): TemplateResult | typeof nothing;
}

const classes = { '+': 'added', '-': 'removed', ' ': 'same' } as const;

export function drawLines(lines: readonly DrawnLine[], extras: LineExtras): TemplateResult {
  const { style, label } = extras;
  return html`<div class="diff-area ${style}" tabindex="0" role="region" aria-label=${label}>
    <div class="diff-lines">${style === 'split' ? drawSplit(lines, extras) : drawUnified(lines, extras)}</div>
  </div>`;
}

function drawUnified(lines: readonly DrawnLine[], { below }: LineExtras): TemplateResult[] {
  const numbers = numbersOf(lines);
  return lines.map(
    (line, at) => html`<div
        class="line ${classes[line.kind]} ${innerClass(line)}"
        id=${line.anchor === '' ? nothing : line.anchor}
        data-change=${isChangeStart(lines, at) ? '' : nothing}
        tabindex=${isChangeStart(lines, at) ? '-1' : nothing}
        data-n=${numbers(line) ?? nothing}
      >${drawText(line)}</div
      >${below?.(line) ?? nothing}`,
  );
}

function drawSplit(lines: readonly DrawnLine[], { below }: LineExtras): TemplateResult[] {
  const width = String(Math.max(...lines.map(largest))).length;
  return splitRows(lines).map(({ left, right }) => {
    const isChange = left !== right;
    return html`<div class="pair" data-change=${isChange ? '' : nothing} tabindex=${isChange ? '-1' : nothing}>
        ${drawSide(left, 'old', width)}${drawSide(right, 'new', width)}
      </div>${left && isChange ? (below?.(left) ?? nothing) : nothing}${right ? (below?.(right) ?? nothing) : nothing}`;
  });
}

function drawSide(line: DrawnLine | null, side: 'old' | 'new', width: number): TemplateResult {
  if (!line) return html`<div class="line nothing"></div>`;
  const number = side === 'old' ? line.oldLine : line.newLine;
  return html`<div class="line ${classes[line.kind]} ${innerClass(line)}" id=${
    line.anchor !== '' && (side === 'new' || line.kind === '-') ? line.anchor : nothing
  } data-n=${number === null ? nothing : String(number).padStart(width)}>${drawText(line)}</div>`;
}

function drawText({ kind, text, marks }: DrawnLine): TemplateResult {
  // One box from the sign on: tabs then stand as in the mail.
  return html`<span class="code"><span class="sign">${kind}</span>${
    marks.length === 0
      ? text
      : cutAtMarks(text, marks).map((piece) =>
          piece.tone === '' ? piece.text : html`<span class=${piece.tone}>${piece.text}</span>`,
        )
  }</span>`;
}

/** Old and new line number side by side; undefined in a diff without numbers. */
function numbersOf(lines: readonly DrawnLine[]): (line: DrawnLine) => string | undefined {
  const most = Math.max(...lines.map(largest));
  const width = String(most).length;
  const padded = (number: number | null) => String(number ?? '').padStart(width);
  return ({ oldLine, newLine }) => (most === 0 ? undefined : `${padded(oldLine)} ${padded(newLine)}`);
}

function largest({ oldLine, newLine }: DrawnLine): number {
  return Math.max(oldLine ?? 0, newLine ?? 0);
}

function innerClass({ inner }: DrawnLine): string {
  if (inner === undefined) return '';
  return { '+': 'inner-added', '-': 'inner-removed', '@': 'inner-hunk', ' ': '' }[inner];
}

/** The first line of a run of changes: where `n` stops. */
function isChangeStart(lines: readonly DrawnLine[], at: number): boolean {
  return lines[at]?.kind !== ' ' && (lines[at - 1]?.kind ?? ' ') === ' ';
}
