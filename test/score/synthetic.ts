/**
 * Synthetic truth: how right the linking is on an invented list, where every revision, patch and trailer is known.
 *
 * In: the folder of an invented corpus (`truth.jsonl`: a `mail` a line, then each `series`, which here is one sending, with
 * its lineage and its patches' logical names) and what the store exports of it. Out: lines of a table. Revisions, series
 * and lineages are counted in pairs of mails, so that one wrong join among many mails weighs what it spoils.
 */
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';

const mailRow = z.object({
  type: z.literal('mail'),
  mid: z.string(),
  kind: z.string(),
  irt: z.string().nullable(),
  series: z.string().nullable(),
  trailer: z.string().optional(),
  trueParent: z.string().optional(),
});
const seriesRow = z.object({
  type: z.literal('series'),
  id: z.string(),
  lineage: z.string(),
  cover: z.string().nullable(),
  patches: z.array(z.object({ mid: z.string(), logical: z.string(), missing: z.boolean().optional() })),
});
const truthRow = z.union([mailRow, seriesRow, z.object({ type: z.literal('lineage') })]);

const exportedRow = z.object({
  type: z.string(),
  message_id: z.string().nullish(),
  revision: z.string().nullish(),
  series: z.string().nullish(),
  lineage: z.string().nullish(),
  trailer: z.string().optional(),
  given_in: z.string().optional(),
});

type MailRow = z.infer<typeof mailRow>;
type SeriesRow = z.infer<typeof seriesRow>;

interface Measure {
  readonly name: string;
  readonly right: number;
  readonly found: number;
  readonly known: number;
}

/** The table, ready to print. `exported` are the lines of an export. */
export async function syntheticTable(folder: string, exported: AsyncIterable<string>): Promise<string[]> {
  const mails: MailRow[] = [];
  const sendings: SeriesRow[] = [];
  for await (const line of createInterface({ input: createReadStream(join(folder, 'truth.jsonl')) })) {
    const row = truthRow.parse(JSON.parse(line));
    if (row.type === 'mail') mails.push(row);
    else if (row.type === 'series') sendings.push(row);
  }
  const { postings, trailers } = await readExport(exported);
  const held = new Set(mails.map((mail) => mail.mid));
  const all = sendings.flatMap((sending) => placesOf(sending).filter(({ mid }) => held.has(mid)));
  const heads = new Set(
    sendings.flatMap((sending) => placesOf(sending).find(({ mid }) => held.has(mid)) ?? []),
  );
  const isHead = new Set([...heads].map(({ mid }) => mid));
  const measures = [
    postingMeasure(mails, postings),
    pairMeasure(
      'revision pairs',
      all,
      ({ sending }) => sending,
      ({ mid }) => postings.get(mid)?.revision,
    ),
    pairMeasure(
      'series (pairs of revisions)',
      all.filter(({ mid }) => isHead.has(mid)),
      ({ lineage }) => lineage,
      ({ mid }) => postings.get(mid)?.series,
    ),
    pairMeasure(
      'lineages',
      all,
      ({ logical }) => logical,
      ({ mid }) => postings.get(mid)?.lineage,
    ),
    trailerMeasure(mails, trailers),
  ];
  return table(measures);
}

interface ExportedPosting {
  readonly revision: string;
  readonly series: string;
  readonly lineage: string | null;
}

async function readExport(
  lines: AsyncIterable<string>,
): Promise<{ postings: Map<string, ExportedPosting>; trailers: Set<string> }> {
  const postings = new Map<string, ExportedPosting>();
  const trailers = new Set<string>();
  for await (const line of lines) {
    const row = exportedRow.parse(JSON.parse(line));
    if (row.type === 'trailer') {
      trailers.add(`${row.given_in} ${(row.trailer ?? '').split(':')[0]?.toLowerCase()} ${row.message_id}`);
    }
    if (row.type !== 'posting' || !row.message_id) continue;
    const { revision, series, lineage } = row;
    postings.set(row.message_id, {
      revision: revision ?? '',
      series: series ?? '',
      lineage: lineage ?? null,
    });
  }
  return { postings, trailers };
}

interface TruePlace {
  readonly mid: string;
  readonly sending: string;
  readonly lineage: string;
  /** Null for a cover. */
  readonly logical: string | null;
}

function placesOf({ id, lineage, cover, patches }: SeriesRow): TruePlace[] {
  const common = { sending: id, lineage };
  return [
    ...(cover === null ? [] : [{ ...common, mid: cover, logical: null }]),
    ...patches.map(({ mid, logical }) => ({ ...common, mid, logical })),
  ];
}

/** Which mails are postings; pull requests, notices and talk are none. */
function postingMeasure(mails: readonly MailRow[], postings: ReadonlyMap<string, unknown>): Measure {
  const known = new Set(
    mails.filter(({ kind }) => kind === 'patch' || kind === 'cover').map(({ mid }) => mid),
  );
  const right = [...known].filter((mid) => postings.has(mid)).length;
  return { name: 'postings', right, found: postings.size, known: known.size };
}

/** Pairs that share a key in truth, in the export, and in both. Items without a key are in no pair. */
function pairMeasure<T>(
  name: string,
  items: readonly T[],
  truthOf: (item: T) => string | null,
  foundOf: (item: T) => string | null | undefined,
): Measure {
  const keyed = items.map((item) => ({ truth: truthOf(item), found: foundOf(item) ?? null }));
  const both = keyed.filter(({ truth, found }) => truth !== null && found !== null);
  return {
    name,
    known: pairsWithin(keyed.map(({ truth }) => truth)),
    found: pairsWithin(both.map(({ found }) => found)),
    right: pairsWithin(both.map(({ truth, found }) => `${truth} ${found}`)),
  };
}

function pairsWithin(keys: readonly (string | null)[]): number {
  const counts = new Map<string, number>();
  for (const key of keys) if (key !== null) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum + (count * (count - 1)) / 2, 0);
}

/** A trailer counts for the posting that its mail answers; with the way to it broken, for none. */
function trailerMeasure(mails: readonly MailRow[], found: ReadonlySet<string>): Measure {
  const kindOf = new Map(mails.map((mail) => [mail.mid, mail.kind]));
  const isPosting = (mid: string) => ['patch', 'cover'].includes(kindOf.get(mid) ?? '');
  const known = mails.flatMap(({ mid, trailer, irt }) =>
    trailer !== undefined && irt !== null && isPosting(irt) ? [`${mid} ${trailer.toLowerCase()} ${irt}`] : [],
  );
  const givers = new Set(known.map((row) => row.split(' ')[0]));
  const judged = [...found].filter((row) => givers.has(row.split(' ')[0]));
  const right = known.filter((row) => found.has(row)).length;
  return { name: 'trailers', right, found: judged.length, known: known.length };
}

function table(measures: readonly Measure[]): string[] {
  const share = (part: number, whole: number) =>
    (whole === 0 ? 'n/a' : `${((100 * part) / whole).toFixed(2)} %`).padStart(9);
  return [
    `${'synthetic'.padEnd(28)} precision    recall    right    found    known`,
    ...measures.map(
      ({ name, right, found, known }) =>
        `${name.padEnd(28)} ${share(right, found)} ${share(right, known)} ${[right, found, known].map((n) => String(n).padStart(8)).join(' ')}`,
    ),
  ];
}
