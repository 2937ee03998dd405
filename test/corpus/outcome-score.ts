/**
 * Scores what became of comments against labels, by default those in labels/outcomes.tsv.
 *
 * `tsx test/corpus/outcome-score.ts STORE [FILE]`: the store holds the lists that ./draw-points.ts names. An alternative (`a|b`)
 * is right with any of its words; a comment that was not found counts as wrong.
 */
import { readFileSync } from 'node:fs';
import type { Point } from '../../ingest/model/review.ts';
import { openStore } from '../../ingest/store/open.ts';

const [location = '', file = 'outcomes.tsv'] = process.argv.slice(2);
const rows = readFileSync(new URL(`./labels/${file}`, import.meta.url), 'utf8')
  .trimEnd()
  .split('\n');
const store = await openStore(location, { readOnly: true });
const precision = new Map<string, { good: number; of: number }>();
const recall = new Map<string, { good: number; of: number }>();
for (const row of rows.slice(1)) {
  const [list = '', id = '', start = '', labels = ''] = row.split('\t');
  const wanted = labels.split('|');
  const facts = await store.getFacts({ kinds: ['point'], owners: [id] });
  const found = facts
    .map((fact) => fact.value as Point)
    .find((point) => Number(start) >= point.start - 1 && Number(start) < point.end);
  const said = found?.status.value ?? 'not found';
  const isRight = wanted.includes(said);
  for (const name of ['all', said]) count(precision, name, isRight);
  count(recall, wanted[0] ?? '', isRight);
  if (!isRight)
    process.stdout.write(
      `${list} ${id}#${start}: ${said} for ${labels} (${found?.kind}, ${found?.status.rule})\n`,
    );
}
for (const [what, shares] of Object.entries({ precision, recall })) {
  for (const [name, { good, of }] of shares)
    process.stdout.write(`${what} ${name.padEnd(12)} ${((good / of) * 100).toFixed(1)} %  ${good}/${of}\n`);
}
await store.close();

function count(shares: typeof precision, name: string, isGood: boolean): void {
  const share = shares.get(name) ?? { good: 0, of: 0 };
  shares.set(name, { good: share.good + (isGood ? 1 : 0), of: share.of + 1 });
}
