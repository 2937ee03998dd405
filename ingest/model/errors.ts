/**
 * Errors: one class for each thing that a caller does differently, each with a stable code.
 *
 * The message is "what happened: to what. What to do." The server turns them into application/problem+json.
 */

/** All codes, with the HTTP status that they become. */
export const errorCodes = {
  usage: 400,
  'not-found': 404,
  'source-unreadable': 502,
  'source-changed': 409,
  'source-unknown': 400,
  'limit-exceeded': 413,
  'store-failed': 500,
  'store-newer': 500,
  'store-full': 507,
  'store-busy': 503,
  'query-invalid': 400,
  'check-failed': 500,
  'check-unavailable': 503,
  'report-invalid': 400,
  'report-replayed': 409,
  'config-invalid': 400,
  'mail-failed': 502,
  forbidden: 403,
  'token-invalid': 403,
  'too-many': 429,
  'server-busy': 503,
} as const;

export type ErrorCode = keyof typeof errorCodes;

export interface ErrorDetail {
  /** What it happened to: a path, an id, a URL without secrets. */
  readonly subject?: string;
  /** What the reader can do. */
  readonly remedy?: string;
  readonly cause?: unknown;
}

export class PatchtrailError extends Error {
  readonly code: ErrorCode;
  readonly what: string;
  readonly subject: string;
  readonly remedy: string;

  constructor(code: ErrorCode, what: string, detail: ErrorDetail = {}) {
    const subject = detail.subject ? `: ${detail.subject}` : '';
    const remedy = detail.remedy ? ` ${detail.remedy}` : '';
    super(`${what}${subject}.${remedy}`, detail.cause === undefined ? {} : { cause: detail.cause });
    this.name = new.target.name;
    this.code = code;
    this.what = what;
    this.subject = detail.subject ?? '';
    this.remedy = detail.remedy ?? '';
  }

  /** The HTTP status that fits. */
  get status(): number {
    return errorCodes[this.code];
  }
}

/** Wrong arguments of a command or request: exit 2. */
export class UsageError extends PatchtrailError {
  constructor(what: string, detail: ErrorDetail = {}) {
    super('usage', what, detail);
  }
}

/** What was asked for is not held. */
export class NotFoundError extends PatchtrailError {
  constructor(what: string, detail: ErrorDetail = {}) {
    super('not-found', what, detail);
  }
}

/** A source cannot be read. `isRetryable` where waiting can help (network, lock). */
export class SourceError extends PatchtrailError {
  readonly isRetryable: boolean;

  constructor(
    code: 'source-unreadable' | 'source-changed' | 'source-unknown',
    what: string,
    detail: ErrorDetail & { readonly isRetryable?: boolean } = {},
  ) {
    super(code, what, detail);
    this.isRetryable = detail.isRetryable ?? false;
  }
}

/** A bound of limits.ts was met. */
export class LimitError extends PatchtrailError {
  readonly limit: string;

  constructor(limit: string, what: string, detail: ErrorDetail = {}) {
    super('limit-exceeded', what, detail);
    this.limit = limit;
  }
}

/** The store cannot be opened, read or written. */
export class StoreError extends PatchtrailError {
  constructor(
    code: 'store-failed' | 'store-newer' | 'store-full' | 'store-busy',
    what: string,
    detail: ErrorDetail = {},
  ) {
    super(code, what, detail);
  }
}

/** A search query that cannot be understood; the span is in characters of the query. */
export class QueryError extends PatchtrailError {
  readonly start: number;
  readonly end: number;

  constructor(what: string, start: number, end: number, detail: ErrorDetail = {}) {
    super('query-invalid', what, detail);
    this.start = start;
    this.end = end;
  }
}

/** The native checker could not be built or run. */
export class CheckError extends PatchtrailError {
  constructor(
    code: 'check-failed' | 'check-unavailable' | 'report-invalid',
    what: string,
    detail: ErrorDetail = {},
  ) {
    super(code, what, detail);
  }
}
