/**
 * Webhooks on the wire. Interfaces only; ./wire.ts says what they have in common.
 */

/** An address that is told what changes. */
export interface WireWebhook {
  id: number;
  url: string;
  label: string;
  events: ('message' | 'series' | 'source')[];
  /** Null: all that its maker may read. */
  lists: string[] | null;
  /** True where it may be an address of the own network. */
  isInternal: boolean;
  by: string;
  createdMs: number;
  /** Tries in a row that failed. */
  failures: number;
  /** When it is tried again; null where that is at the next change. */
  nextMs: number | null;
  /** Why nothing is told any more; empty while it is. */
  stopped: string;
  /** The newest first. */
  deliveries: {
    id: string;
    atMs: number;
    /** The newest event that it told. */
    sequence: number;
    events: number;
    attempt: number;
    /** What was answered; null where nothing was. */
    status: number | null;
    error: string;
  }[];
}

/** Shown once, when it is made. */
export interface MadeWebhook extends WireWebhook {
  /** Key of the HMAC by which deliveries are signed. */
  secret: string;
}

export interface WebhookRequest {
  url: string;
  label: string;
  /** Empty: all kinds. */
  events: ('message' | 'series' | 'source')[];
  lists: string[] | null;
  isInternal: boolean;
}
