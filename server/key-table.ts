/**
 * Key table: one table of what each key of the pages does. The dispatcher (../web/key-dispatch.ts), `?`, /help/keys and its
 * twin as text all read it.
 *
 * `how` is what the key does to the page: `press` clicks the first visible control with the same `data-key`, `step`
 * moves the focus along the elements that match, `go` opens an address. So every key has a visible control.
 */
export interface KeyRow {
  /** As pressed, one after the other: `g q` is two keys in a row. */
  readonly keys: readonly string[];
  readonly where: string;
  readonly does: string;
  readonly how:
    | { readonly press: string }
    | { readonly step: string; readonly by: 1 | -1 }
    | { readonly go: string }
    | { readonly special: 'close' | 'evidence' };
}

const row = '[data-row]';
const mail = '[data-mail], [data-change]';
const point = '[data-point="open"]';

export const keyRows: readonly KeyRow[] = [
  { keys: ['/'], where: 'everywhere', does: 'search', how: { press: '/' } },
  { keys: ['?'], where: 'everywhere', does: 'show these keys', how: { press: '?' } },
  {
    keys: ['Escape'],
    where: 'everywhere',
    does: 'close what is open, leave a field',
    how: { special: 'close' },
  },
  { keys: ['g q'], where: 'everywhere', does: 'go to the queue', how: { go: '/' } },
  { keys: ['g s'], where: 'everywhere', does: 'go to search', how: { go: '/search' } },
  { keys: ['g k'], where: 'everywhere', does: 'go to kernels', how: { go: '/kernels' } },
  { keys: ['g c'], where: 'everywhere', does: 'go to the local check', how: { go: '/check' } },
  { keys: ['g t'], where: 'everywhere', does: 'go to statistics', how: { go: '/statistics' } },
  { keys: ['g b'], where: 'everywhere', does: 'go to bundles', how: { go: '/bundles' } },
  { keys: ['g l'], where: 'everywhere', does: 'go to lists', how: { go: '/lists' } },
  { keys: ['g i'], where: 'everywhere', does: 'go to sources (what comes in)', how: { go: '/sources' } },
  { keys: ['T'], where: 'everywhere', does: 'theme: system, light, dark', how: { press: 'T' } },
  {
    keys: ['e'],
    where: 'everywhere',
    does: 'evidence of what is focused',
    how: { special: 'evidence' },
  },
  { keys: ['y'], where: 'everywhere', does: 'copy the link', how: { press: 'y' } },
  { keys: ['j'], where: 'lists of rows', does: 'next row', how: { step: row, by: 1 } },
  { keys: ['k'], where: 'lists of rows', does: 'previous row', how: { step: row, by: -1 } },
  { keys: ['o', 'Enter'], where: 'lists of rows', does: 'open the row', how: { press: 'o' } },
  { keys: ['u'], where: 'everywhere', does: 'up one level', how: { press: 'u' } },
  { keys: ['x'], where: 'queue', does: 'select the row', how: { press: 'x' } },
  {
    keys: ['.'],
    where: 'queue, series',
    does: 'change the selected rows, or the series',
    how: { press: '.' },
  },
  {
    keys: ['D'],
    where: 'queue, series',
    does: 'have somebody look after what is selected',
    how: { press: 'D' },
  },
  { keys: ['B'], where: 'queue, series', does: 'put what is selected into a bundle', how: { press: 'B' } },
  { keys: ['U'], where: 'queue, series, bundle', does: 'undo the last change', how: { press: 'U' } },
  { keys: ['a'], where: 'queue, search', does: 'save this view', how: { press: 'a' } },
  { keys: ['n'], where: 'thread, diffs', does: 'next mail or change', how: { step: mail, by: 1 } },
  { keys: ['p'], where: 'thread, diffs', does: 'previous mail or change', how: { step: mail, by: -1 } },
  { keys: ['N'], where: 'thread', does: 'next new mail', how: { step: '[data-unread]', by: 1 } },
  { keys: ['r'], where: 'thread', does: 'reply to this mail', how: { press: 'r' } },
  { keys: ['c'], where: 'series, thread, patch', does: 'next open point', how: { step: point, by: 1 } },
  {
    keys: ['C'],
    where: 'series, thread, patch',
    does: 'previous open point',
    how: { step: point, by: -1 },
  },
  { keys: [']'], where: 'patch, range-diff', does: 'next patch', how: { press: ']' } },
  { keys: ['['], where: 'patch, range-diff', does: 'previous patch', how: { press: '[' } },
  { keys: ['v'], where: 'series, range-diff', does: 'choose versions to compare', how: { press: 'v' } },
  { keys: ['s'], where: 'patch, range-diff', does: 'side by side, or in one column', how: { press: 's' } },
  { keys: ['w'], where: 'range-diff', does: 'mark changed words', how: { press: 'w' } },
  { keys: ['i'], where: 'range-diff', does: 'hide what did not change', how: { press: 'i' } },
  { keys: ['z'], where: 'thread', does: 'open or fold the quotes of this mail', how: { press: 'z' } },
  { keys: ['Z'], where: 'thread', does: 'open or fold all quotes', how: { press: 'Z' } },
  { keys: ['d'], where: 'thread', does: 'what was decided in it', how: { press: 'd' } },
  { keys: ['m'], where: 'thread, patch', does: 'copy the Message-ID', how: { press: 'm' } },
  { keys: ['b'], where: 'series, patch', does: 'copy the b4 am line', how: { press: 'b' } },
];

/** How a key is written for people. */
export function keyLabel(keys: string): string {
  return keys === 'Escape' ? 'Esc' : keys;
}
