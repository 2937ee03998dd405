/**
 * Calibration: of the links between revisions that are held with some confidence, how many are true; and how right each
 * rule is that spoke for a link.
 *
 * In: a store, and the truth's folder. Out: lines of a table. A link is right where the author tied
 * both revisions (a change-id, links between versions), and wrong where both belong to different proposals whose authors
 * stated all of them. All others are counted as unjudged, so the shares lean to the right side.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Revision } from '../../ingest/model/series.ts';
import type { Store } from '../../ingest/store/store.ts';

interface Tally {
  links: number;
  judged: number;
  right: number;
}

/** The table, ready to print. */
export async function calibrationTable(store: Store, truth: string): Promise<string[]> {
  const proposalOf = readProposals(truth);
  const byConfidence = new Map<string, Tally>();
  const byRule = new Map<string, Tally>();
  for await (const { revision, previous } of linksOf(store)) {
    if (!revision.link) continue;
    const [newer, older] = [proposalOf(revision.postings), proposalOf(previous.postings)];
    const isRight = newer.id === older.id ? true : newer.isWhole && older.isWhole ? false : null;
    count(byConfidence, bucketOf(revision.link.confidence), isRight);
    for (const rule of revision.link.rule.split('+')) count(byRule, rule, isRight);
  }
  return [...table('confidence', byConfidence), '', ...table('rule', byRule)];
}

async function* linksOf(store: Store): AsyncGenerator<{ revision: Revision; previous: Revision }> {
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page = await store.listSeries({}, 'oldest', { limit: 200, ...(cursor === '' ? {} : { cursor }) });
    const revisions = await store.getRevisionsOfSeries(page.items.map((row) => row.id));
    const byId = new Map(revisions.map((revision) => [revision.id, revision]));
    for (const revision of revisions) {
      const previous = byId.get(revision.previous ?? '');
      if (previous) yield { revision, previous };
    }
    cursor = page.next;
  }
}

function bucketOf(confidence: number): string {
  if (confidence >= 0.99) return '0.99-1.00';
  const low = Math.floor(confidence * 10) / 10;
  return `${low.toFixed(2)}-${(low === 0.9 ? 0.99 : low + 0.1).toFixed(2)}`;
}

function count(tallies: Map<string, Tally>, key: string, isRight: boolean | null): void {
  const tally = tallies.get(key) ?? { links: 0, judged: 0, right: 0 };
  tally.links++;
  if (isRight !== null) tally.judged++;
  if (isRight) tally.right++;
  tallies.set(key, tally);
}

function table(head: string, tallies: ReadonlyMap<string, Tally>): string[] {
  const rows = [...tallies].sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    `${head.padEnd(28)} links  judged  right`,
    ...rows.map(([key, { links, judged, right }]) => {
      const share = judged === 0 ? 'n/a' : `${((100 * right) / judged).toFixed(1)} %`;
      return `${key.padEnd(28)} ${String(links).padStart(5)}  ${String(judged).padStart(6)}  ${share}`;
    }),
  ];
}

/** Rows of a truth file; empty where there is none. */
function rowsOf(truth: string, name: string): Record<string, string>[] {
  const [head = '', ...lines] = readFileSync(join(truth, name), 'utf8').split('\n');
  const names = head.split('\t');
  return lines
    .filter((line) => line !== '')
    .map((line) => Object.fromEntries(line.split('\t').map((cell, at) => [names[at] ?? '', cell])));
}

interface Proposal {
  readonly id: string;
  /** True where the author stated all revisions. */
  readonly isWhole: boolean;
}

/** Proposal of a revision by its postings. */
function readProposals(truth: string): (postings: readonly string[]) => Proposal {
  const up = new Map<string, string>();
  const find = (id: string): string => {
    let at = id;
    for (let next = up.get(at); next !== undefined; next = up.get(at)) at = next;
    return at;
  };
  const join = (a: string, b: string) => {
    const [left, right] = [find(a), find(b)];
    if (left !== right) up.set(left, right);
  };
  const sending = new Map(
    rowsOf(truth, 'series.tsv').map((row) => [row.message_id ?? '', row.series_key ?? '']),
  );
  const keyOf = (id: string) => sending.get(id) ?? id;
  const versions = rowsOf(truth, 'versions.tsv');
  const named = rowsOf(truth, 'change-id.tsv');
  for (const row of versions) join(keyOf(row.newer ?? ''), keyOf(row.older ?? ''));
  for (const row of named) join(keyOf(row.message_id ?? ''), `change-id ${row.change_id}`);
  const known = new Set(named.map((row) => find(keyOf(row.message_id ?? ''))));
  const held = new Map<string, Set<number>>();
  for (const row of versions) {
    const versionsHeld = held.get(find(keyOf(row.newer ?? ''))) ?? new Set<number>();
    versionsHeld.add(Number(row.newer_version)).add(Number(row.older_version));
    held.set(find(keyOf(row.newer ?? '')), versionsHeld);
  }
  for (const [proposal, found] of held) {
    const top = Math.max(...found);
    if (top >= 2 && found.size === top && found.has(1)) known.add(proposal);
  }
  return (postings) => {
    const proposals = postings.map((id) => find(keyOf(id)));
    const whole = proposals.find((id) => known.has(id));
    return { id: whole ?? proposals[0] ?? '', isWhole: whole !== undefined };
  };
}
