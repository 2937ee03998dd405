/** Shortlogs as `git shortlog` prints them: `Name (2):`, and below it each title behind six blanks. */

export interface ShortlogLine {
  readonly author: string;
  readonly title: string;
  /** Line of the body. */
  readonly at: number;
}

export function* shortlogLines(lines: readonly string[]): Iterable<ShortlogLine> {
  let author = '';
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const head = /^(\S.{0,100}) \(\d{1,5}\):$/.exec(line);
    if (head) author = head[1] ?? '';
    else if (line.trim() === '') author = '';
    else if (author !== '' && /^ {6}\S/.test(line)) yield { author, title: line.trim(), at };
  }
}
