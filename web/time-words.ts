/**
 * Time words: how long ago, how long, how much, in few letters. Pure: the present comes in as data.
 */
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** `5 min`, `3 h`, `12 d`, `7 mo`, `6 y`. */
export function spanWords(ms: number): string {
  const span = Math.abs(ms);
  if (span < hourMs) return `${Math.max(1, Math.round(span / minuteMs))} min`;
  if (span < dayMs) return `${Math.round(span / hourMs)} h`;
  if (span < 60 * dayMs) return `${Math.round(span / dayMs)} d`;
  if (span < 730 * dayMs) return `${Math.round(span / (30.44 * dayMs))} mo`;
  return `${Math.round(span / (365.25 * dayMs))} y`;
}

/** `27 May 2020`, in UTC: a date that two people can speak about. */
export function dateWords(ms: number): string {
  const date = new Date(ms);
  const month = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  return `${date.getUTCDate()} ${month[date.getUTCMonth()] ?? ''} ${date.getUTCFullYear()}`;
}

/** `2020-05-27 18:02 UTC`. */
export function utcWords(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** `1 point`, `2 points`. */
export function countWords(count: number, one: string, many = `${one}s`): string {
  return `${numberWords(count)} ${count === 1 ? one : many}`;
}

/** Thin blanks between thousands: `12 400`. */
export function numberWords(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, '\u202f');
}

export function sizeWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  let size = bytes / 1024;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${size < 10 ? size.toFixed(1) : Math.round(size)} ${units[unit]}`;
}
