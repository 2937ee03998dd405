/**
 * Search rank: the newest hits in order of relevance, by the measure that SQLite's index has (BM25 with weighted columns).
 *
 * Each row of words counts for itself: how often it stands in the hit, by column, against how many messages have it.
 * That is counted for up to some ten thousand messages; of more common words it is estimated.
 */
import { limits } from '../../model/limits.ts';
import type { Query } from '../../model/query.ts';
import { makePage, pageLimit, readPosition } from '../page-cursor.ts';
import { type HitColumns, hitOf, topItems } from '../search-rows.ts';
import type { StepValue } from '../steps.ts';
import type { Page, PageRequest, SearchHit } from '../store.ts';
import { type Phrase, phraseCondition, phrasesOf, phraseText } from './match.ts';
import type { Plan } from './search-rows.ts';
import type { TextColumn } from './search-text-rows.ts';
import type { Session } from './session.ts';

/** What a hit shows of its message `m`, with what must be joined for it. */
export const hitColumns = 'i.id, m.subject, m.from_name, m.sort_ms, p.address';
export const hitJoins = `JOIN message_id i ON i.message_key = m.message_key
  JOIN person p ON p.person_key = m.from_key`;

/** What a mail is about before what it repeats. */
const weights: Readonly<Record<TextColumn, number>> = {
  own: 3,
  quoted: 0.5,
  recipient: 1,
  copied: 1,
  subject: 8,
  sender: 4,
  file: 4,
  added: 2,
  removed: 1.5,
  context: 0.5,
  function: 3,
};

/** The constants of BM25. */
const saturation = 1.2;
const lengthShare = 0.75;
/** Texts with a word that are counted one by one: some ten ms. */
const countedMost = 20_000;
/** What a word counts that more than half of all have. */
const leastWeight = 1e-6;

interface Hit {
  readonly search_key: number;
  readonly size: number;
  readonly counts: number[];
}

export async function rankHits(
  session: Session,
  query: Query,
  plan: Plan,
  page: PageRequest,
): Promise<Page<SearchHit>> {
  const limit = pageLimit(page);
  const [afterRank, afterKey] = readPosition(page, ['number', 'number']) ?? [-Number.MAX_VALUE, 0];
  const phrases = topItems(query).flatMap(wantedPhrases);
  const ranked = (await rankAll(session, phrases, plan)).filter(
    ({ rank, key }) => rank > Number(afterRank) || (rank === afterRank && -key > Number(afterKey)),
  );
  const best = ranked.sort((a, b) => a.rank - b.rank || b.key - a.key).slice(0, limit + 1);
  const rows = await session.all<HitColumns & { search_key: number }>(
    `SELECT m.search_key, ${hitColumns} FROM message m ${hitJoins} WHERE m.search_key = ANY(?)`,
    best.map(({ key }) => key),
  );
  const rowOf = new Map(rows.map((row) => [row.search_key, row]));
  const shown = best.flatMap((hit) => {
    const row = rowOf.get(hit.key);
    return row ? [{ ...hit, row }] : [];
  });
  return makePage(
    shown,
    limit,
    ({ rank, key }) => [rank, -key],
    ({ rank, row }) => hitOf(row, rank),
  );
}

async function rankAll(
  session: Session,
  phrases: readonly Phrase[],
  plan: Plan,
): Promise<{ rank: number; key: number }[]> {
  const total = await session.get<{ texts: number; tokens: number }>(
    'SELECT sum(texts) AS texts, sum(tokens) AS tokens FROM search_total',
  );
  const { texts = 0, tokens = 0 } = total ?? {};
  // A lone row of words has nothing to be weighed against.
  const rarities = phrases.length === 1 ? [1] : [];
  if (phrases.length > 1) {
    for (const phrase of phrases) rarities.push(rarity(texts, await countHaving(session, phrase)));
  }
  const average = tokens / Math.max(1, texts);
  const hits = await readHits(session, phrases, plan);
  return hits.map(({ search_key: key, size, counts }) => {
    const length = saturation * (1 - lengthShare + (lengthShare * size) / average);
    const score = (count: number, at: number) =>
      (rarities[at] ?? 0) * ((count * (saturation + 1)) / (count + length));
    // Where nothing must be there, the token that stands in every text is what was found.
    const every =
      phrases.length === 0 ? [leastWeight * ((weights.own * (saturation + 1)) / (weights.own + length))] : [];
    return { key, rank: -[...every, ...counts.map(score)].reduce((sum, part) => sum + part, 0) };
  });
}

function rarity(texts: number, having: number): number {
  return Math.max(leastWeight, Math.log((texts - having + 0.5) / (having + 0.5)));
}

/** How many texts have a phrase; what more than a bound have is so common that PostgreSQL's own statistics know it. */
async function countHaving(session: Session, phrase: Phrase): Promise<number> {
  const { sql, values } = phraseCondition(phrase);
  const row = await session.get<{ count: number }>(
    `SELECT count(*) AS count FROM (SELECT 1 FROM search_text s WHERE ${sql} LIMIT ?) having_it`,
    ...values,
    countedMost,
  );
  const counted = row?.count ?? 0;
  if (counted < countedMost) return counted;
  const [explained] = await session.all<{ 'QUERY PLAN': readonly ExplainedPlan[] }>(
    `EXPLAIN (FORMAT JSON) SELECT 1 FROM search_text s WHERE ${sql}`,
    ...values,
  );
  return Math.max(counted, explained?.['QUERY PLAN'][0]?.Plan['Plan Rows'] ?? 0);
}

/** What PostgreSQL expects of a query. */
interface ExplainedPlan {
  readonly Plan: { readonly 'Plan Rows': number };
}

/** The newest hits, each with its weighted count of every phrase. */
function readHits(session: Session, phrases: readonly Phrase[], plan: Plan): Promise<Hit[]> {
  const values: StepValue[] = [];
  const counts = phrases.map((phrase) => {
    const text = phraseText(phrase);
    // The column itself is looked through: to ask the words first, once for each column, takes twice the time.
    const columns = phrase.columns.map((column) => {
      values.push(text, Buffer.byteLength(text));
      return `(octet_length(s.${column}) - octet_length(replace(s.${column}, ?, ''))) / ?::integer * ${weights[column]}`;
    });
    return `(${columns.join(' + ')})::float8`;
  });
  return session.all<Hit>(
    `WITH hit AS MATERIALIZED (SELECT s.search_key ${plan.sql} ORDER BY s.search_key DESC LIMIT ?)
     SELECT s.search_key, s.size, ARRAY[${counts.join(', ')}]::float8[] AS counts
     FROM hit JOIN search_text s ON s.search_key = hit.search_key`,
    ...plan.values,
    limits.rankedHits,
    ...values,
  );
}

/** Phrases that may stand in a hit. */
function wantedPhrases(query: Query): Phrase[] {
  if (query.op === 'words') return phrasesOf(query);
  return query.op === 'and' || query.op === 'or' ? query.items.flatMap(wantedPhrases) : [];
}
