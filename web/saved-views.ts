/**
 * Saved views: addresses of queues and searches that somebody wants to see again, under a name of their own.
 *
 * A view is an address and nothing else, so that it can be sent to others as it is. They stay in this browser.
 */
import { keepPreference, readPreference } from './preferences.ts';

export interface SavedView {
  readonly name: string;
  readonly url: string;
}

const mostViews = 50;

export function savedViews(): readonly SavedView[] {
  return readViews(readPreference('views'));
}

export function saveView(view: SavedView): void {
  keepPreference('views', JSON.stringify(withView(savedViews(), view)));
}

export function forgetView(url: string): void {
  const kept = savedViews().filter((view) => view.url !== url);
  keepPreference('views', kept.length === 0 ? '' : JSON.stringify(kept));
}

/** Pure: one address has one name, the last that was given. */
export function withView(views: readonly SavedView[], view: SavedView): SavedView[] {
  return [...views.filter(({ url }) => url !== view.url), view].slice(-mostViews);
}

/** Pure: what was kept. Addresses of other hosts, which only a fault could have brought, are left out. */
export function readViews(text: string): SavedView[] {
  try {
    const kept: unknown = JSON.parse(text);
    return Array.isArray(kept) ? kept.filter(isView) : [];
  } catch {
    return [];
  }
}

function isView(value: unknown): value is SavedView {
  if (typeof value !== 'object' || value === null || !('name' in value) || !('url' in value)) return false;
  return typeof value.name === 'string' && typeof value.url === 'string' && /^\/(?!\/)/.test(value.url);
}
