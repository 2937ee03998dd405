/**
 * Prefixes: every `name:` that a search query may hold, with its help and an example.
 *
 * The first part is lore's, so that queries of people and tools (b4, lei) mean the same here; the second is ours, about
 * what was inferred. The parser, the explanation, the completion and the help page all read this table. One more
 * prefix: one row; a new value field also needs a row in ../store/search-condition.ts and ./explain.ts.
 */
import type { TextField, ValueField } from '../model/query.ts';
import type { SeriesState } from '../model/series.ts';

/** Words of some columns. `lead` stands before them as if typed; with `isOpen` the last may always go on. */
export interface TextMeaning {
  readonly kind: 'text';
  readonly fields: readonly TextField[];
  readonly lead?: readonly string[];
  readonly isOpen?: boolean;
}

/** One exact value. */
export interface ValueMeaning {
  readonly kind: 'value';
  readonly field: ValueField;
  /** The value as stored; undefined where the text cannot be one. */
  readonly read: (text: string) => string | undefined;
  /** What the text must be, for the error. */
  readonly wants: string;
  /** Two of them side by side mean either, as a message has only one. */
  readonly isAlternative: boolean;
  /** All values, where they can be listed, with help. */
  readonly values: Readonly<Record<string, string>>;
}

export interface DateMeaning {
  readonly kind: 'date';
  readonly clock: 'sent' | 'arrived';
}

export interface SearchPrefix {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly help: string;
  readonly example: string;
  readonly means: TextMeaning | ValueMeaning | DateMeaning;
}

function text(...fields: TextField[]): TextMeaning {
  return { kind: 'text', fields };
}

const anything = (value: string) => value.toLowerCase();
const bareId = (value: string) => value.replace(/^</, '').replace(/>$/, '');

function value(field: ValueField, more: Partial<ValueMeaning> = {}): ValueMeaning {
  return { kind: 'value', field, read: anything, wants: 'a word', isAlternative: false, values: {}, ...more };
}

function oneOf(
  field: ValueField,
  values: Readonly<Record<string, string>>,
  isAlternative = false,
): ValueMeaning {
  return value(field, {
    values,
    isAlternative,
    wants: `one of ${Object.keys(values).join(', ')}`,
    read: (typed) => (Object.hasOwn(values, typed.toLowerCase()) ? typed.toLowerCase() : undefined),
  });
}

const stateHelp: Record<SeriesState, string> = {
  new: 'nobody answered yet',
  rfc: 'sent for comments only',
  'under-review': 'under review',
  'changes-requested': 'a reviewer asked for changes',
  reviewed: 'reviewed, not taken yet',
  queued: 'in a maintainer tree on its way',
  applied: 'applied by a maintainer',
  landed: 'in a release or mainline',
  rejected: 'refused',
  superseded: 'replaced by another series',
  withdrawn: 'taken back by its author',
};

const hasHelp = {
  diff: 'holds a diff',
  attachment: 'holds an attachment',
  reply: 'was answered',
  trailer: 'was given a trailer',
  point: 'raises a review comment',
};

const isHelp = {
  patch: 'a patch',
  cover: 'a cover letter',
  posting: 'a patch or cover letter',
  reply: 'a reply',
  rfc: 'marked RFC',
  resend: 'marked RESEND',
  open: 'of a series that is not done',
  landed: 'of a series that landed',
  waiting: 'of a series in which somebody has the next move',
};

const list = value('list', {
  isAlternative: true,
  wants: 'the name of a list',
  read: (typed) => bareId(typed).toLowerCase().replace('@', '.'),
});
const messageId = value('message-id', { isAlternative: true, wants: 'a Message-ID', read: bareId });
const blob: TextMeaning = { kind: 'text', fields: ['file'], isOpen: true };

