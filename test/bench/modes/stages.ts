/**
 * Stages: what a mail costs in each stage of an ingest, in stores of growing size.
 *
 * The same processor time a mail at every size is what linear growth looks like; the last column says how far it is from
 * that.
 */
import { join } from 'node:path';
import { ingest } from '../../../ingest/pipeline.ts';
import { openStore } from '../../../ingest/store/open.ts';
import { firstMails } from '../mail-range.ts';
import { type BenchMode, ModeError, record, tell, withFolder } from '../mode.ts';
import { meterStages, type StageCost } from '../stage-meter.ts';

export const stagesMode: BenchMode = {
  name: 'stages',
  says: 'processor time a mail in each stage; --mails 10000,100000: in stores of these sizes; --until review: before that stage',
  options: { mails: { type: 'string', default: 'all' }, until: { type: 'string', default: '' } },
  run: async ({ corpus, mails = 'all', until = '' }) => {
    const sizes = mails.split(',').map((size) => (size === 'all' ? Number.MAX_SAFE_INTEGER : Number(size)));
    if (sizes.some((size) => !(size >= 1))) throw new ModeError('--mails takes numbers, or all');
    const columns: Column[] = [];
    for (const size of sizes) {
      await withFolder(async (folder) => {
        const column = await measure(corpus, size, until, join(folder, 'bench.db'));
        columns.push(column);
        for (const [stage, cost] of column.costs) {
          const { cpuMs, wallMs } = cost;
          record({ op: 'stage', stage, mails: column.mails, cpuMs, wallMs, calls: cost.calls });
        }
      });
    }
    tell(table(columns));
  },
};

interface Column {
  readonly mails: number;
  readonly costs: ReadonlyMap<string, StageCost>;
}

async function measure(corpus: string, size: number, until: string, path: string): Promise<Column> {
  const real = await openStore(path);
  const end = new AbortController();
  try {
    const { store, take } = meterStages(real, (stage) => {
      if (stage === until) end.abort();
    });
    const sources = [await firstMails(corpus, size)];
    const result = await ingest({ store, sources, nowMs: Date.now, signal: end.signal });
    return { mails: result.added, costs: take() };
  } finally {
    await real.close();
  }
}

/** ms a mail, a row a stage; at the end the growth from the smallest to the largest store. */
function table(columns: readonly Column[]): string {
  const stages = [...new Set(columns.flatMap(({ costs }) => [...costs.keys()]))];
  const perMail = (stage: string) =>
    columns.map(({ costs, mails }) => (costs.get(stage)?.cpuMs ?? 0) / Math.max(1, mails));
  const sum = (rows: readonly (readonly number[])[]) =>
    columns.map((_, at) => rows.reduce((total, row) => total + (row[at] ?? 0), 0));
  const rows = stages.map((stage): [string, number[]] => [stage, perMail(stage)]);
  const derived = rows.filter(([stage]) => stage !== 'mail').map(([, values]) => values);
  rows.push(['all but mail', sum(derived)], ['all', sum(rows.map(([, values]) => values))]);
  const cell = (text: string) => text.padStart(10);
  return [
    ['cpu ms a mail'.padEnd(14), ...columns.map(({ mails }) => cell(String(mails))), cell('growth')],
    ...rows.map(([stage, values]) => [
      stage.padEnd(14),
      ...values.map((value) => cell(value.toFixed(3))),
      cell(((values.at(-1) ?? 0) / (values[0] ?? 0)).toFixed(2)),
    ]),
  ]
    .map((cells) => cells.join(' '))
    .join('\n');
}
