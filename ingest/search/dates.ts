/**
 * Dates in queries: `2020-07..2020-08-01`, `last.month..`, `20200706`, `2.weeks.ago..yesterday`.
 *
 * In: the text behind `d:` and the present as data. Out: a half-open span in ms, UTC. Both ends of a range count, so
 * its end is the end of the named day, month or year. The words are a part of git's approxidate, with dots for blanks.
 */

/** From `fromMs` until before `toMs`; null is open. */
export interface DateSpan {
  readonly fromMs: number | null;
  readonly toMs: number | null;
}

const secondMs = 1000;
const dayMs = 86_400_000;
const unitMs: Readonly<Record<string, number>> = {
  second: secondMs,
  minute: 60 * secondMs,
  hour: 3600 * secondMs,
  day: dayMs,
  week: 7 * dayMs,
  fortnight: 14 * dayMs,
};
const unitMonths: Readonly<Record<string, number>> = { month: 1, year: 12 };
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const months = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

/** The span that a range or a single date means; undefined where it is neither. */
export function parseDateSpan(text: string, nowMs: number): DateSpan | undefined {
  const dots = text.indexOf('..');
  if (dots < 0) {
    const single = parsePoint(text, nowMs);
    if (!single) return undefined;
    const isMoment = single.toMs - single.fromMs <= secondMs;
    return isMoment ? dayOf(single.fromMs) : single;
  }
  const [start, end] = [text.slice(0, dots), text.slice(dots + 2)];
  if (start === '' && end === '') return undefined;
  const from = start === '' ? null : parsePoint(start, nowMs);
  const to = end === '' ? null : parsePoint(end, nowMs);
  if (from === undefined || to === undefined) return undefined;
  return { fromMs: from?.fromMs ?? null, toMs: to?.toMs ?? null };
}

interface Point {
  readonly fromMs: number;
  readonly toMs: number;
}

function parsePoint(text: string, nowMs: number): Point | undefined {
  const lower = text.toLowerCase();
  return parseDigits(lower) ?? parseIso(lower) ?? parseWords(lower.split(/[._\s]+/).filter(Boolean), nowMs);
}

/** `20200706`, `20200706123000`, `2020`, and seconds since 1970 of nine digits and more. */
function parseDigits(text: string): Point | undefined {
  if (!/^\d{4,14}$/.test(text)) return undefined;
  if (text.length === 14) {
    const [, day = '', hours = '', minutes = '', seconds = ''] =
      /^(\d{8})(\d\d)(\d\d)(\d\d)$/.exec(text) ?? [];
    return momentOf(parseDigits(day)?.fromMs, `${hours}:${minutes}:${seconds}`);
  }
  if (text.length === 8) return parseIso(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`);
  if (text.length === 4) return monthsFrom(Number(text), 0, 12);
  return text.length >= 9 && text.length <= 11 ? moment(Number(text) * secondMs) : undefined;
}

/** `2020-07-06`, `2020-07`, `2020-07-06T12:30`, `2020-07-06T12:30:59Z`. */
function parseIso(text: string): Point | undefined {
  const match = /^(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:t(\d\d:\d\d(?::\d\d)?)z?)?$/.exec(text);
  if (!match) return undefined;
  const [, year = '', month = '', day, time] = match;
  if (Number(month) < 1 || Number(month) > 12) return undefined;
  if (day === undefined)
    return time === undefined ? monthsFrom(Number(year), Number(month) - 1, 1) : undefined;
  const fromMs = Date.UTC(Number(year), Number(month) - 1, Number(day));
  // Date.UTC turns the 31st of June into the first of July: such a day does not exist.
  if (new Date(fromMs).getUTCDate() !== Number(day)) return undefined;
  return time === undefined ? { fromMs, toMs: fromMs + dayMs } : momentOf(fromMs, time);
}

function parseWords(words: readonly string[], nowMs: number): Point | undefined {
  const [first = '', second = '', third = ''] = words;
  if (words.length === 1) {
    if (first === 'now') return moment(nowMs);
    if (first === 'today') return dayOf(nowMs);
    if (first === 'yesterday') return dayOf(nowMs - dayMs);
    return parseWeekday(first, nowMs) ?? parseMonth(first, yearOf(nowMs), nowMs);
  }
  if (words.length === 2) {
    if (first === 'last') return ago(1, second, nowMs) ?? parseWeekday(second, nowMs);
    return /^\d{4}$/.test(second) ? parseMonth(first, Number(second), Number.POSITIVE_INFINITY) : undefined;
  }
  return words.length === 3 && third === 'ago' ? ago(countOf(first), second, nowMs) : undefined;
}

const numberWords = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

function countOf(word: string): number {
  if (word === 'a' || word === 'an') return 1;
  return /^\d{1,5}$/.test(word) ? Number(word) : numberWords.indexOf(word);
}

function ago(count: number, word: string, nowMs: number): Point | undefined {
  const unit = word.endsWith('s') ? word.slice(0, -1) : word;
  if (count < 0) return undefined;
  if (Object.hasOwn(unitMs, unit)) return moment(nowMs - count * (unitMs[unit] ?? 0));
  if (!Object.hasOwn(unitMonths, unit)) return undefined;
  const then = new Date(nowMs);
  const day = then.getUTCDate();
  then.setUTCMonth(then.getUTCMonth() - count * (unitMonths[unit] ?? 0));
  // A month before 31 March is the last of February, not 3 March.
  if (then.getUTCDate() !== day) then.setUTCDate(0);
  return moment(then.getTime());
}

/** The newest such day that is over or under way; today counts as a week ago, as for git. */
function parseWeekday(word: string, nowMs: number): Point | undefined {
  const wanted = weekdays.findIndex((name) => word.length >= 3 && name.startsWith(word));
  if (wanted < 0) return undefined;
  const back = (new Date(nowMs).getUTCDay() - wanted + 7) % 7 || 7;
  return dayOf(nowMs - back * dayMs);
}

/** A month of a year; of the year before where it is still to come. */
function parseMonth(word: string, year: number, nowMs: number): Point | undefined {
  const wanted = months.findIndex((name) => word.length >= 3 && name.startsWith(word));
  if (wanted < 0) return undefined;
  const point = monthsFrom(year, wanted, 1);
  return point.fromMs > nowMs ? monthsFrom(year - 1, wanted, 1) : point;
}

function monthsFrom(year: number, month: number, count: number): Point {
  return { fromMs: Date.UTC(year, month, 1), toMs: Date.UTC(year, month + count, 1) };
}

function momentOf(dayStartMs: number | undefined, time: string): Point | undefined {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  if (dayStartMs === undefined || hours > 23 || minutes > 59 || seconds > 60) return undefined;
  return moment(dayStartMs + ((hours * 60 + minutes) * 60 + seconds) * secondMs);
}

/** A moment counts as its whole second, as mail knows no finer time. */
function moment(ms: number): Point {
  const fromMs = Math.floor(ms / secondMs) * secondMs;
  return { fromMs, toMs: fromMs + secondMs };
}

function dayOf(ms: number): Point {
  const fromMs = Math.floor(ms / dayMs) * dayMs;
  return { fromMs, toMs: fromMs + dayMs };
}

function yearOf(ms: number): number {
  return new Date(ms).getUTCFullYear();
}
