/**
 * Archive URLs: what an address in public-inbox's tongue asks for. Pure.
 *
 * In: the path as it was sent, still percent-encoded, since a Message-ID may hold slashes. Out: a place, or undefined
 * where the address is none of an archive. A path is only percent-decoded: in it a `+` is a plus sign. Parts of an id
 * whose slash a proxy has decoded are put together again.
 */

import { decode } from './url-text.ts';
import { escapeId, pageWords } from './urls.ts';

/** The list that holds the mail of all lists. */
export const everyList = 'all';

export type ArchivePlace =
  | { readonly kind: 'list'; readonly list: string; readonly page: string }
  | { readonly kind: 'text'; readonly list: string; readonly name: string; readonly isRaw: boolean }
  /** `form`: empty for its page, `raw`, `t/`, `T/`, `t.mbox.gz`, `t.atom`, or an attachment such as `1-fix.patch`. */
  | { readonly kind: 'mail'; readonly list: string; readonly id: string; readonly form: string }
  /** A message whose list is not named. */
  | { readonly kind: 'anywhere'; readonly id: string; readonly form: string }
  | { readonly kind: 'moved'; readonly to: string }
  /** Known to public-inbox, but nothing that is held here: git repositories, blobs. */
  | { readonly kind: 'none' };

/** Pages of a list that are no message. */
const listPages: ReadonlyMap<string, string> = new Map([
  ['new.atom', 'new.atom'],
  ['atom.xml', 'new.atom'],
  ['new.html', 'new.html'],
  ['topics_new.html', 'topics_new.html'],
  ['topics_active.html', 'topics_active.html'],
  ['description', 'description'],
  ['all.mbox.gz', 'all.mbox.gz'],
  ['manifest.js.gz', 'manifest.js.gz'],
] as const);

const forms: ReadonlyMap<string, string> = new Map([
  ['raw', 'raw'],
  ['t.mbox.gz', 't.mbox.gz'],
  ['t.mbox', 't.mbox.gz'],
  ['t.atom', 't.atom'],
]);

/** Last parts without their slash, and where they moved to. */
const movedForms: ReadonlyMap<string, string> = new Map([
  ['t', 't/#u'],
  ['T', 'T/#u'],
  ['f', ''],
  ['R', '#R'],
]);

const attachment = /^\d{1,3}(?:\.\d{1,3}){0,20}-[\w.-]{1,200}$/;

/** `isList` knows the names of lists. */
export function readArchiveUrl(path: string, isList: (name: string) => boolean): ArchivePlace | undefined {
  const segments = path.slice(1).split('/');
  const isMoved = segments[0] === 'lists' && (segments[1] ?? '') !== '';
  const rest = isMoved ? segments.slice(1) : segments;
  const list = decode(rest[0] ?? '');
  if (list === undefined) return undefined;
  const base = `${isMoved ? '/lists' : ''}/${escapeId(list)}/`;
  // A list that is named like a page lives under `lists` alone.
  if (isList(list) && (isMoved || !pageWords.includes(list))) return readInList(list, base, rest.slice(1));
  return isMoved ? undefined : readWithoutList(segments);
}

function readInList(list: string, base: string, rest: readonly string[]): ArchivePlace | undefined {
  const [first = '', ...more] = rest;
  if (rest.length === 0) return { kind: 'moved', to: base };
  if (rest.length === 1) {
    if (first === '') return { kind: 'list', list, page: '' };
    const page = listPages.get(first);
    if (page !== undefined) return { kind: 'list', list, page };
  }
  if (first === '_') return readText(list, more);
  if (first === 'git' || (/^\d{1,4}$/.test(first) && more.length > 1)) return { kind: 'none' };
  const old = readOldForm(base, first, more);
  return old ?? readMail(list, base, rest);
}

/** `_/text/help/`, `_/text/help/raw` */
function readText(list: string, rest: readonly string[]): ArchivePlace {
  const [word, name = '', last = ''] = rest;
  return word === 'text' && rest.length <= 3
    ? { kind: 'text', list, name, isRaw: last === 'raw' }
    : { kind: 'none' };
}

/** `m/M/`, `t/M/`, `f/M.html`: how public-inbox once wrote them. */
function readOldForm(base: string, first: string, more: readonly string[]): ArchivePlace | undefined {
  const id = decode((more[0] ?? '').replace(/\.html$/, ''));
  if (!['m', 't', 'f'].includes(first) || !id?.includes('@')) return undefined;
  const last = more[1] ?? '';
  const form = first === 't' ? (last === '' ? 't/#u' : `t.${last}`) : last === 'raw' ? 'raw' : '';
  return { kind: 'moved', to: `${base}${escapeId(id)}/${form}` };
}

function readMail(list: string, base: string, rest: readonly string[]): ArchivePlace | undefined {
  const last = rest.at(-1) ?? '';
  const before = rest.slice(0, -1);
  const moved = (parts: readonly string[], form: string): ArchivePlace | undefined => {
    const id = idOf(parts);
    return id === undefined ? undefined : { kind: 'moved', to: `${base}${escapeId(id)}/${form}` };
  };
  const mail = (parts: readonly string[], form: string): ArchivePlace | undefined => {
    const id = idOf(parts);
    return id === undefined ? undefined : { kind: 'mail', list, id, form };
  };
  if (last === '') {
    const word = before.at(-1) ?? '';
    if (before.length < 2) return mail(before, '');
    if (word === 't' || word === 'T') return mail(before.slice(0, -1), `${word}/`);
    if (word === 's') return { kind: 'none' };
    const form = movedForms.get(word);
    return form === undefined ? mail(before, '') : moved(before.slice(0, -1), form);
  }
  if (before.length > 0) {
    const form = forms.get(last) ?? (attachment.test(last) ? last : undefined);
    if (form !== undefined) return mail(before, form);
    if (before.at(-1) === 's' && before.length > 1) return { kind: 'none' };
    const movedForm = movedForms.get(last);
    if (movedForm !== undefined) return moved(before, movedForm);
  }
  return moved(rest, '');
}

/** `/M`, `/M/`, `/M/raw`, `/r/M/` */
function readWithoutList(segments: readonly string[]): ArchivePlace | undefined {
  const isShort = segments[0] === 'r' && segments.length > 1;
  const [first = '', ...more] = isShort ? segments.slice(1) : segments;
  const id = idOf([first]);
  if (!id?.includes('@') || more.length > 2) return undefined;
  return { kind: 'anywhere', id, form: more.join('/') };
}

/** The Message-ID that stands in these parts; undefined for what cannot be one. */
function idOf(parts: readonly string[]): string | undefined {
  const id = decode(parts.join('/'))
    ?.replace(/[\r\n\t]/g, '')
    .replace(/^<(.*)>$/, '$1');
  return id !== undefined && id.length >= 2 ? id : undefined;
}
