/**
 * Peers: rates, sizes and latencies, side by side with notmuch.
 *
 * Rounds are interleaved (ours, theirs, ours, theirs, ...), for a machine whose speed drifts then favours nobody: compare
 * the ratios of one run.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { type Contestant, hasNotmuch, notmuch, patchtrail } from '../contestant.ts';
import { type Corpus, spreadCorpus } from '../corpus.ts';
import { type BenchMode, ModeError, record, root, tell, withFolder } from '../mode.ts';
import { median, quantile } from '../quantile.ts';
import type { Cost } from '../timed-run.ts';

export const peersMode: BenchMode = {
  name: 'peers',
  says: 'whole ingest and questions, side by side with notmuch',
  options: { rounds: { type: 'string', default: '3' } },
  run: async ({ corpus: file, rounds: said }) => {
    const rounds = Number(said);
    // The median of an even number of rounds is none that was measured.
    if (!Number.isInteger(rounds) || rounds < 1 || rounds % 2 === 0) {
      throw new ModeError('--rounds must be an odd number');
    }
    const built = spawnSync(process.execPath, [join(root, 'server/cli/build.mjs')], {
      stdio: ['ignore', 2, 2],
    });
    if (built.status !== 0) throw new ModeError('the build failed');
    await withFolder(async (folder) => {
      const maildir = join(folder, 'maildir');
      const corpus = await spreadCorpus(file, maildir);
      const contestants = [patchtrail(root, file, join(folder, 'patchtrail'))];
      if (hasNotmuch()) contestants.push(notmuch(maildir, join(folder, 'notmuch')));
      else tell('notmuch is not installed: nothing to compare with (Debian: apt-get install notmuch)');
      tell(
        `${corpus.mails} mails, ${(corpus.bytes / 1e6).toFixed(1)} MB, ${corpus.questions.length} questions`,
      );
      const ingested = benchIngest(contestants, corpus, rounds);
      tell(table([...ingested, ...(await benchQuestions(contestants, corpus, rounds))], contestants));
    });
  },
};

interface Row {
  readonly what: string;
  readonly unit: string;
  readonly values: readonly number[];
}

function benchIngest(contestants: readonly Contestant[], corpus: Corpus, rounds: number): Row[] {
  const costs = contestants.map((): Cost[] => []);
  for (let round = 1; round <= rounds; round++) {
    for (const [index, contestant] of contestants.entries()) {
      const cost = contestant.ingest();
      costs[index]?.push(cost);
      record({
        op: 'ingest',
        by: contestant.name,
        round,
        mails: corpus.mails,
        bytes: corpus.bytes,
        ...rounded(cost),
      });
    }
  }
  const sizes = contestants.map((contestant) => contestant.indexBytes());
  for (const [index, contestant] of contestants.entries()) {
    record({ op: 'size', by: contestant.name, indexBytes: sizes[index], mailBytes: corpus.bytes });
  }
  const rate = (pick: (cost: Cost) => number) =>
    costs.map((all) => median(all.map((cost) => (1000 * corpus.mails) / pick(cost))));
  return [
    { what: 'ingest', unit: 'mails/s', values: rate((cost) => cost.wallMs) },
    { what: 'ingest, of processor time', unit: 'mails/s', values: rate((cost) => cost.cpuMs) },
    // Ours holds the mails, too; notmuch's index needs them beside it.
    { what: 'kept', unit: 'bytes per byte of mail', values: sizes.map((size) => size / corpus.bytes) },
  ];
}

async function benchQuestions(
  contestants: readonly Contestant[],
  corpus: Corpus,
  rounds: number,
): Promise<Row[]> {
  const answerers = await Promise.all(contestants.map((contestant) => contestant.open()));
  const taken = contestants.map((): number[] => []);
  const idle = contestants.map((): number[] => []);
  const counts = new Map<string, Set<number>>();
  const timed = async <T>(into: number[] | undefined, work: () => Promise<T>) => {
    const startMs = performance.now();
    const answer = await work();
    into?.push(performance.now() - startMs);
    return { answer, ms: performance.now() - startMs };
  };
  try {
    for (let round = 0; round <= rounds; round++) {
      for (const question of corpus.questions) {
        for (const [index, answerer] of answerers.entries()) {
          // The first round warms caches of disk and process and is not counted.
          const isCounted = round > 0;
          await timed(isCounted ? idle[index] : [], () => answerer.idle());
          const { answer, ms } = await timed(isCounted ? taken[index] : [], () => answerer.ask(question));
          counts.set(question.ours, (counts.get(question.ours) ?? new Set()).add(answer));
          if (!isCounted) continue;
          const by = contestants[index]?.name;
          record({ op: 'question', by, round, kind: question.kind, ...rounded({ ms }), answers: answer });
        }
      }
    }
  } finally {
    for (const answerer of answerers) await answerer.close();
  }
  const agreed = [...counts.values()].filter((numbers) => numbers.size === 1).length;
  if (contestants.length > 1) tell(`${agreed} of ${counts.size} questions got as many answers from both`);
  return [
    { what: 'question, p50', unit: 'ms', values: taken.map((all) => quantile(all, 0.5)) },
    { what: 'question, p95', unit: 'ms', values: taken.map((all) => quantile(all, 0.95)) },
    { what: 'nothing (request, process), p50', unit: 'ms', values: idle.map((all) => quantile(all, 0.5)) },
  ];
}

function rounded(row: object): Record<string, number> {
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => [key, Number(Number(value).toFixed(1))]),
  );
}

function table(rows: readonly Row[], contestants: readonly Contestant[]): string {
  const shown = (value: number) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));
  const head = [
    '',
    ...contestants.map((contestant) => contestant.name),
    contestants.length > 1 ? 'ratio' : '',
    '',
  ];
  const lines = rows.map(({ what, unit, values: all }) => {
    const [ours = Number.NaN, theirs] = all;
    return [what, ...all.map(shown), theirs === undefined ? '' : (ours / theirs).toFixed(2), unit];
  });
  return [head, ...lines]
    .map((cells) =>
      cells
        .map((cell, index) => (index === 0 ? cell.padEnd(34) : cell.padStart(11)))
        .join(' ')
        .trimEnd(),
    )
    .join('\n');
}
