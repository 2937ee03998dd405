/**
 * Scores who has the next move against labels, by default those in labels/turns.tsv.
 *
 * `tsx test/corpus/turn-score.ts STORE [FILE]`: the store holds the lists that ./draw-series.ts names. An alternative
 * (`a|b`) is right with any of its turns.
 */
import { readFileSync } from 'node:fs';
import { openStore } from '../../ingest/store/open.ts';

const [location = '', file = 'turns.tsv'] = process.argv.slice(2);
const rows = readFileSync(new URL(`./labels/${file}`, import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .slice(1);
const labels = rows.map((row) => row.split('\t'));
const store = await openStore(location, { readOnly: true });
// A series that was joined to an older one has its name.
const places = await store.getPlacements(labels.map(([, series = '']) => series));
const held = await store.getSeries([...new Set([...places.values()].map((place) => place.series))]);
const shares = new Map<string, { good: number; of: number }>();
for (const [list = '', series = '', turns = ''] of labels) {
  const row = held.get(places.get(series)?.series ?? series);
  const turn = row?.turn ?? 'not held';
  const isRight = turns.split('|').includes(turn);
  for (const name of ['all', turn]) {
    const share = shares.get(name) ?? { good: 0, of: 0 };
    shares.set(name, { good: share.good + (isRight ? 1 : 0), of: share.of + 1 });
  }
  if (!isRight)
    process.stdout.write(
      `${list} ${series}: ${turn} for ${turns} (${row?.stateBasis.rule}, ${row?.waitingBasis.rule}: ${row?.waitingWhy})\n`,
    );
}
for (const [name, { good, of }] of shares)
  process.stdout.write(`${name.padEnd(12)} ${((good / of) * 100).toFixed(1)} %  ${good}/${of}\n`);
await store.close();
