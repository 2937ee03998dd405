/**
 * Router: the address bar and the page agree, forwards and back.
 *
 * Links of ours are followed without loading the shell again; all others (lore-shaped, other origins, `?as=` twins, a
 * click with a modifier) are left to the browser. Scroll places are kept in the history's own state.
 */
import { type Place, readUrl, urlOf } from '../server/urls.ts';

export interface Turn {
  readonly place: Place;
  /** Where the reader was on this page before; null for a page that is new to the history. */
  readonly scrollTop: number | null;
}

type Listener = (turn: Turn) => void;
let listener: Listener = () => undefined;

/** Starts to follow links; `changed` gets each new place, at once the first. */
export function startRouter(changed: Listener): void {
  listener = changed;
  history.scrollRestoration = 'manual';
  addEventListener('popstate', () => listener({ place: currentPlace(), scrollTop: keptScroll() }));
  document.addEventListener('click', followLink);
  listener({ place: currentPlace(), scrollTop: keptScroll() });
}

export function currentPlace(): Place {
  return readUrl(location.pathname + location.search + location.hash);
}

/** Goes to a place. `replace`: the place before is not worth coming back to. */
export function go(place: Place | string, { replace = false } = {}): void {
  const url = typeof place === 'string' ? place : urlOf(place);
  if (url === location.pathname + location.search + location.hash) replace = true;
  keepScroll();
  history[replace ? 'replaceState' : 'pushState']({}, '', url);
  listener({ place: currentPlace(), scrollTop: null });
}

function followLink(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href]') : null;
  if (!link || link.origin !== location.origin || link.target !== '' || link.hasAttribute('download')) return;
  if (new URLSearchParams(link.search).has('as')) return;
  const href = link.pathname + link.search + link.hash;
  const isHere = link.pathname === location.pathname && link.search === location.search;
  if (isHere && link.hash !== '' && readUrl(href).page !== 'thread') return;
  if (readUrl(href).page === 'missing') return;
  event.preventDefault();
  go(href);
}

function keepScroll(): void {
  history.replaceState({ ...history.state, scrollTop: scrollY }, '');
}

/** Where the reader was when this page was left; null for a first visit. */
export function keptScroll(): number | null {
  const top: unknown = history.state?.scrollTop;
  return typeof top === 'number' ? top : null;
}

addEventListener('pagehide', keepScroll);
