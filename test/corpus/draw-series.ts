/**
 * Draws the series whose next move labels/turns.tsv tells: at random, but the same at every run.
 *
 * `tsx test/corpus/draw-series.ts STORE [SALT]` prints ids of series, some of each of four lists, in a store that holds
 * them; with `--read` also their mails as a labeller reads them: who wrote when, and own words, but nothing that was
 * inferred beside the links. A series is drawn by the hash of its id, so what was drawn does not depend on what is said.
 * `--but FILE` leaves out the series of a file of labels.
 */
import { parseArgs } from 'node:util';
import { parseMessage } from '../../ingest/mail/mime.ts';
import { openStore } from '../../ingest/store/open.ts';
import type { Store } from '../../ingest/store/store.ts';
import { inDrawnOrder, labelledIds } from './draw-replies.ts';

const drawnLists: readonly string[] = ['linux-api', 'io-uring', 'selinux', 'linux-man'];
const perList = 15;
/** Own lines of one mail that are printed. */
const linesMost = 24;

/** Ids of the series of one list, in the order of their hashes. */
async function drawSeries(store: Store, list: string, salt: string): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page = await store.listSeries({ list }, 'oldest', { limit: 200, ...(cursor ? { cursor } : {}) });
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.next;
  }
  return inDrawnOrder(ids, salt);
}

/** Series that a file of labels names, under the names that they have in a store. */
async function seriesIn(store: Store, file: string): Promise<string[]> {
  const ids = labelledIds(file);
  const places = await store.getPlacements(ids);
  return ids.map((id) => places.get(id)?.series ?? id);
}

/** All revisions in a line each, and the mails of the newest one's thread. */
async function* readSeries(store: Store, series: string): AsyncIterable<string> {
  const revisions = [...(await store.getRevisionsOfSeries([series]))].sort((a, b) => a.sentMs - b.sentMs);
  for (const { id, sentMs, authorName, title, held, total } of revisions)
    yield `  rev ${date(sentMs)} ${authorName}: ${title} (${held}/${total}) ${id}`;
  const newest = revisions.at(-1);
  const entries = newest && (await store.getEntries([newest.id])).get(newest.id);
  if (!newest || !entries) return;
  const own = new Set(newest.postings);
  const thread = (await store.getThread(entries.thread)).filter(({ sortMs }) => sortMs >= newest.sentMs);
  for (const entry of thread) {
    if (own.has(entry.messageId)) continue;
    yield `  -- ${date(entry.sortMs)} ${entry.fromName}: ${entry.subject} (answers ${entry.parent ?? 'nothing'})`;
    const raw = (await store.getRaw([entry.messageId])).get(entry.messageId);
    const body = raw ? (await parseMessage(raw)).body.split('\n') : [];
    if (!entry.isPosting) yield* ownLines(body).map((line) => `     ${line}`);
  }
}

/** Unquoted lines, and of each quote the last line. */
function ownLines(body: readonly string[]): string[] {
  const end = body.findIndex((line) => /^-- ?$/.test(line));
  const text = (end < 0 ? body : body.slice(0, end)).filter((line) => line.trim() !== '');
  return text
    .filter((line, at) => !line.startsWith('>') || !(text[at + 1] ?? 'x').startsWith('>'))
    .map((line) => line.slice(0, 160))
    .slice(0, linesMost);
}

function date(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16);
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { read: { type: 'boolean' }, but: { type: 'string', multiple: true } },
});
const [location = '', salt = 'turn'] = positionals;
const store = await openStore(location, { readOnly: true });
const known = new Set<string>();
for (const file of values.but ?? []) for (const id of await seriesIn(store, file)) known.add(id);
for (const list of drawnLists) {
  const drawn = (await drawSeries(store, list, salt)).filter((id) => !known.has(id));
  for (const id of drawn.slice(0, perList)) {
    process.stdout.write(`${list}\t${id}\n`);
    if (!values.read) continue;
    for await (const line of readSeries(store, id)) process.stdout.write(`${line}\n`);
  }
}
await store.close();
