/**
 * Read marks: up to which time somebody read a series or a thread in this browser, and what is new since.
 *
 * They stay in the browser: nobody else is told what was read. What came before the first visit counts as read, so that
 * an archive of years does not begin unread.
 */
import { keepPreference, readPreference } from './preferences.ts';

/** What was looked at longest ago is forgotten first. */
const mostMarks = 3000;

interface ReadMarks {
  /** When this browser came first. */
  readonly sinceMs: number;
  /** By id, last looked at last. */
  readonly seen: Readonly<Record<string, number>>;
}

/** Time of the newest mail that was seen of it; for what was never opened that of the first visit. */
export function seenUntil(id: string): number {
  const { sinceMs, seen } = marks();
  return Object.hasOwn(seen, id) ? (seen[id] ?? sinceMs) : sinceMs;
}

/** Whether it was opened here before. */
export function wasOpened(id: string): boolean {
  return Object.hasOwn(marks().seen, id);
}

export function markSeen(id: string, untilMs: number): void {
  keepPreference('seen', JSON.stringify(withMark(marks(), id, untilMs)));
}

/** Pure: the marks with one more, the oldest dropped where there are too many. A mark never goes back. */
export function withMark({ sinceMs, seen }: ReadMarks, id: string, untilMs: number): ReadMarks {
  const others = Object.entries(seen).filter(([other]) => other !== id);
  const before = Object.hasOwn(seen, id) ? (seen[id] ?? 0) : 0;
  const kept: [string, number][] = [...others.slice(1 - mostMarks), [id, Math.max(before, untilMs)]];
  return { sinceMs, seen: Object.fromEntries(kept) };
}

function marks(): ReadMarks {
  const kept = readMarks(readPreference('seen'));
  if (kept) return kept;
  const first = { sinceMs: Date.now(), seen: {} };
  keepPreference('seen', JSON.stringify(first));
  return first;
}

/** Pure: what was kept; null where that is none, or of another form. */
export function readMarks(text: string): ReadMarks | null {
  try {
    const { sinceMs, seen } = JSON.parse(text);
    const isSound = typeof sinceMs === 'number' && typeof seen === 'object' && seen !== null;
    return isSound ? { sinceMs, seen } : null;
  } catch {
    return null;
  }
}
