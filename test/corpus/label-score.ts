/**
 * Scores points and stances against labels, by default those in labels/replies.tsv.
 *
 * `tsx test/corpus/label-score.ts [FILE]` prints the table and what went wrong; reply-labels.test.ts holds the shares.
 * An alternative (`a|b`) is right with any of its kinds, an arguable one (`?`) counts neither way.
 */
import { readFileSync } from 'node:fs';
import { findPoints } from '../../ingest/reply/point.ts';
import { readDepth } from '../../ingest/reply/quote-depth.ts';
import { readReply } from '../../ingest/reply/read-reply.ts';
import { stancesOf } from '../../ingest/reply/stance.ts';
import { ancestorsOf, type ListMails, readList } from './list-mails.ts';

/** `a|b~?` taken apart. */
interface Label {
  readonly kinds: readonly string[];
  readonly isConditional: boolean;
  readonly isArguable: boolean;
}

interface PointLabel extends Label {
  readonly start: number;
  readonly above: number;
}

interface LabelledReply {
  readonly list: string;
  readonly messageId: string;
  readonly stances: readonly Label[];
  readonly points: readonly PointLabel[];
  /** A file without that column tells of stances only. */
  readonly hasPoints: boolean;
}

export interface Share {
  good: number;
  of: number;
}

export interface LabelScore {
  readonly stancePrecision: Map<string, Share>;
  readonly stanceRecall: Map<string, Share>;
  readonly pointKind: Share;
  readonly pointFound: Share;
  readonly pointFalse: Share;
  readonly pointAnchor: Share;
  /** One line for each thing that was wrong. */
  readonly misses: string[];
}

function parseLabel(text: string): Label {
  const kinds = text.split('|').map((kind) => kind.replace(/[~?]/g, ''));
  return { kinds, isConditional: text.includes('~'), isArguable: text.includes('?') };
}

/** The labels as they stand in the file. */
export function readLabels(file: string): LabelledReply[] {
  const text = readFileSync(new URL(`./labels/${file}`, import.meta.url), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [list = '', messageId = '', stances = '', points] = line.split('\t');
      const words = (cell: string) => cell.split(' ').filter((word) => word !== '');
      return {
        list,
        messageId,
        stances: words(stances).map(parseLabel),
        hasPoints: points !== undefined,
        points: words(points ?? '').map((word) => {
          const [, start = '', above = '', kinds = ''] = /^(\d+)@(-?\d+):(.+)$/.exec(word) ?? [];
          return { start: Number(start), above: Number(above), ...parseLabel(kinds) };
        }),
      };
    });
}

function count(shares: Map<string, Share>, kind: string, isGood: boolean): void {
  const share = shares.get(kind) ?? { good: 0, of: 0 };
  shares.set(kind, { good: share.good + (isGood ? 1 : 0), of: share.of + 1 });
}

/** Runs the analyser over the labelled replies and compares. */
export async function scoreLabels(file: string): Promise<LabelScore> {
  const score: LabelScore = {
    stancePrecision: new Map(),
    stanceRecall: new Map(),
    pointKind: { good: 0, of: 0 },
    pointFound: { good: 0, of: 0 },
    pointFalse: { good: 0, of: 0 },
    pointAnchor: { good: 0, of: 0 },
    misses: [],
  };
  const labels = readLabels(file);
  for (const list of new Set(labels.map((label) => label.list))) {
    const mails = await readList(list);
    for (const label of labels.filter((row) => row.list === list)) {
      const mail = mails.get(label.messageId);
      if (!mail) throw new Error(`${label.messageId} is labelled but not in ${list}`);
      const reply = readReply(mail.text, ancestorsOf(label.messageId, mails));
      scoreStances(label, reply, score);
      if (label.hasPoints) scorePoints(label, reply, mails, score);
    }
  }
  return score;
}

type Reply = ReturnType<typeof readReply>;

