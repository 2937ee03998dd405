/**
 * Set aside: series that somebody does not want to see in the queue until a new mail comes to them.
 *
 * Kept in this browser, as what was read is: it says something about a person's day, not about the series.
 */
import { keepPreference, readPreference } from './preferences.ts';

const mostAside = 1000;

/** By id of a series, the time of its newest mail when it was set aside. */
export type Aside = Readonly<Record<string, number>>;

export function readAside(): Aside {
  return parseAside(readPreference('aside'));
}

export function setAside(series: readonly { readonly id: string; readonly lastMs: number }[]): void {
  const all = [...Object.entries(readAside()), ...series.map(({ id, lastMs }) => [id, lastMs] as const)];
  keepPreference('aside', JSON.stringify(Object.fromEntries(all.slice(-mostAside))));
}

export function takeBack(id: string): void {
  const others = Object.entries(readAside()).filter(([other]) => other !== id);
  keepPreference('aside', others.length === 0 ? '' : JSON.stringify(Object.fromEntries(others)));
}

/** Pure: whether a series is out of sight: nothing came since it was set aside. */
export function isAside(
  aside: Aside,
  { id, lastMs }: { readonly id: string; readonly lastMs: number },
): boolean {
  return Object.hasOwn(aside, id) && lastMs <= (aside[id] ?? 0);
}

/** Pure: what was kept; nothing where it has another form. */
export function parseAside(text: string): Aside {
  try {
    const kept: unknown = JSON.parse(text);
    if (typeof kept !== 'object' || kept === null || Array.isArray(kept)) return {};
    return Object.fromEntries(Object.entries(kept).filter(([, value]) => typeof value === 'number'));
  } catch {
    return {};
  }
}
