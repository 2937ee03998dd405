/**
 * Queries: what a search means, after its text was parsed and before an engine answers it.
 *
 * Made by ../search/query.ts only; engines translate it and never see the user's text. Words are query
 * tokens of ../search/tokens.ts, which also says as what the index holds them, so that every engine finds the same.
 */

/** Text columns of the index. `any` is all of them but `to` and `cc`: half a list is in Cc of everything. */
export type TextField =
  | 'any'
  | 'subject'
  | 'from'
  | 'to'
  | 'cc'
  | 'own'
  | 'quoted'
  | 'file'
  /** Added, removed and context lines. */
  | 'diff'
  | 'added'
  | 'removed'
  | 'context'
  | 'function';

/** Exact values kept beside a message or its series. */
export type ValueField =
  | 'message-id'
  | 'list'
  | 'patch-id'
  | 'change-id'
  | 'state'
  | 'version'
  | 'has'
  | 'is'
  | 'turn'
  | 'author'
  | 'reviewer'
  | 'trailer'
  | 'thread'
  | 'series'
  /** Bytes of the raw mail, `from..to`, both included; either may be left out. */
  | 'size';

export type Query =
  | { readonly op: 'all' }
  | { readonly op: 'and' | 'or'; readonly items: readonly Query[] }
  | { readonly op: 'not'; readonly item: Query }
  /** The tokens in a row (a phrase where there are several); with `isPrefix` the last one may go on. */
  | {
      readonly op: 'words';
      readonly field: TextField;
      readonly tokens: readonly string[];
      readonly isPrefix: boolean;
    }
  | { readonly op: 'value'; readonly field: ValueField; readonly value: string }
  /** Sent (or with `clock: 'arrived'` received) at or after `fromMs` and before `toMs`; null is open. */
  | {
      readonly op: 'date';
      readonly fromMs: number | null;
      readonly toMs: number | null;
      readonly clock?: 'sent' | 'arrived';
    };

/** What the search index holds of one message: index tokens (../search/tokens.ts) joined by blanks, by column. */
export interface SearchText {
  readonly subject: string;
  readonly from: string;
  readonly to: string;
  readonly cc: string;
  /** The sender's own words: neither quoted nor diff. */
  readonly own: string;
  readonly quoted: string;
  /** Paths that a diff changes, the ids of those files, and names of attachments. */
  readonly file: string;
  /** Lines of diffs, by what they do. */
  readonly added: string;
  readonly removed: string;
  readonly context: string;
  /** What stands behind the second `@@` of a hunk. */
  readonly function: string;
}
