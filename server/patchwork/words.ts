/**
 * Words: how Patchwork writes and reads dates, yes and no, and names of files.
 */

/** ISO 8601 without a zone, meant as UTC; microseconds only where they are not zero. */
export function dateText(ms: number): string {
  const iso = new Date(ms).toISOString();
  const part = iso.slice(20, 23);
  return part === '000' ? iso.slice(0, 19) : `${iso.slice(0, 23)}000`;
}

/** A day or moment, as UTC where no zone is given; undefined for anything else. */
export function parseDate(text: string): number | undefined {
  const match = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?))?(Z|[+-]\d\d:?\d\d)?$/.exec(
    text.trim(),
  );
  if (!match) return undefined;
  const [, day = '', time = '00:00', zone = 'Z'] = match;
  const ms = Date.parse(`${day}T${time.slice(0, 12)}${zone}`);
  return Number.isNaN(ms) ? undefined : ms;
}

/** True, false, or undefined for what is neither: then it filters nothing. */
export function parseFlag(text: string): boolean | undefined {
  const word = text.toLowerCase();
  if (word === 'true' || word === '1') return true;
  return word === 'false' || word === '0' ? false : undefined;
}

/** The same for a field of a body, where Django's forms also take `yes` and `on`. */
export function parseFieldFlag(value: unknown): boolean | undefined {
  const word = String(value).toLowerCase();
  if (['true', '1', 'yes', 'y', 't', 'on'].includes(word)) return true;
  return ['false', '0', 'no', 'n', 'f', 'off'].includes(word) ? false : undefined;
}

/** A name that may stand unquoted in Content-Disposition. */
export function fileName(name: string): string {
  return name.replace(/[^-_A-Za-z0-9.]+/g, '-').replace(/^-+|-+$/g, '');
}

/** C's ctime, as it stands behind `From `: `Mon Jul  6 20:49:11 2020`. */
export function ctime(ms: number): string {
  const [week = '', day = '', month = '', year = '', time = ''] = new Date(ms).toUTCString().split(/,? /);
  return `${week} ${month} ${String(Number(day)).padStart(2)} ${time} ${year}`;
}
