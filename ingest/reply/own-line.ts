/**
 * Own lines: what each unquoted line of a reply is for: words, courtesy, code, or something that is no speech at all.
 *
 * In: body lines and which of them are quoted. Out: one class a line.
 * Only `words` are read for what somebody thinks of a patch; the rest is told apart so that a `Thanks,` is no comment,
 * and a signature or a pasted patch is nobody's opinion.
 */
import { parseGivenTrailers } from '../patch/trailer.ts';
import { findAttributionAbove } from './attribution.ts';
import { nameKey } from './attribution-source.ts';
import type { AlignedLine } from './line-align.ts';
import { findPastedPatches } from './pasted-patch.ts';
import { isBlank, isGap } from './quote-depth.ts';
import { findUnmarkedQuotes } from './unmarked-quote.ts';

export type LineClass =
  | 'quoted'
  | 'blank'
  | 'attribution'
  /** A greeting, thanks, a closing, or the sender's name alone. */
  | 'courtesy'
  | 'signature'
  | 'trailer'
  | 'patch'
  /** `[...]`, `<snip>`: text was left out here. */
  | 'gap'
  /** Code, logs and tables: set in, or with the marks of a shell. */
  | 'code'
  | 'words';

/** `Hi Ada,`, `Hello all`, `Ada,`, `Dear maintainers:`; with more behind it, the line is words. */
const greeting =
  /^(?:hi|hello|hey|dear|hallo|howdy|good (?:morning|day|afternoon|evening))\b[^.?!]{0,40}[,.!:]?$/i;
/** `Thanks`, `Best regards`, `Many thanks again`, `BR` */
const closingWord =
  /^(?:(?:many|best|kind|warm|with|and|ok,?|okay,?) ){0,2}(?:thanks|thanx|thx|thank you|regards|cheers|best|br|rgds|tia|mfg|greetings|ciao|hth|wbr|sincerely|yours)(?: (?:again|all|a lot|so much|very much|in advance|regards|wishes))?(?=[ ,.!]|$)/i;
/** Behind a closing only a name may stand: `Cheers, Bob`. `Thanks, applied.` is words. */
const closingName =
  /^[ ,.!]{0,3}(?:(?!Applied|Queued|Merged|Pushed)\p{Lu}[\p{L}-]{0,20}(?: \p{Lu}[\p{L}.-]{0,20})?[,!]{0,3})?$/u;
/** `Ada,` above the words that are for her */
const nameAlone = /^\p{Lu}[\p{L}.-]{1,20}(?: \p{Lu}[\p{L}.-]{1,20})?,$/u;
/** `Have a nice day!` */
const wish = /^have an? \w{1,20} (?:day|night|evening|morning|weekend|week|one)\b.{0,20}$/i;
const thanksFor =
  /^(?:many )?(?:thanks|thank you)(?: \w{1,20})?(?: very much| a lot| so much)? for (?:\w{1,20} ){0,2}(?:patch|patches|patchset|series|review|reviews|reviewing|report|reporting|work|working|fix|fixing|update|updating|feedback|comment|comments|quick|help|info|information|taking|looking|explanation|heads|sending|reply|response|link|pointer|test|testing|taking care)\b[^?.!]{0,60}[.!]{0,3}$/i;
