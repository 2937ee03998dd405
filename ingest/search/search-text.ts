/**
 * Search text: what the index holds of one message, by column.
 *
 * In: a parsed message. Out: index tokens joined by blanks. Each line of the body goes to one column: quoted lines by their
 * `>`, lines of a diff by their sign, the rest are the sender's own. Diffs are told by their hunk headers and counts, so
 * a `-` list in a letter stays the sender's own. The exact diff reader with all its care is ../patch/diff.ts.
 */
import type { Address, Message } from '../model/message.ts';
import type { SearchText } from '../model/query.ts';
import { HunkCounter } from './hunk-counter.ts';
import { indexTokens } from './tokens.ts';

type LineColumn = 'own' | 'quoted' | 'file' | 'added' | 'removed' | 'context' | 'function';

/** Lines of a text by column, as text. */
type LinesByColumn = Record<LineColumn, string[]>;

/** The index text of a message. */
export function searchText(message: Message): SearchText {
  const lines: LinesByColumn = {
    own: [],
    quoted: [],
    file: [],
    added: [],
    removed: [],
    context: [],
    function: [],
  };
  sortLines(message.body, lines);
  for (const { filename, text } of message.attachments) {
    lines.file.push(filename);
    if (text !== undefined) sortLines(text, lines);
  }
  const column = (name: LineColumn) => joined(lines[name].join('\n'));
  return {
    subject: joined(message.subject),
    from: joined(addressText([message.from, ...message.replyTo])),
    to: joined(addressText(message.to)),
    cc: joined(addressText(message.cc)),
    own: column('own'),
    quoted: column('quoted'),
    file: column('file'),
    added: column('added'),
    removed: column('removed'),
    context: column('context'),
    function: column('function'),
  };
}

/** `diff --git a/kernel/fork.c b/kernel/fork.c`, `+++ b/kernel/fork.c`: the words that stand before paths. */
const fileLineStarts = ['diff --git ', '--- ', '+++ ', 'rename from ', 'rename to '];

function sortLines(text: string, lines: LinesByColumn): void {
  const hunk = new HunkCounter();
  for (const line of text.split('\n')) {
    const sign = hunk.take(line);
    if (sign !== null) {
      if (sign === '+') lines.added.push(line.slice(1));
      else if (sign === '-') lines.removed.push(line.slice(1));
      else lines.context.push(line);
    } else if (line.startsWith('>')) lines.quoted.push(withoutMarks(line));
    else if (hunk.startsWith(line)) lines.function.push(hunk.section);
    else if (fileLineStarts.some((start) => line.startsWith(start))) lines.file.push(paths(line));
    else if (line.startsWith('index ')) sortIndexLine(line, lines);
    else lines.own.push(line);
  }
}

/** `index 1a2b3c4d..5e6f7a8b 100644`: ids of a file before and after; all zeros where there is none. */
const indexLine = /^index ([0-9a-f]{7,40})\.\.([0-9a-f]{7,40})/;

function sortIndexLine(line: string, lines: LinesByColumn): void {
  const match = indexLine.exec(line.slice(0, 100));
  if (!match) lines.own.push(line);
  else
    lines.file.push(
      match
        .slice(1)
        .filter((id) => !/^0+$/.test(id))
        .join(' '),
    );
}

/** A line behind its `> >` marks. */
function withoutMarks(line: string): string {
  let at = 0;
  while (line[at] === '>' || line[at] === ' ') at++;
  return line.slice(at);
}

/** The paths of a file line, without the words before and git's `a/` and `b/`; one that stands twice counts once. */
function paths(line: string): string {
  const words = line.split(/\s/).filter((part) => part.includes('/') || part.includes('.'));
  const bare = words.filter((part) => part !== '/dev/null').map((part) => part.replace(/^[ab]\//, ''));
  return [...new Set(bare)].join(' ');
}

function addressText(addresses: readonly Address[]): string {
  return addresses.map(({ name, address }) => `${name} ${address}`).join('\n');
}

function joined(text: string): string {
  return indexTokens(text).join(' ');
}
