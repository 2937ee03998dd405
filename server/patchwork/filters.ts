/**
 * Filters: the parameters by which lists are narrowed, and the order that is asked for.
 *
 * What names nothing finds nothing, and is no error; what cannot be understood at all filters nothing, or finds nothing,
 * as Patchwork has it (patchwork/api/filters.py).
 */
import { patchStates } from '../../ingest/store/patch-state.ts';
import type { Order, PatchFilter } from '../../ingest/store/tracker.ts';
import type { Account } from '../rights/asker.ts';
import { type Asked, filterValues, searchWords } from './asked.ts';
import { numberIn } from './loader.ts';
import type { Site } from './shapes.ts';
import { parseDate, parseFlag } from './words.ts';

const never = Number.MAX_SAFE_INTEGER;

/** Lists by number or name. */
export function listFilter(asked: Asked, site: Site): { lists?: string[] } {
  const values = filterValues(asked, 'project');
  if (!values) return {};
  const wanted = new Set(values.map((value) => value.toLowerCase()));
  const lists = [...site.lists].filter(
    ([name, number]) => wanted.has(name.toLowerCase()) || wanted.has(String(number)),
  );
  return { lists: lists.map(([name]) => name) };
}

/** Senders by number or address. */
export function submitterFilter(asked: Asked): { submitters?: (number | string)[] } {
  const values = filterValues(asked, 'submitter');
  if (!values) return {};
  return { submitters: values.map((value) => (value.includes('@') ? value : numberIn(value))) };
}

/** Accounts by number or name; an address is neither. */
export function accountFilter(asked: Asked, site: Site, name: string): Account[] | undefined {
  const values = filterValues(asked, name);
  return values && site.accounts.filter((one) => values.some((value) => isAccount(one, value)));
}

export function isAccount(account: Account, value: string): boolean {
  return value === String(account.number) || value.toLowerCase() === account.name.toLowerCase();
}

export function numberFilter(asked: Asked, name: string): number[] | undefined {
  return filterValues(asked, name)?.map(numberIn);
}

/** `since` is inclusive, `before` is not. What is no date finds nothing. */
export function timeFilter(asked: Asked): { fromMs?: number; beforeMs?: number } {
  const [since, before] = ['since', 'before'].map((name) => filterValues(asked, name)?.at(-1));
  return {
    ...(since === undefined ? {} : { fromMs: parseDate(since) ?? never }),
    ...(before === undefined ? {} : { beforeMs: parseDate(before) ?? -never }),
  };
}

export function patchFilter(asked: Asked, site: Site, isCover: boolean): PatchFilter {
  const { query, links } = asked;
  const isNew = links.minor >= 2;
  const states = filterValues(asked, 'state');
  const archived = parseFlag(query.get('archived') ?? '');
  const delegates = accountFilter(asked, site, 'delegate');
  const sendings = numberFilter(asked, 'series');
  const hashes = isNew ? filterValues(asked, 'hash') : undefined;
  const messageIds = isNew || isCover ? filterValues(asked, 'msgid') : undefined;
  return {
    isCover,
    ...listFilter(asked, site),
    ...submitterFilter(asked),
    ...timeFilter(asked),
    ...(messageIds ? { messageIds: messageIds.map((id) => id.replace(/^<|>$/g, '')) } : {}),
    words: searchWords(asked),
    ...(isCover
      ? {}
      : {
          ...(states ? { states: states.flatMap(findStates) } : {}),
          ...(archived === undefined ? {} : { isArchived: archived }),
          ...(delegates ? { delegates: delegates.map(({ number }) => number) } : {}),
          ...(sendings ? { sendings } : {}),
          ...(hashes ? { hashes: hashes.map((hash) => hash.toLowerCase()) } : {}),
        }),
  };
}

/** A state by number, slug or name; a dash reads as a blank. */
function findStates(value: string): string[] {
  const name = value.replaceAll('-', ' ').toLowerCase();
  return patchStates
    .filter((state) => String(state.number) === value || state.name.toLowerCase() === name)
    .map(({ slug }) => slug);
}

/** The order that is asked for; another field than these is overlooked. */
export function orderAsked<Field extends string>(
  { query }: Asked,
  fields: readonly Field[],
  usual: Order<Field>,
): Order<Field> {
  const given = query.get('order') ?? '';
  const by = fields.find((field) => field === given.replace(/^-/, ''));
  return by === undefined ? usual : { by, isDescending: given.startsWith('-') };
}
