/**
 * Query: what a person or tool typed, as a tree that any store engine answers.
 *
 * The language is lore's: blank is AND and binds tighter than XOR, that tighter than OR; `NOT` and `-` negate; `"…"` is a
 * phrase; `*` lets a word go on; prefixes are those of ./prefixes.ts. A term without any word in it (`->`, `s:`) means nothing and is left
 * out, as tools send such. What cannot be understood is refused with its place in the text.
 */
import { QueryError } from '../model/errors.ts';
import { limits } from '../model/limits.ts';
import type { Query } from '../model/query.ts';
import { parseDateSpan } from './dates.ts';
import {
  alternativeFields,
  type DateMeaning,
  type SearchPrefix,
  type TextMeaning,
  type ValueMeaning,
} from './prefixes.ts';
import { type QueryWord, queryWords, type Term } from './query-words.ts';
import { queryTokens } from './tokens.ts';

/**
 * Parses a query; `nowMs` is what `yesterday` is counted from.
 * @throws QueryError
 */
export function parseQuery(text: string, nowMs: number): Query {
  if (text.length > limits.queryBytes) {
    throw new QueryError(
      `The query is longer than ${limits.queryBytes} characters`,
      limits.queryBytes,
      text.length,
      {
        remedy: 'Leave some of it out.',
      },
    );
  }
  const words = queryWords(text);
  const terms = words.filter((word) => word.kind === 'term');
  const beyond = terms[limits.queryTerms];
  if (beyond) {
    throw new QueryError(`The query has more than ${limits.queryTerms} terms`, beyond.start, text.length, {
      remedy: 'Leave some of them out.',
    });
  }
  return new Parser(words, text.length, nowMs).parse();
}

const wholeText: TextMeaning = { kind: 'text', fields: ['any'] };

/** Each of them doubles a part of the query. */
const exclusionsMost = 4;

/** What ends a run of terms that must all be there. */
const ends: ReadonlySet<QueryWord['kind']> = new Set(['or', 'xor', 'close']);

/** Reads the words from left to right; null stands for what means nothing. */
class Parser {
  readonly #words: readonly QueryWord[];
  readonly #length: number;
  readonly #nowMs: number;
  #at = 0;
  #depth = 0;
  #exclusions = 0;

  constructor(words: readonly QueryWord[], length: number, nowMs: number) {
    this.#words = words;
    this.#length = length;
    this.#nowMs = nowMs;
  }

  parse(): Query {
    const query = this.#either(null);
    const left = this.#words[this.#at];
    if (left) {
      throw new QueryError('This parenthesis closes nothing', left.start, left.end, {
        remedy: 'Take it away, or put it in quotes.',
      });
    }
    return query ?? { op: 'all' };
  }

  #either(prefix: SearchPrefix | null): Query | null {
    const items = [this.#exclusive(prefix)];
    while (this.#words[this.#at]?.kind === 'or') {
      this.#operator('OR');
      items.push(this.#exclusive(prefix));
    }
    return combine('or', items);
  }

  /** One of both, but not both. */
  #exclusive(prefix: SearchPrefix | null): Query | null {
    let left = this.#all(prefix);
    for (let word = this.#words[this.#at]; word?.kind === 'xor'; word = this.#words[this.#at]) {
      // Each doubles what is asked, since an index knows no XOR.
      if (++this.#exclusions > exclusionsMost) {
        throw new QueryError('The query has too many XOR', word.start, word.end, {
          remedy: `Use at most ${exclusionsMost}.`,
        });
      }
      this.#operator('XOR');
      const right = this.#all(prefix);
      const only = (one: Query, other: Query): Query => ({
        op: 'and',
        items: [one, { op: 'not', item: other }],
      });
      left = left && right ? { op: 'or', items: [only(left, right), only(right, left)] } : (left ?? right);
    }
    return left;
  }

