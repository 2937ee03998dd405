/**
 * Own text: the blocks of a reply's own words, and the sentences in them.
 *
 * In: body lines and their classes. Out: blocks in order; one block is all that stands between two quotes.
 * A block that holds no words (a greeting, a signature, a trailer alone) is none; a pasted patch belongs to the block
 * that speaks of it.
 */
import type { LineClass } from './own-line.ts';
import { plainSentence } from './phrase.ts';

export interface OwnSentence {
  /** Blanks collapsed, bullets taken off. */
  readonly text: string;
  /** The same as phrases are looked for in it (./phrase.ts). */
  readonly plain: string;
  /** Lines of the body that it stands in. */
  readonly start: number;
  readonly end: number;
}

export interface OwnBlock {
  /** From its first to its last line of words, code or patch. */
  readonly start: number;
  readonly end: number;
  /** The last line quoted above it that is not blank; -1 for what stands above every quote. */
  readonly above: number;
  readonly sentences: readonly OwnSentence[];
  readonly hasPatch: boolean;
}

/** All blocks with words or a patch in them. */
export function findOwnBlocks(lines: readonly string[], classes: readonly LineClass[]): OwnBlock[] {
  const blocks: OwnBlock[] = [];
  let above = -1;
  for (let at = 0; at < classes.length; ) {
    if (classes[at] === 'quoted') {
      if (!isMarkOnly(lines[at] ?? '')) above = at;
      at++;
      continue;
    }
    let end = at;
    while (end < classes.length && classes[end] !== 'quoted') end++;
    const block = makeBlock(lines, classes, { start: at, end, above });
    if (block) blocks.push(block);
    at = end;
  }
  return blocks;
}

function isMarkOnly(line: string): boolean {
  return /^[\s>|]*$/.test(line.slice(0, 200));
}

interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly above: number;
}

const spoken: ReadonlySet<LineClass> = new Set(['words', 'code', 'patch']);

function makeBlock(
  lines: readonly string[],
  classes: readonly LineClass[],
  { start, end, above }: Stretch,
): OwnBlock | undefined {
  let first = -1;
  let last = -1;
  let hasWords = false;
  let hasPatch = false;
  for (let at = start; at < end; at++) {
    const line = classes[at] ?? 'blank';
    if (!spoken.has(line)) continue;
    if (first < 0) first = at;
    last = at;
    hasWords ||= line === 'words';
    hasPatch ||= line === 'patch';
  }
  if (!hasWords && !hasPatch) return undefined;
  return {
    start: first,
    end: last + 1,
    above,
    sentences: splitSentences(lines, classes, first, last + 1),
    hasPatch,
  };
}

/** `- `, `* `, `1. `, `(a) ` at the start of a line begin a sentence anew. */
const bullet = /^\s{0,3}(?:[-*•o+] |\(?[0-9a-zA-Z]{1,2}[.)] )\s*/;

function splitSentences(
  lines: readonly string[],
  classes: readonly LineClass[],
  from: number,
  to: number,
): OwnSentence[] {
  const sentences: OwnSentence[] = [];
  let text = '';
  let start = from;
  const close = (end: number) => {
    if (/[\p{L}\p{N}+?]/u.test(text)) {
      const whole = text.trim();
      sentences.push({ text: whole, plain: plainSentence(whole), start, end });
    }
    text = '';
  };
  for (let at = from; at < to; at++) {
    if (classes[at] !== 'words') {
      close(at);
      continue;
    }
    const line = lines[at] ?? '';
    if (bullet.test(line.slice(0, 20))) close(at);
    for (const part of splitLine(line.replace(bullet, '').trim())) {
      if (text === '') start = at;
      text = `${text} ${part}`;
      if (/[.?!]["')\]]{0,2}$/.test(part)) close(at + 1);
    }
  }
  close(to);
  return sentences;
}

/** Parts of a line that end a sentence: a mark, perhaps a bracket, and a blank. `e.g. x` and `i.e. x` go on. */
function splitLine(line: string): string[] {
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < line.length; at++) {
    const sign = line[at];
    if (sign !== '.' && sign !== '?' && sign !== '!') continue;
    let end = at + 1;
    while (end < line.length && /[.?!"')\]]/.test(line[end] ?? '')) end++;
    if (line[end] !== undefined && !/\s/.test(line[end] ?? '')) continue;
    if (
      sign === '.' &&
      /\b(?:e\.g|i\.e|etc|vs|cf|resp|approx|incl|wrt|fig|no)\.$/i.test(
        line.slice(Math.max(0, at - 7), at + 1),
      )
    ) {
      continue;
    }
    parts.push(line.slice(start, end));
    start = end;
    at = end - 1;
  }
  if (start < line.length) parts.push(line.slice(start));
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}
