/**
 * Text: the small words of all text twins: times, spans of time, people, indents.
 *
 * Text is made from the wire forms, so it cannot say anything else than the JSON. Times are UTC: a twin is read far away
 * from the browser that knows the local one. `patchtrail show` prints the same.
 */
import type { PersonName, Why } from '../wire.ts';
import { shortName } from './person-name.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** `2020-07-06 21:08` */
export function timeText(ms: number): string {
  return ms === 0 ? 'unknown time' : new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
}

/** `2020-07-06` */
export function dateText(ms: number): string {
  return ms === 0 ? 'unknown day' : timeText(ms).slice(0, 10);
}

/** How long ago: `3 days`, `5 hours`. */
export function spanText(ms: number): string {
  const [count, unit] =
    ms >= 2 * day
      ? [Math.floor(ms / day), 'day']
      : ms >= hour
        ? [Math.floor(ms / hour), 'hour']
        : [Math.max(0, Math.floor(ms / minute)), 'minute'];
  return countText(count, unit);
}

/** `1 message`, `2 messages` */
export function countText(count: number, word: string): string {
  return `${count} ${word}${count === 1 || word.endsWith('s') ? '' : 's'}`;
}

export function personText(person: PersonName): string {
  const { name, address } = person;
  // A name that could mislead has its address already.
  return name && address && !name.endsWith(`<${address}>`) ? `${name} <${address}>` : shortName(person);
}

/** `(likely: both have the same title.)` */
export function whyText(why: Why): string {
  return `(${why.confidenceWord}: ${why.says})`;
}

export function indent(lines: readonly string[], by = '  '): string[] {
  return lines.map((line) => (line === '' ? '' : `${by}${line}`));
}

/** A heading with its lines; nothing where there are none. */
export function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...indent(lines)];
}

/**
 * Lines as one text. Control characters of strangers must not reach a terminal; a tab is let be. Signs that turn the
 * direction of what follows are written out: they can make code read as what it is not.
 */
export function joinText(lines: readonly string[]): string {
  return `${lines.map(plainLine).join('\n')}\n`;
}

function plainLine(line: string): string {
  let plain = '';
  for (const sign of line) {
    const code = sign.codePointAt(0) ?? 0;
    const isControl = (code < 32 && sign !== '\t') || (code >= 127 && code < 160);
    plain += isControl ? '\u{fffd}' : turnsDirection(code) ? `<U+${code.toString(16).toUpperCase()}>` : sign;
  }
  return plain;
}

/** Embeddings, overrides and isolates (Unicode TR 9); the two marks change nothing but their neighbours. */
function turnsDirection(code: number): boolean {
  return (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}