  #all(prefix: SearchPrefix | null): Query | null {
    const items: (Query | null)[] = [];
    for (let word = this.#words[this.#at]; word && !ends.has(word.kind); ) {
      const isSaid = word.kind === 'and';
      if (isSaid) this.#operator('AND');
      const item = this.#one(prefix);
      const alternative = isSaid ? undefined : alternativeOf(items.at(-1), item);
      if (alternative) items[items.length - 1] = alternative;
      else items.push(item);
      word = this.#words[this.#at];
    }
    return combine('and', items);
  }

  /** Passes `AND` or `OR`, which need something on either side. */
  #operator(name: string): void {
    const before = this.#words[this.#at - 1];
    const operator = this.#words[this.#at];
    const after = this.#words[this.#at + 1];
    const hasBefore = before?.kind === 'term' || before?.kind === 'close';
    const hasAfter = after?.kind === 'term' || after?.kind === 'open' || after?.kind === 'not';
    if (operator && !(hasBefore && hasAfter)) {
      throw new QueryError(
        `${name} has nothing on its ${hasBefore ? 'right' : 'left'}`,
        operator.start,
        operator.end,
        {
          remedy: `Complete it, or write "${name.toLowerCase()}" to look for the word.`,
        },
      );
    }
    this.#at++;
  }

  #one(prefix: SearchPrefix | null): Query | null {
    const word = this.#words[this.#at];
    this.#at++;
    if (word?.kind === 'near') throw unknownOperator(word);
    if (word?.kind === 'term') return this.#term(word, word.prefix ?? prefix);
    if (word?.kind === 'open') return this.#group(word, word.prefix ?? prefix);
    return this.#not(word, prefix);
  }

  #not(not: QueryWord | undefined, prefix: SearchPrefix | null): Query | null {
    const next = this.#words[this.#at];
    if (next?.kind !== 'term' && next?.kind !== 'open' && next?.kind !== 'not') {
      throw new QueryError('NOT has nothing on its right', not?.start ?? 0, not?.end ?? this.#length, {
        remedy: 'Complete it, or write "not" to look for the word.',
      });
    }
    const item = this.#deeper(next, () => this.#one(prefix));
    return item && { op: 'not', item };
  }

  #group(open: QueryWord, prefix: SearchPrefix | null): Query | null {
    const inner = this.#deeper(open, () => this.#either(prefix));
    if (this.#words[this.#at]?.kind !== 'close') {
      throw new QueryError('This parenthesis is not closed', open.start, this.#length, {
        remedy: 'Close it, or put it in quotes.',
      });
    }
    this.#at++;
    return inner;
  }

  #deeper<T>(at: QueryWord, read: () => T): T {
    this.#depth++;
    if (this.#depth > limits.queryDepth) {
      throw new QueryError('The query is nested too deep', at.start, this.#length, {
        remedy: `Use at most ${limits.queryDepth} parentheses within each other.`,
      });
    }
    const result = read();
    this.#depth--;
    return result;
  }

  #term(term: Term, prefix: SearchPrefix | null): Query | null {
    if (!prefix) return wordsQuery(term, wholeText);
    const { means } = prefix;
    if (means.kind === 'text') return wordsQuery(term, means);
    return means.kind === 'date'
      ? dateQuery(term, means, prefix.name, this.#nowMs)
      : valueQuery(term, means, prefix);
  }
}

function unknownOperator({ start, end }: QueryWord): QueryError {
  return new QueryError('How near words stand cannot be asked', start, end, {
    remedy: 'Put words that follow each other in quotes, or write "near" to look for the word.',
  });
}

/** One letter and a `*` is a tenth of all words, which takes half a second to go through. */
const isTooShort = /^[a-z0-9_]$/;

function wordsQuery(term: Term, means: TextMeaning): Query | null {
  const tokens = queryTokens(term.text);
  if (tokens.length === 0) return null;
  const isPrefix = term.isOpen || (means.isOpen ?? false);
  if (isPrefix && isTooShort.test(tokens.at(-1) ?? '')) {
    throw new QueryError('A word is too short for a *', term.start, term.end, {
      remedy: 'Give at least two letters, or take the * away.',
    });
  }
  const all = [...(means.lead ?? []), ...tokens];
  return combine(
    'or',
    means.fields.map((field): Query => ({ op: 'words', field, tokens: all, isPrefix })),
  );
}

function valueQuery(term: Term, means: ValueMeaning, { name, example }: SearchPrefix): Query | null {
  if (term.text === '' && !term.isOpen) return null;
  const isStart = term.isOpen && means.field === 'message-id';
  const value = means.read(term.text);
  if (value === undefined || (term.isOpen && !isStart)) {
    throw new QueryError(`\`${name}:\` needs ${means.wants}`, term.start, term.end, {
      remedy: `Such as ${example}.`,
    });
  }
  return { op: 'value', field: means.field, value: isStart ? `${value}*` : value };
}

function dateQuery(term: Term, means: DateMeaning, name: string, nowMs: number): Query {
  const span = parseDateSpan(term.text, nowMs);
  const remedy = `Such as ${name}:2020-07-06, ${name}:2020-07.. or ${name}:last.month.. .`;
  if (!span) throw new QueryError(`\`${name}:\` needs a date or a range`, term.start, term.end, { remedy });
  if (span.fromMs !== null && span.toMs !== null && span.fromMs >= span.toMs) {
    throw new QueryError('The range ends before it starts', term.start, term.end, { remedy });
  }
  return { op: 'date', ...span, ...(means.clock === 'arrived' ? { clock: 'arrived' as const } : {}) };
}

/** Two values side by side of which a message has only one: either will do. */
function alternativeOf(before: Query | null | undefined, item: Query | null): Query | undefined {
  if (!before || item?.op !== 'value' || !alternativeFields.has(item.field)) return undefined;
  const known = before.op === 'or' ? before.items : [before];
  const isSame = known.every((other) => other.op === 'value' && other.field === item.field);
  return isSame ? { op: 'or', items: [...known, item] } : undefined;
}

function combine(op: 'and' | 'or', items: readonly (Query | null)[]): Query | null {
  const known = items.filter((item) => item !== null);
  const [only = null] = known;
  return known.length > 1 ? { op, items: known } : only;
}
