/**
 * Diff view: the files of a patch, each with its hunks; colours of the language come later, when they are loaded.
 *
 * Review points stand below the line that they quote. A diff of many lines opens file by file; a file that somebody has
 * read is folded.
 */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { DiffStyle } from '../../server/urls.ts';
import type { DiffFile, DiffLine, WirePoint } from '../../server/wire.ts';
import { type Mark, overlay } from '../diff-rows.ts';
import { LightElement } from '../light-element.ts';
import { announce } from '../signals.ts';
import { countWords } from '../time-words.ts';
import { fileMark, keepViewed, readViewed } from '../viewed-files.ts';
import { drawCarried } from './carried-points.ts';
import { type DrawnLine, drawLines } from './diff-lines.ts';
import { drawPoint } from './point.ts';

/** Above this many lines in all, files are folded until they are opened. */
const mostOpenLines = 3000;

@customElement('pt-diff-view')
export class DiffView extends LightElement {
  @property({ attribute: false }) files: readonly DiffFile[] = [];
  /** Points of this mail by the body line that they stand below. */
  @property({ attribute: false }) points: ReadonlyMap<number, readonly WirePoint[]> = new Map();
  /** Points of other versions whose line is here, too. */
  @property({ attribute: false }) carried: ReadonlyMap<number, readonly WirePoint[]> = new Map();
  @property() view: DiffStyle = 'unified';
  @state() private viewed = readViewed();
  private fileMarks: readonly string[] = [];
  @state() private marks: ReadonlyMap<DiffLine, readonly Mark[]> = new Map();

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('files')) return;
    this.fileMarks = this.files.map(fileMark);
    void this.highlight(this.files);
  }

  override render(): TemplateResult {
    const all = this.files.reduce((sum, { added, removed }) => sum + added + removed, 0);
    const read = this.fileMarks.filter((mark) => this.viewed.has(mark)).length;
    return html`<nav class="file-list" aria-label="Files">
        ${read === 0 ? nothing : html`<p class="muted">${read} of ${countWords(this.files.length, 'file')} viewed</p>`}
        <ul>
          ${this.files.map(
            (file, at) =>
              html`<li class=${this.isViewed(at) ? 'viewed' : ''}><a href=${`#file-${at}`}><bdi>${file.path}</bdi></a>
                ${drawSize(file)} ${this.drawViewed(file, at, 'viewed')}</li>`,
          )}
        </ul>
      </nav>
      ${this.files.map((file, at) => this.drawFile(file, at, all <= mostOpenLines))}`;
  }

  private drawFile(file: DiffFile, at: number, isOpen: boolean): TemplateResult {
    const { path, oldPath, status } = file;
    const isMoved = oldPath !== '' && oldPath !== path && status !== 'added';
    return html`<details class="file" id=${`file-${at}`} ?open=${isOpen && !this.isViewed(at)}>
      <summary><h2><bdi>${path}</bdi></h2>
        <span class="muted">${isMoved ? html`was <bdi>${oldPath}</bdi>, ` : nothing}${status}</span> ${drawSize(file)}
        ${this.isViewed(at) ? html`<span class="muted">viewed</span>` : nothing}</summary>
      ${file.hunks.map(
        ({ header, lines }) => html`<div class="hunk-head"><span>${header}</span></div>
          ${drawLines(
            lines.map((line) => this.drawn(line)),
            {
              style: this.view,
              label: `${path}, ${header}`,
              below: (line) => this.drawPoints(line),
            },
          )}`,
      )}
      <p class="viewed-box">${this.drawViewed(file, at, 'Viewed: fold it, also in later versions while it stays the same')}</p>
    </details>`;
  }

  private isViewed(at: number): boolean {
    return this.viewed.has(this.fileMarks[at] ?? '');
  }

  private drawViewed({ path }: DiffFile, at: number, words: string): TemplateResult {
    const turn = (event: Event) => {
      const isViewed = event.target instanceof HTMLInputElement && event.target.checked;
      this.viewed = keepViewed(this.fileMarks[at] ?? '', isViewed);
      announce(isViewed ? `${path} is viewed` : `${path} is not viewed`);
      const inFile = event.target instanceof Element && event.target.closest<HTMLElement>('details.file');
      // The box is folded away with its file: who pressed it goes on at the file's head.
      if (isViewed && inFile) void this.updateComplete.then(() => inFile.querySelector('summary')?.focus());
    };
    return html`<label class="muted"><input type="checkbox" .checked=${this.isViewed(at)} @change=${turn} />
      ${words} <span class="visually-hidden">${path}</span></label>`;
  }

  private drawn(line: DiffLine): DrawnLine {
    const { kind, text, words, oldLine, newLine, bodyLine } = line;
    const tone = kind === '+' ? 'word-added' : 'word-removed';
    const marks = overlay(
      words.map(([start, end]) => ({ start, end, tone })),
      this.marks.get(line) ?? [],
    );
    return { kind, text, oldLine, newLine, marks, anchor: `l${bodyLine}` };
  }

  private drawPoints({ anchor }: DrawnLine): TemplateResult | typeof nothing {
    const line = Number(anchor.slice(1));
    const [points = [], carried = []] = [this.points.get(line), this.carried.get(line)];
    if (points.length + carried.length === 0) return nothing;
    return html`<div class="inline-points">${points.map((point) => drawPoint(point, false))}${drawCarried(carried)}</div>`;
  }

  /** Old and new text of a file are read apart, so that a comment opened in a removed line ends there. */
  private async highlight(files: readonly DiffFile[]): Promise<void> {
    const { highlightLines } = await import('../highlight.ts');
    const marks = new Map<DiffLine, readonly Mark[]>();
    for (const { path, hunks } of files) {
      for (const { lines } of hunks) {
        for (const gone of ['+', '-']) {
          const side = lines.filter(({ kind }) => kind !== gone);
          highlightLines(
            path,
            side.map(({ text }) => text),
          ).forEach((found, at) => {
            const line = side[at];
            if (line) marks.set(line, found);
          });
        }
      }
    }
    if (files === this.files) this.marks = marks;
  }
}

function drawSize({ added, removed }: DiffFile): TemplateResult {
  return html`<span class="size" title=${`${countWords(added, 'line')} added, ${removed} removed`}
    ><span class="plus">+${added}</span> <span class="minus">−${removed}</span></span>`;
}
