/**
 * Scores the sources of quotes that were wrapped anew, cut or edited, against labels/quotes.tsv.
 *
 * `tsx test/corpus/quote-score.ts` prints shares and what went wrong. A line is right where its mail is; its place is
 * right where it lies within the lines that it was made of. What no mail above says has an empty source.
 */
import { readFileSync } from 'node:fs';
import { readReply } from '../../ingest/reply/read-reply.ts';
import type { Share } from './label-score.ts';
import { ancestorsOf, readList } from './list-mails.ts';

export interface QuoteScore {
  /** Lines with a source told, and those of them with the right one. */
  readonly precision: Share;
  readonly recall: Share;
  readonly place: Share;
  readonly misses: string[];
}

export async function scoreQuotes(): Promise<QuoteScore> {
  const score: QuoteScore = {
    precision: { good: 0, of: 0 },
    recall: { good: 0, of: 0 },
    place: { good: 0, of: 0 },
    misses: [],
  };
  const rows = readFileSync(new URL('./labels/quotes.tsv', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n');
  for (const row of rows.slice(1)) {
    const [list = '', id = '', start, end, source = '', from, to] = row.split('\t');
    const mails = await readList(list);
    const mail = mails.get(id);
    if (!mail) throw new Error(`${id} is labelled but not in ${list}`);
    const { aligned, ancestors } = readReply(mail.text, ancestorsOf(id, mails));
    for (let at = Number(start); at < Number(end); at++) {
      const text = mail.text.lines[at] ?? '';
      if (/^[\s>|]*$/.test(text)) continue;
      const line = aligned[at];
      const said = (line && ancestors[line.source]?.messageId) ?? '';
      const isRight = said === source;
      if (said !== '') count(score.precision, isRight);
      if (source !== '') count(score.recall, isRight);
      if (!isRight) score.misses.push(`${list} ${id} ${at}: ${said || 'none'} for ${source || 'none'}`);
      if (!isRight || !line || source === '' || line.sourceLine < 0) continue;
      const isPlaced = line.sourceLine < Number(to) && line.sourceEnd > Number(from);
      count(score.place, isPlaced);
      if (!isPlaced) score.misses.push(`${list} ${id} ${at}: line ${line.sourceLine} not in ${from}-${to}`);
    }
  }
  return score;
}

function count(share: Share, isGood: boolean): void {
  share.of++;
  if (isGood) share.good++;
}

if (process.argv[1]?.endsWith('quote-score.ts')) {
  const { misses, ...shares } = await scoreQuotes();
  for (const [name, { good, of }] of Object.entries(shares))
    process.stdout.write(`${name.padEnd(10)} ${((good / of) * 100).toFixed(1)} %  ${good}/${of}\n`);
  process.stdout.write(`${misses.join('\n')}\n`);
}
