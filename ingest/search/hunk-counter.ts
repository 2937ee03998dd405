/**
 * Hunk counter: tells which lines belong to a diff hunk, from the counts in its header.
 *
 * A hunk ends when its counted lines are there, or at a line that no hunk can hold (a patch cut short), so the letter
 * behind a diff is never taken for it.
 */

/** `@@ -12,7 +12,8 @@ static int foo(void)`: counts left out are 1. */
const hunkHeader = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@(.*)$/;
/** Only the start of a line is matched: a longer one is no hunk header of any diff tool. */
const headerMost = 500;

export class HunkCounter {
  /** What stands behind the second `@@` of the hunk that was started last. */
  section = '';
  #oldLeft = 0;
  #newLeft = 0;

  /** Starts a hunk where the line is a hunk header. */
  startsWith(line: string): boolean {
    if (!line.startsWith('@@ -')) return false;
    const match = hunkHeader.exec(line.slice(0, headerMost));
    if (!match) return false;
    this.#oldLeft = Number(match[1] ?? 1);
    this.#newLeft = Number(match[2] ?? 1);
    this.section = match[3] ?? '';
    return true;
  }

  /** The sign of a line within a hunk; null where the line is not in one. */
  take(line: string): '+' | '-' | ' ' | null {
    if (this.#oldLeft <= 0 && this.#newLeft <= 0) return null;
    const sign = line === '' ? ' ' : line[0];
    if (sign === '+') this.#newLeft--;
    else if (sign === '-') this.#oldLeft--;
    else if (sign === ' ') {
      this.#newLeft--;
      this.#oldLeft--;
    } else if (sign !== '\\') {
      this.#oldLeft = 0;
      this.#newLeft = 0;
      return null;
    }
    return sign === '+' || sign === '-' ? sign : ' ';
  }
}