function scoreStances(label: LabelledReply, reply: Reply, score: LabelScore): void {
  const found = stancesOf(reply);
  for (const { value, rule, evidence } of found) {
    const fitting = label.stances.filter((stance) => stance.kinds.includes(value.kind));
    if (fitting.some((stance) => stance.isArguable) && !fitting.some((stance) => !stance.isArguable))
      continue;
    const isRight = fitting.some(
      (stance) => stance.isArguable || stance.isConditional === value.isConditional,
    );
    count(score.stancePrecision, value.kind, isRight);
    if (!isRight) {
      const line = evidence[0]?.start ?? 0;
      const words = reply.mail.lines[line]?.slice(0, 70);
      score.misses.push(
        `stance wrong  ${label.messageId} ${value.kind} ${value.isConditional ? '~' : ''} ${rule} ${line}: ${words}`,
      );
    }
  }
  for (const stance of label.stances) {
    if (stance.isArguable) continue;
    const isFound = found.some(({ value }) => stance.kinds.includes(value.kind));
    count(score.stanceRecall, stance.kinds.join('|'), isFound);
    if (!isFound) score.misses.push(`stance missed ${label.messageId} ${stance.kinds.join('|')}`);
  }
}

function scorePoints(label: LabelledReply, reply: Reply, mails: ListMails, score: LabelScore): void {
  const found = findPoints(reply).map(({ point, basis }) => ({ ...point, rule: basis.rule }));
  const at = (point: { start: number; end: number }) =>
    label.points.find((row) => row.start >= point.start - 1 && row.start < point.end);
  for (const point of found) {
    const row = at(point);
    score.pointFalse.of++;
    if (!row) {
      score.pointFalse.good++;
      score.misses.push(`point false   ${label.messageId} ${point.start} ${point.kind} ${point.rule}`);
      continue;
    }
    if (!row.isArguable) {
      score.pointKind.of++;
      if (row.kinds.includes(point.kind)) score.pointKind.good++;
      else
        score.misses.push(
          `point kind    ${label.messageId} ${point.start} ${point.kind} for ${row.kinds.join('|')} ${point.rule}`,
        );
    }
    if (row.above < 0) continue;
    score.pointAnchor.of++;
    const source = mails.get(point.anchorMessage)?.text.lines ?? [];
    const bare = (text: string) => readDepth(text).text.replace(/\s+/g, '');
    const said = bare(reply.mail.lines[lastQuoted(reply, row.above)] ?? '');
    // A line that was broken anew is part of one line of its source, or the other way round.
    const there = bare(source[point.anchorEnd - 1] ?? '');
    const isThere = there !== '' && (there.includes(said) || said.includes(there));
    if (isThere) score.pointAnchor.good++;
    else
      score.misses.push(
        `point anchor  ${label.messageId} ${point.start} for ${row.above}: ${point.anchorMessage} ${point.anchorStart}-${point.anchorEnd}`,
      );
  }
  for (const row of label.points) {
    if (row.isArguable) continue;
    score.pointFound.of++;
    if (found.some((point) => at(point) === row)) score.pointFound.good++;
    else score.misses.push(`point missed  ${label.messageId} ${row.start} ${row.kinds.join('|')}`);
  }
}

/** The line itself, or the nearest above it that is neither blank nor says that text was left out. */
function lastQuoted(reply: Reply, above: number): number {
  let at = above;
  while (at > 0 && /^[\s>]*(?:\[?\.\.\.\]?)?\s*$/.test(reply.mail.lines[at] ?? '')) at--;
  return at;
}

/** All kinds of a table together. */
export function total(shares: ReadonlyMap<string, Share>): Share {
  const sum = { good: 0, of: 0 };
  for (const { good, of } of shares.values()) {
    sum.good += good;
    sum.of += of;
  }
  return sum;
}

if (process.argv[1]?.endsWith('label-score.ts')) {
  const score = await scoreLabels(process.argv[2] ?? 'replies.tsv');
  const say = (name: string, { good, of }: Share) =>
    process.stdout.write(
      `${name.padEnd(44)} ${of ? ((good / of) * 100).toFixed(1) : '-'} %  ${good}/${of}\n`,
    );
  say('stance precision', total(score.stancePrecision));
  for (const [kind, share] of score.stancePrecision) say(`  ${kind}`, share);
  say('stance recall', total(score.stanceRecall));
  for (const [kind, share] of score.stanceRecall) say(`  ${kind}`, share);
  say('points found', score.pointFound);
  say('points that are none', score.pointFalse);
  say('point kind right', score.pointKind);
  say('point anchored to the right line', score.pointAnchor);
  process.stdout.write(`${score.misses.join('\n')}\n`);
}
