/**
 * Range-diffs: two revisions of a series side by side, from their mails.
 *
 * Comparing is done by ingest/compare/range-diff.ts; here the patches of both revisions are put in order and their
 * texts handed to it. What is compared: the commit message, then each file's hunks without line numbers, which move by
 * themselves.
 */
import { type PatchText, rangeDiff } from '../../ingest/compare/range-diff.ts';
import type { Message } from '../../ingest/model/message.ts';
import { splitPosting } from '../../ingest/patch/sections.ts';
import type { RangeDiff, RangePair } from '../wire.ts';
import type { RevisionLabel } from './revision-label.ts';
import type { SeriesRecords } from './series-records.ts';
import type { Mails } from './why.ts';

export function presentRangeDiff(
  records: SeriesRecords,
  from: RevisionLabel,
  to: RevisionLabel,
  mails: Mails,
): RangeDiff {
  const pairs = rangeDiff(patchTexts(records, from.revision, mails), patchTexts(records, to.revision, mails));
  return {
    from: from.label,
    to: to.label,
    pairs: pairs.map((pair) => ({
      lineage: pair.lineage,
      old: sideOf(pair.old),
      new: sideOf(pair.new),
      mark: pair.mark,
      lines: pair.lines.map(({ kind, text, words }) => ({
        kind,
        text,
        words: words.map(([start, end]): [number, number] => [start, end]),
      })),
      isCut: pair.isCut,
    })),
  };
}

function sideOf(patch: PatchText | null): RangePair['old'] {
  return patch && { messageId: patch.messageId, position: patch.position, title: patch.title };
}

function patchTexts(records: SeriesRecords, revision: string, mails: Mails): PatchText[] {
  return [...records.placements.values()]
    .filter((placement) => placement.revision === revision && placement.lineage !== null)
    .sort((a, b) => a.position - b.position)
    .flatMap(({ messageId, lineage, position }) => {
      const message = mails.get(messageId);
      const title = records.postings.get(messageId)?.subject.title ?? '';
      if (!message) return [];
      return [{ messageId, lineage: lineage ?? '', position, title, lines: comparableLines(title, message) }];
    });
}

/** The patch as `git range-diff` compares it: title and message, then files with their hunks. */
function comparableLines(title: string, message: Message): string[] {
  const lines = message.body.split('\n');
  const { message: span, diff } = splitPosting(message.body);
  const words = span ? lines.slice(span.start, span.end) : [];
  const files = diff.files.flatMap(({ change, hunks }) => [
    ` ## ${change.oldPath === change.path ? change.path : `${change.oldPath} => ${change.path}`} ##`,
    ...hunks.flatMap((hunk) => [
      `@@ ${hunk.heading}`.trimEnd(),
      ...hunk.lines.map(({ kind, text }) => `${kind}${text}`),
    ]),
  ]);
  return [title, '', ...words, ...files];
}
