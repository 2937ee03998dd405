/**
 * Key dispatch: carries out the rows of ../server/key-table.ts.
 *
 * Off in fields, with any modifier but shift, and where a person turned single keys off (WCAG 2.1.4). The row that has
 * the focus comes first: its control is pressed before one elsewhere on the page.
 */
import { type KeyRow, keyRows } from '../server/key-table.ts';
import { readPreference } from './preferences.ts';
import { go } from './router.ts';

/** How long the first of two keys is remembered. */
const sequenceMs = 1500;
let before = '';
let beforeMs = 0;

/** Starts to listen; `closed` is asked to close what is open. */
export function startKeys(closed: () => void): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || event.isComposing) return;
    if (event.key === 'Escape') {
      leaveField();
      closed();
      return;
    }
    if (isField(event.target) || readPreference('single-keys') === 'off') return;
    const sequence = event.timeStamp - beforeMs < sequenceMs ? `${before} ${event.key}` : '';
    const found = keyRows.find(({ keys }) => keys.includes(sequence)) ?? rowFor(event.key);
    before = event.key === 'g' ? 'g' : '';
    beforeMs = event.timeStamp;
    if (found && carryOut(found)) event.preventDefault();
  });
}

/** Enter is left to the browser: a focused link or button does the same. */
function rowFor(key: string): KeyRow | undefined {
  return key === 'Enter' ? undefined : keyRows.find(({ keys }) => keys.includes(key));
}

function carryOut({ how }: KeyRow): boolean {
  if ('go' in how) {
    go(how.go);
    return true;
  }
  if ('press' in how) return press(how.press);
  if ('step' in how) return step(how.step, how.by);
  return how.special === 'evidence' && press('e', '.evidence-mark');
}

/** The control within the focused row, else the first one that can be seen. */
function press(key: string, selector = `[data-key~="${CSS.escape(key)}"]`): boolean {
  const here = document.activeElement?.closest('[data-row], [data-mail], [data-point], tr, dd, li');
  const control = firstVisible(here?.querySelectorAll<HTMLElement>(selector)) ?? firstVisible(all(selector));
  if (!control) return false;
  if (control.matches('input:not([type="checkbox"]), select')) control.focus();
  else control.click();
  return true;
}

function step(selector: string, by: 1 | -1): boolean {
  const targets = [...all(selector)].filter(isVisible);
  if (targets.length === 0) return false;
  const active = document.activeElement;
  const at = targets.findIndex((target) => target === active || target.contains(active));
  const next = at >= 0 ? targets[at + by] : nearest(targets, by);
  if (!next) return true;
  const focusable = next.matches('a, button, [tabindex]')
    ? next
    : next.querySelector<HTMLElement>('a, button');
  focusable?.focus({ preventScroll: true });
  next.scrollIntoView({ block: next.offsetHeight > innerHeight / 2 ? 'start' : 'nearest' });
  return true;
}

/** With the focus elsewhere a step starts from what is seen. */
function nearest(targets: readonly HTMLElement[], by: 1 | -1): HTMLElement | undefined {
  const below = targets.findIndex((target) => target.getBoundingClientRect().top >= 0);
  if (by === 1) return targets[below < 0 ? targets.length - 1 : below];
  return targets[below < 0 ? targets.length - 1 : Math.max(0, below - 1)];
}

function all(selector: string): NodeListOf<HTMLElement> {
  return document.querySelectorAll<HTMLElement>(selector);
}

function firstVisible(elements: Iterable<HTMLElement> = []): HTMLElement | undefined {
  return [...elements].find(isVisible);
}

function isVisible(element: HTMLElement): boolean {
  return element.checkVisibility();
}

function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button'].includes(target.type);
  return (
    target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable
  );
}

function leaveField(): void {
  const active = document.activeElement;
  if (active instanceof HTMLElement && isField(active)) active.blur();
}
