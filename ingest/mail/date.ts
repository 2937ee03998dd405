/**
 * Dates: a Date header (or the date of a Received header) in any form that mailers have written.
 *
 * In: header text. Out: ms since 1970 and the offset that stood there, or null.
 * Read word by word, since the order differs: `6 Jul 2020 17:08:32 -0400`, `Jul 06 2020 - 17:08:36 EST`,
 * `Jul  6 17:08:32 EDT 2020`, `06-Jul-20 5:08 PM`, `2020-07-06T17:08:32Z`. Date.parse is not used: it takes
 * free text, in the machine's own time zone. A date like 6/7/20 is ambiguous, so it is not read.
 */

export interface MailDate {
  readonly ms: number;
  readonly offsetMinutes: number;
}

interface Fields {
  day?: number;
  month?: number;
  year?: number;
  time?: readonly [hour: number, minute: number, second: number];
  offset?: number;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** Hours east of Greenwich. RFC 5322's names and those seen in mail that mean one thing only. */
const zones: Readonly<Record<string, number>> = {
  ut: 0,
  utc: 0,
  gmt: 0,
  z: 0,
  est: -5,
  edt: -4,
  cst: -6,
  cdt: -5,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
  wet: 0,
  west: 1,
  cet: 1,
  cest: 2,
  met: 1,
  mest: 2,
  eet: 2,
  eest: 3,
  msk: 3,
  jst: 9,
};

/** Longer ones are no dates; the longest real ones (comments with zone names) have 60 characters. */
const longestDate = 200;

/** Reads a date; null where day, month and year are not all found. A missing zone counts as UTC. */
export function parseMailDate(text: string): MailDate | null {
  if (text.length > longestDate) return null;
  const fields: Fields = {};
  const words = dropComments(text)
    .toLowerCase()
    .split(/[\s,]+/);
  for (const word of words) if (word) readWord(word, fields);
  return toDate(fields);
}

function readWord(word: string, fields: Fields): void {
  if (readIsoDate(word, fields) || readDashedDate(word, fields)) return;
  if (readTime(word, fields) || readMonth(word, fields)) return;
  if (fields.time && readZone(word, fields)) return;
  if (/^\d{1,4}\.?$/.test(word)) readNumber(word.replace('.', ''), fields);
}

/** `2020-07-06`, alone or with `t17:08:32z` behind it. */
function readIsoDate(word: string, fields: Fields): boolean {
  const match = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:t(.+))?$/.exec(word);
  if (!match || fields.year !== undefined) return false;
  fields.year = Number(match[1]);
  fields.month = Number(match[2]) - 1;
  fields.day = Number(match[3]);
  if (match[4]) readTime(match[4], fields);
  return true;
}

/** `06-jul-2020`, `6-jul-20`. */
function readDashedDate(word: string, fields: Fields): boolean {
  const match = /^(\d{1,2})-([a-z]{3,9})-(\d{2,4})$/.exec(word);
  const month = match ? months.indexOf((match[2] ?? '').slice(0, 3)) : -1;
  if (!match || month < 0 || fields.year !== undefined) return false;
  fields.day = Number(match[1]);
  fields.month = month;
  fields.year = fullYear(match[3] ?? '');
  return true;
}

/** `17:08`, `17:08:32`, `17:08:32.5`, with a zone or am/pm glued to it or not. */
function readTime(word: string, fields: Fields): boolean {
  if (word === 'am' || word === 'pm') {
    if (fields.time) fields.time = [to24(fields.time[0], word), fields.time[1], fields.time[2]];
    return fields.time !== undefined;
  }
  const match = /^(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.\d{1,9})?)?(.{0,12})$/.exec(word);
  if (!match || fields.time) return false;
  const rest = match[4] ?? '';
  const half = rest === 'am' || rest === 'pm' ? rest : '';
  fields.time = [to24(Number(match[1]), half), Number(match[2]), Number(match[3] ?? 0)];
  if (rest && !half) readZone(rest, fields);
  return true;
}

function readMonth(word: string, fields: Fields): boolean {
  if (!/^[a-z]{3,9}\.?$/.test(word)) return false;
  const start = word.slice(0, 3);
  const month = months.indexOf(start);
  if (month >= 0 && fields.month === undefined) {
    fields.month = month;
    return true;
  }
  return weekdays.includes(start) && !(word in zones);
}

/** `-0400`, `+02:00`, `gmt`, `gmt+2`, `est`. The first one counts. */
function readZone(word: string, fields: Fields): boolean {
  const known = zones[word];
  if (known !== undefined) {
    fields.offset ??= known * 60;
    return true;
  }
  const match = /^(?:gmt|utc|ut)?([+-])(\d{1,2}):?(\d{2})?$/.exec(word);
  if (!match) return false;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  // No place is further from UTC than 14 hours; beyond that the digits are noise (public-inbox does the
  // same).
  fields.offset ??= minutes > 14 * 60 || minutes === 0 ? 0 : minutes * (match[1] === '-' ? -1 : 1);
  return true;
}

function readNumber(digits: string, fields: Fields): void {
  if (fields.day === undefined && digits.length <= 2) fields.day = Number(digits);
  else if (fields.year === undefined && digits.length >= 2) fields.year = fullYear(digits);
}

/** RFC 5322 4.3: two digits below 50 are 20xx, other short years count from 1900. */
function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length >= 4) return year;
  return year < 50 && digits.length === 2 ? 2000 + year : 1900 + year;
}

function to24(hour: number, half: string): number {
  if (half === 'am' && hour === 12) return 0;
  return half === 'pm' && hour < 12 ? hour + 12 : hour;
}

function toDate(fields: Fields): MailDate | null {
  const { day, month, year } = fields;
  if (day === undefined || month === undefined || year === undefined) return null;
  const [hour, minute, second] = fields.time ?? [0, 0, 0];
  // 60 is a leap second; 24:00 is written by some.
  if (hour > 24 || minute > 59 || second > 60 || year < 1970) return null;
  const midnight = Date.UTC(year, month, day);
  const checked = new Date(midnight);
  if (checked.getUTCDate() !== day || checked.getUTCMonth() !== month) return null;
  const offsetMinutes = fields.offset ?? 0;
  return { ms: midnight + ((hour * 60 + minute - offsetMinutes) * 60 + second) * 1000, offsetMinutes };
}

/** Takes `(EDT)` and the like out, nested ones too; an open one ends the text. */
function dropComments(text: string): string {
  if (!text.includes('(')) return text;
  let depth = 0;
  let kept = '';
  for (const char of text) {
    if (char === '(') depth++;
    else if (char === ')' && depth > 0) depth--;
    else if (depth === 0) kept += char;
  }
  return kept;
}
