/**
 * Messages: one mail, as parsed from its raw bytes.
 *
 * A message is known by its Message-ID (bare, without angle brackets). Positions in its text are 0-based
 * line numbers of `body`: the first text/plain part that is not an attachment (further ones joined by a
 * newline), transfer-decoded, decoded by its charset (else UTF-8, else Latin-1), CR LF made LF. Nothing is
 * trimmed from it and format=flowed is not unfolded, so that diffs and quote spans stay true.
 */

export interface Address {
  /** Display name, decoded; empty where there is none. */
  readonly name: string;
  /** As received, except that the case is lowered; may be malformed. */
  readonly address: string;
}

/** One header as received: raw text with its folds, Latin-1 decoded so that each byte is one character. */
export interface RawHeader {
  readonly name: string;
  readonly value: string;
}

/** A part of a mail that is not its body. Text of patch-like attachments is kept decoded, for the diff reader. */
export interface Attachment {
  readonly filename: string;
  readonly contentType: string;
  readonly sizeBytes: number;
  readonly text?: string;
}

/** Something odd that a parser met and survived. Kept, listed and counted. */
export interface Trouble {
  /** Kebab-case and stable, such as `charset-unknown`. */
  readonly code: string;
  readonly detail: string;
}

export interface Message {
  readonly messageId: string;
  /** True where the mail had no usable Message-ID and ours was made from its bytes (`<sha1>@patchtrail.invalid`). */
  readonly hasMadeUpId: boolean;
  readonly headers: readonly RawHeader[];
  /** Decoded, unfolded, blanks collapsed; empty where there is none. */
  readonly subject: string;
  readonly from: Address;
  readonly replyTo: readonly Address[];
  readonly to: readonly Address[];
  readonly cc: readonly Address[];
  /** The Date header in ms since 1970; null where no parser can read it. */
  readonly dateMs: number | null;
  /** Newest Received header's time in ms; null where there is none. */
  readonly receivedMs: number | null;
  /**
   * The time to order by: Date, but the newest Received where Date is missing, more than a day after that, or two weeks
   * before the oldest one (a clock that was wrong); 0 if there is neither.
   */
  readonly sortMs: number;
  /** Bare ids, at most limits.references, oldest first; addresses and prompts (`y`, `n`) dropped. */
  readonly inReplyTo: readonly string[];
  readonly references: readonly string[];
  /** From List-Id, bare and lower-case, such as `linux-api.vger.kernel.org`. */
  readonly listIds: readonly string[];
  readonly body: string;
  readonly isFlowed: boolean;
  readonly attachments: readonly Attachment[];
  readonly troubles: readonly Trouble[];
}

/** What a store's rows say of a message: all but its text, which is in the raw bytes. */
export type MessageHead = Pick<
  Message,
  | 'messageId'
  | 'subject'
  | 'from'
  | 'dateMs'
  | 'receivedMs'
  | 'sortMs'
  | 'inReplyTo'
  | 'references'
  | 'listIds'
  | 'attachments'
  | 'troubles'
>;

/** A mail as a source gives it. */
export interface RawMail {
  readonly raw: Uint8Array;
  /** Name of the list it came through; empty where unknown (then List-Id and recipients decide). */
  readonly list: string;
  /** Where in the source it stood, for error messages: a byte offset, a commit, a UID. */
  readonly place: string;
  /** When the source received it, ms since 1970, where the source knows. */
  readonly arrivedMs?: number;
}
