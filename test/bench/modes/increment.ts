/**
 * Increment: what one new mail costs in a store that already holds the list.
 *
 * The last mails of the corpus come one by one, each as a run of its own, as live mail does. Times are wall-clock
 * milliseconds of each stage; a stage for which nothing waits is left out.
 */
import { join } from 'node:path';
import { ingest } from '../../../ingest/pipeline.ts';
import { openStore } from '../../../ingest/store/open.ts';
import { allButLast, oneMail } from '../mail-range.ts';
import { type BenchMode, ModeError, record, tell, withFolder } from '../mode.ts';
import { quantile } from '../quantile.ts';
import { meterStages } from '../stage-meter.ts';

export const incrementMode: BenchMode = {
  name: 'increment',
  says: 'wall time of each stage for one new mail in a store that holds the rest',
  options: { last: { type: 'string', default: '600' } },
  run: async ({ corpus, last: said }) => {
    const count = Number(said);
    if (!Number.isInteger(count) || count < 1) throw new ModeError('--last takes a number of mails');
    await withFolder((folder) => measure(corpus, count, join(folder, 'bench.db')));
  },
};

async function measure(corpus: string, count: number, path: string): Promise<void> {
  const real = await openStore(path);
  try {
    const { store, take } = meterStages(real);
    const { source, last } = await allButLast(corpus, count);
    const { added } = await ingest({ store, sources: [source], nowMs: Date.now });
    take();
    const times = new Map<string, number[]>();
    for (const mail of last) {
      await ingest({ store, sources: [oneMail(mail)], nowMs: Date.now });
      for (const [stage, { wallMs, calls }] of take()) {
        // Asking what waits is one call: nothing did.
        if (calls <= 1) continue;
        times.set(stage, [...(times.get(stage) ?? []), wallMs]);
        record({ op: 'increment', stage, place: mail.place, wallMs, calls });
      }
    }
    tell(`${added} mails held, ${last.length} more one by one\n${table(times)}`);
  } finally {
    await real.close();
  }
}

function table(times: ReadonlyMap<string, readonly number[]>): string {
  const cell = (text: string) => text.padStart(9);
  const head = ['wall ms', 'mails', 'p50', 'p95', 'max'];
  const rows = [...times].map(([stage, values]) => [
    stage,
    String(values.length),
    ...[0.5, 0.95, 1].map((part) => quantile(values, part).toFixed(2)),
  ]);
  return [head, ...rows]
    .map(([name = '', ...cells]) => [name.padEnd(8), ...cells.map(cell)].join(' '))
    .join('\n');
}
