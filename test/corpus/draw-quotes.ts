/**
 * Draws the quotes that labels/quotes.tsv labels: such as were wrapped anew, cut or edited, at random but always the same.
 *
 * `tsx test/corpus/draw-quotes.ts [--read]`. A block is a stretch of quoted lines of one depth that holds a line which
 * stands in no mail above as it is. With `--read` also the block, and of each mail above the lines that share five words
 * in a row with it: a help for the eye, not the analyser's.
 */
import { readDepth } from '../../ingest/reply/quote-depth.ts';
import { inDrawnOrder, labelledLists } from './draw-replies.ts';
import { ancestorsOf, type ListMails, readList } from './list-mails.ts';

const perList = 12;
const longest = 40;

interface Block {
  readonly id: string;
  readonly start: number;
  readonly end: number;
}

const plain = (text: string) => readDepth(text).text.replace(/\s+/g, ' ').trim();
const marks = (text: string) => /^[>\s]*>/.exec(text.slice(0, 40))?.[0].replace(/\s/g, '').length ?? 0;

/** Blocks with a line of words that no mail above holds in the same words. */
function changedBlocks(mails: ListMails): Block[] {
  const blocks: Block[] = [];
  for (const { message, text } of mails.values()) {
    const above = ancestorsOf(message.messageId, mails);
    if (above.length === 0) continue;
    const held = new Set(above.flatMap(({ lines }) => lines.map(plain)));
    for (let start = 0; start < text.lines.length; ) {
      const depth = marks(text.lines[start] ?? '');
      let end = start + 1;
      while (end < text.lines.length && marks(text.lines[end] ?? '') === depth) end++;
      const lines = text.lines.slice(start, end).map(plain);
      const isChanged = lines.some(
        (line) => line.split(' ').length >= 4 && !held.has(line) && !/:$/.test(line),
      );
      if (depth > 0 && isChanged && end - start <= longest)
        blocks.push({ id: message.messageId, start, end });
      start = end;
    }
  }
  return blocks;
}

function fiveWords(text: string): string[] {
  const words = text
    .toLowerCase()
    .split(/[^\p{L}\p{N}_]+/u)
    .filter((word) => word !== '');
  return words.slice(4).map((_, at) => words.slice(at, at + 5).join(' '));
}

function* describe({ id, start, end }: Block, mails: ListMails): Iterable<string> {
  const lines = mails.get(id)?.text.lines ?? [];
  const block = lines.slice(start, end);
  for (let at = Math.max(0, start - 2); at < end; at++) yield `  ${String(at).padStart(4)} ${lines[at]}`;
  const runs = new Set(fiveWords(block.map(plain).join(' ')));
  for (const { messageId, from, lines: above } of ancestorsOf(id, mails)) {
    const fitting = above.flatMap((line, at) => {
      const around = `${plain(line)} ${plain(above[at + 1] ?? '')}`;
      return fiveWords(around).some((run) => runs.has(run)) ? [`    ${String(at).padStart(4)} ${line}`] : [];
    });
    if (fitting.length > 0) yield `  == ${from.name} ${messageId}`;
    yield* fitting.slice(0, 14);
  }
}

for (const list of Object.keys(labelledLists)) {
  const mails = await readList(list);
  const blocks = new Map(changedBlocks(mails).map((block) => [`${block.id} ${block.start}`, block]));
  for (const key of inDrawnOrder([...blocks.keys()], 'quote').slice(0, perList)) {
    const block = blocks.get(key);
    if (!block) continue;
    process.stdout.write(`${list}\t${block.id}\t${block.start}\t${block.end}\n`);
    if (!process.argv.includes('--read')) continue;
    for (const line of describe(block, mails)) process.stdout.write(`${line.slice(0, 140)}\n`);
  }
}