/** Rows of `[names, help, example, meaning]`; the first name is the one to show. */
const rows: readonly (readonly [string, string, string, SearchPrefix['means']])[] = [
  ['s', 'words of the subject', 's:"use after free"', text('subject')],
  ['f', 'sender: name or address', 'f:ada@example.org', text('from')],
  ['t', 'recipients in To', 't:stable', text('to')],
  ['c', 'recipients in Cc', 'c:ada', text('cc')],
  ['tc', 'recipients in To or Cc', 'tc:ada', text('to', 'cc')],
  ['a tcf', 'sender or recipients', 'a:ada', text('from', 'to', 'cc')],
  ['b', 'body: own words, quotes and diff', 'b:deadlock', text('own', 'quoted', 'diff', 'function')],
  ['bs', 'body or subject', 'bs:deadlock', text('subject', 'own', 'quoted', 'diff', 'function')],
  ['nq', 'own words and diff, nothing quoted', 'nq:"looks good"', text('own', 'diff', 'function')],
  ['q', 'quoted words', 'q:"why not"', text('quoted')],
  ['n', 'name of an attachment', 'n:config', text('file')],
  ['l list lid', 'mailing list', 'l:linux-api', list],
  ['m mid', 'Message-ID, whole or up to a *', 'm:20200501*', messageId],
  ['dfn', 'path of a changed file', 'dfn:kernel/rseq.c', text('file')],
  ['dfa', 'removed lines', 'dfa:kmalloc', text('removed')],
  ['dfb', 'added lines', 'dfb:kmalloc_array', text('added')],
  ['dfctx', 'unchanged lines of a diff', 'dfctx:rseq_reset', text('context')],
  ['dfhh', 'function in a hunk header', 'dfhh:rseq_syscall', text('function')],
  ['dfpre', 'id of a file before the change', 'dfpre:1a2b3c4', blob],
  ['dfpost', 'id of a file after the change', 'dfpost:1a2b3c4', blob],
  ['dfblob', 'id of a file before or after the change', 'dfblob:1a2b3c4', blob],
  [
    'patchid',
    'git patch-id --stable of the diff',
    `patchid:${'1a2b3c4d'.repeat(5)}`,
    value('patch-id', {
      isAlternative: true,
      wants: 'the 40 hex digits that `git patch-id --stable` prints',
      read: (typed) => (/^[0-9a-f]{40}$/i.test(typed) ? typed.toLowerCase() : undefined),
    }),
  ],
  [
    'changeid',
    'change-id of b4',
    'changeid:20200501-rseq-4d2a',
    value('change-id', { isAlternative: true, wants: 'a change-id', read: (typed) => typed }),
  ],
  ['d', 'sent on a day or between days (UTC)', 'd:last.month..', { kind: 'date', clock: 'sent' }],
  ['dt', 'sent between moments', 'dt:20200706120000..', { kind: 'date', clock: 'sent' }],
  [
    'rt',
    'arrived between moments (days, or seconds since 1970)',
    'rt:yesterday..',
    { kind: 'date', clock: 'arrived' },
  ],
  [
    'fixes',
    'commit that a patch says it fixes',
    'fixes:ce3614daabea',
    { kind: 'text', fields: ['own'], lead: ['fixes'], isOpen: true },
  ],
  [
    'z',
    'size of the mail in bytes, or between two sizes',
    'z:100000..',
    value('size', {
      wants: 'a number of bytes, or a range such as 1000..5000',
      read: (typed) => (/^(?:\d{1,12}|\d{0,12}\.\.\d{0,12})$/.test(typed) ? typed : undefined),
    }),
  ],
  ['state', 'state of the series', 'state:landed', oneOf('state', stateHelp, true)],
  [
    'version',
    'version of the patch',
    'version:3',
    value('version', {
      isAlternative: true,
      wants: 'a number such as 3 or v3',
      read: (typed) => /^v?(\d{1,4})$/i.exec(typed)?.[1],
    }),
  ],
  ['has', 'what the mail holds or got', 'has:diff', oneOf('has', hasHelp)],
  ['is', 'what the mail or its series is', 'is:open', oneOf('is', isHelp)],
  [
    'turn waiting',
    'who has the next move: a role or an address',
    'turn:author',
    value('turn', { wants: 'a role or an address' }),
  ],
  ['author', 'author of the patch: part of the name or address', 'author:ada', value('author')],
  ['reviewer', 'who gave Reviewed-by: part of the name or address', 'reviewer:bo', value('reviewer')],
  ['trailer', 'trailer in the patch or given for it', 'trailer:tested-by', value('trailer')],
  [
    'thread',
    'all mails of the thread of a Message-ID',
    'thread:20200501@example.org',
    value('thread', { read: bareId, wants: 'a Message-ID' }),
  ],
  [
    'series',
    'all mails about a series, by its id',
    'series:20200501@example.org',
    value('series', { read: bareId, wants: 'the id of a series' }),
  ],
];

/** All prefixes in the order in which help shows them. */
export const searchPrefixes: readonly SearchPrefix[] = rows.map(([names, help, example, means]) => {
  const [name = '', ...aliases] = names.split(' ');
  return { name, aliases, help, example, means };
});

/** Fields of which a message has one value: two side by side mean either. */
export const alternativeFields: ReadonlySet<ValueField> = new Set(
  searchPrefixes.flatMap(({ means }) => (means.kind === 'value' && means.isAlternative ? [means.field] : [])),
);

const byName = new Map(
  searchPrefixes.flatMap((prefix) => [prefix.name, ...prefix.aliases].map((name) => [name, prefix])),
);

/** The prefix of that name or alias. */
export function findPrefix(name: string): SearchPrefix | undefined {
  return byName.get(name);
}
