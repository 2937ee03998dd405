/**
 * Words: which characters of two lines differ, in whole words.
 *
 * In: the old and the new form of one line. Out: for each the spans of words that the other lacks, as [start, end)
 * character offsets. Used for range-diffs and for diffs on a page.
 */
import { diffArrays } from 'diff';

export type Span = readonly [number, number];

/** Edits after which two lines count as wholly different: nobody reads such a comparison word by word. */
const wordEdits = 60;

/** Letters above which a line was not written by a person. */
const longestLine = 2000;

/** Spans that changed in each line; null where too little is the same to be worth showing. */
export function changedWords(
  before: string,
  after: string,
): { readonly before: Span[]; readonly after: Span[] } | null {
  if (Math.max(before.length, after.length) > longestLine) return null;
  const left = wordsOf(before);
  const right = wordsOf(after);
  const changes = diffArrays(left, right, { maxEditLength: wordEdits });
  if (!changes) return null;
  const spans = { before: [] as Span[], after: [] as Span[] };
  let same = 0;
  let [leftAt, rightAt] = [0, 0];
  for (const change of changes) {
    const length = change.value.reduce((sum, word) => sum + word.length, 0);
    if (change.removed) {
      spans.before.push([leftAt, leftAt + length]);
      leftAt += length;
    } else if (change.added) {
      spans.after.push([rightAt, rightAt + length]);
      rightAt += length;
    } else {
      same += change.value.reduce((sum, word) => sum + word.trim().length, 0);
      leftAt += length;
      rightAt += length;
    }
  }
  return same * 3 >= Math.max(before.trim().length, after.trim().length) ? spans : null;
}

/** Identifiers, runs of blanks, and single other characters; together they are the line again. */
function wordsOf(line: string): string[] {
  return line.match(/[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu) ?? [];
}