const courtesies = [greeting, nameAlone, wish, thanksFor];
/** Four blanks or a tab before it, or the prompt of a shell, or a timestamp of a kernel log. */
const code =
  /^(?:\[\d{1,4}\/\d{1,4}\] | {2,6}commit: [0-9a-f]{7}| {4}|\t| {1,3}\t|[$#] \S|\[ {0,5}\d{1,6}\.\d{6}\]|[+-]\t|[\w.-]{1,30}@[\w.-]{1,30}:\S{0,60}[$#] )/;
/** Set in by two or three blanks, and ending as code does; or without, and made as a statement of C is */
const statement =
  /^(?: {2,3}\S.{0,200}[;{}]|(?:return|goto|if|for|while|else|switch|case|do|struct|static|const|unsigned|int|void|char|bool|[\w.>*-]{1,60}(?:\[\w{1,20}\])? {0,2}[-+|&*/%^]?=|[\w.>-]{1,60}\()[^.]{0,200}[;{]|\}(?: else \{|;)?)$/;
/** `/Bob`, `- Bob`, `--Bob`, `~Bob`: a name behind a mark */
const nameMark = /^(?:[/~]|-{1,2} ?|—)\s?/;

/** The class of each line. */
export function classifyLines(
  lines: readonly string[],
  aligned: readonly (AlignedLine | null)[],
  senderName: string,
): LineClass[] {
  const classes = lines.map((line, at): LineClass => {
    if (aligned[at]) return 'quoted';
    return isBlank(line) ? 'blank' : classifyWords(line);
  });
  const fill = (start: number, end: number, as: LineClass) => {
    for (let at = start; at < end; at++) if (classes[at] !== 'quoted') classes[at] = as;
  };
  const patches = findPastedPatches(lines);
  for (const { start, end } of patches) fill(start, end, 'patch');
  markAttributions(lines, aligned, fill);
  for (const { headerStart, start } of findUnmarkedQuotes(lines)) fill(headerStart, start, 'attribution');
  const own = lines.map((line, at) => (classes[at] === 'quoted' || classes[at] === 'patch' ? '' : line));
  for (const { start, end } of parseGivenTrailers(own)) fill(start, end, 'trailer');
  markSignatures(lines, classes, fill);
  markNames(lines, classes, senderName);
  return classes;
}

function classifyWords(line: string): LineClass {
  const bounded = line.slice(0, 300);
  if (code.test(bounded) || statement.test(bounded.trimEnd())) return 'code';
  const text = bounded.trim();
  if (isGap(text)) return 'gap';
  const end = closingWord.exec(text)?.[0].length ?? -1;
  const isCourtesy =
    (end >= 0 && closingName.test(text.slice(end))) || courtesies.some((pattern) => pattern.test(text));
  return isCourtesy ? 'courtesy' : 'words';
}

type Fill = (start: number, end: number, as: LineClass) => void;

function markAttributions(
  lines: readonly string[],
  aligned: readonly (AlignedLine | null)[],
  fill: Fill,
): void {
  for (let at = 0; at < aligned.length; at++) {
    const line = aligned[at];
    if (!line || aligned[at - 1]) continue;
    const found = findAttributionAbove(lines, at, 1);
    if (found) fill(found.start, found.end, 'attribution');
  }
}

/** A signature goes on to the next quote: who writes above the quote signs above it. */
function markSignatures(lines: readonly string[], classes: LineClass[], fill: Fill): void {
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (classes[at] === 'quoted' || !(line === '-- ' || line === '--' || /^_{20,}$/.test(line))) continue;
    let end = at + 1;
    while (end < lines.length && classes[end] !== 'quoted' && classes[end] !== 'attribution') end++;
    const written = classes.slice(at + 1, end).filter((line) => line !== 'blank').length;
    // `--` alone is also a ruler; only a short last block below it is a signature.
    if (line === '-- ' || (end === lines.length && written <= 8)) fill(at, end, 'signature');
    at = end - 1;
  }
}

/** The sender's first name or initials at the end of a block of words. */
function markNames(lines: readonly string[], classes: LineClass[], senderName: string): void {
  const names = new Set(nameKey(senderName).split(' '));
  for (let at = 0; at < lines.length; at++) {
    if (classes[at] !== 'words') continue;
    const below = classes.slice(at + 1, at + 6).find((other) => other !== 'blank');
    if (below === 'words' || below === 'code') continue;
    const text = (lines[at] ?? '').slice(0, 60).trim();
    const bare = nameMark.test(text) ? text.replace(nameMark, '') : text;
    const words = nameKey(bare).split(' ');
    const isName = words.length <= 3 && words.every((word) => names.has(word));
    if (isName || (nameMark.test(text) && text.length <= 16 && words.length === 1)) classes[at] = 'courtesy';
  }
}
