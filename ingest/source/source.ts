/**
 * Source: where mail comes from, as the pipeline sees it.
 *
 * A source gives events in order. After each mail stands the cursor from which a later run goes on; the
 * pipeline stores it in the same transaction as the mails before it, so a killed run resumes without loss.
 */
import type { RawMail } from '../model/message.ts';

export type SourceKind = 'mbox' | 'maildir' | 'eml' | 'archive-text' | 'git' | 'imap' | 'web';

/**
 * JSON that only the source itself understands: an offset and size, commits per epoch, UIDVALIDITY and UID.
 */
export type Cursor = string;

export type SourceEvent =
  /** A mail. `cursor`: go on after it; null: the place to go on from stays as it was. */
  | { readonly type: 'mail'; readonly mail: RawMail; readonly cursor: Cursor | null }
  /** There was mail up to here that is not wanted. */
  | { readonly type: 'passed'; readonly cursor: Cursor }
  /**
   * The source took this mail back (public-inbox `d` commits, purged mail): by the Message-ID that it had.
   */
  | { readonly type: 'removed'; readonly messageId: string; readonly cursor: Cursor | null }
  /** How far it is; `total` is null where it cannot be known beforehand. */
  | {
      readonly type: 'progress';
      readonly done: number;
      readonly total: number | null;
      readonly unit: 'mails' | 'bytes';
    }
  /** Something that could not be read; the source goes on behind it. */
  | { readonly type: 'trouble'; readonly place: string; readonly code: string; readonly detail: string };

/** From `fromMs` until before `toMs`; null is open. */
export interface DateRange {
  readonly fromMs: number | null;
  readonly toMs: number | null;
}

export interface Source {
  readonly kind: SourceKind;
  /** Stable name without secrets: an absolute path, `imap://host/folder`. Key of the stored cursor. */
  readonly location: string;
  /** Name of the list that its mails belong to; empty: decided by each mail's headers. */
  readonly list: string;
  /**
   * Gives what came since `cursor` (null: all of it). `range` says that only mail of that time is wanted; a
   * source may give other mail all the same (./date-range.ts sorts it out).
   * @throws SourceError where nothing can be read at all.
   */
  read(cursor: Cursor | null, signal?: AbortSignal, range?: DateRange): AsyncIterable<SourceEvent>;
  /**
   * Says each time that something may have come, first as soon as it watches: what came before that is then
   * read, too. Ends when the signal is aborted. A source without it has to be asked from time to time.
   * @throws SourceError where it cannot watch any longer.
   */
  watch?(signal: AbortSignal): AsyncIterable<void>;
}
