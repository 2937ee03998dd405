/**
 * Explanation: a query as the store will understand it, written out in words above the results.
 *
 * In: the tree. Out: one sentence part, such as `subject has "use after free", sent from 2020-07-01 on`.
 */
import type { Query, TextField, ValueField } from '../model/query.ts';

const textWords: Record<TextField, string> = {
  any: 'anywhere',
  subject: 'subject has',
  from: 'sender has',
  to: 'To has',
  cc: 'Cc has',
  own: 'own words have',
  quoted: 'quotes have',
  file: 'files or attachments have',
  diff: 'diff has',
  added: 'added lines have',
  removed: 'removed lines have',
  context: 'unchanged lines have',
  function: 'hunk headers have',
};

const valueWords: Record<ValueField, (value: string) => string> = {
  'message-id': (value) =>
    value.endsWith('*') ? `Message-ID starts with ${value.slice(0, -1)}` : `Message-ID is ${value}`,
  list: (value) => `on the list ${value}`,
  'patch-id': (value) => `patch-id is ${value}`,
  'change-id': (value) => `change-id is ${value}`,
  state: (value) => `series is ${value.replace('-', ' ')}`,
  version: (value) => `patch is version ${value}`,
  has: (value) => `with ${value}`,
  is: (value) => `is ${value}`,
  turn: (value) => `next move is with ${value}`,
  author: (value) => `patch is by ${value}`,
  reviewer: (value) => `reviewed by ${value}`,
  trailer: (value) => `has the trailer ${value}`,
  thread: (value) => `in the thread of ${value}`,
  series: (value) => `about the series ${value}`,
  size: (value) => `size in bytes ${value}`,
};

/** The query in words. */
export function explainQuery(query: Query): string {
  switch (query.op) {
    case 'all':
      return 'all messages';
    case 'and':
      return query.items
        .map((item) => (item.op === 'or' ? inParentheses(item) : explainQuery(item)))
        .join(', ');
    case 'or':
      return sameWords(query.items) ?? query.items.map(explainItem).join(' or ');
    case 'not':
      return `not ${explainItem(query.item)}`;
    case 'words':
      return `${textWords[query.field]} ${quoted(query)}`;
    case 'value':
      return valueWords[query.field](query.value);
    case 'date':
      return explainDate(query.clock === 'arrived' ? 'arrived' : 'sent', query.fromMs, query.toMs);
  }
}

type WordsQuery = Extract<Query, { op: 'words' }>;

/** One word in several columns is said once: `sender or To or Cc have "ada"`. */
function sameWords(items: readonly Query[]): string | undefined {
  const words = items.filter((item): item is WordsQuery => item.op === 'words');
  const [first] = words;
  const isSame =
    first !== undefined &&
    words.length === items.length &&
    words.every((item) => quoted(item) === quoted(first)) &&
    new Set(words.map((item) => item.field)).size === words.length;
  if (!isSame) return undefined;
  const subjects = words.map((item) => textWords[item.field].replace(/ (has|have)$/, ''));
  return `${subjects.join(' or ')} ${words.length > 1 ? 'have' : 'has'} ${quoted(first)}`;
}

function explainItem(item: Query): string {
  return item.op === 'and' || item.op === 'or' ? inParentheses(item) : explainQuery(item);
}

function inParentheses(item: Query): string {
  const words = explainQuery(item);
  return item.op === 'or' && sameWords(item.items) !== undefined ? words : `(${words})`;
}

function quoted({ tokens, isPrefix }: WordsQuery): string {
  return `"${tokens.join(' ')}${isPrefix ? '…' : ''}"`;
}

function explainDate(verb: string, fromMs: number | null, toMs: number | null): string {
  if (fromMs === null && toMs === null) return `${verb} at any time`;
  if (fromMs === null) return `${verb} before ${momentWords(toMs ?? 0)}`;
  if (toMs === null) return `${verb} from ${momentWords(fromMs)} on`;
  const isOneDay = toMs - fromMs === 86_400_000 && fromMs % 86_400_000 === 0;
  return isOneDay
    ? `${verb} on ${momentWords(fromMs)}`
    : `${verb} from ${momentWords(fromMs)} to before ${momentWords(toMs)}`;
}

/** `2020-07-06`, or with the time where it is not midnight; UTC. */
function momentWords(ms: number): string {
  const text = new Date(ms).toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : `${text.slice(0, 16).replace('T', ' ')} UTC`;
}
