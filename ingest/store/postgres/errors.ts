/**
 * Errors: what PostgreSQL or the way to it said, as an error that says what to do.
 */
import { LimitError, PatchtrailError, StoreError } from '../../model/errors.ts';

interface Failure {
  readonly codes: readonly string[];
  readonly code: 'store-full' | 'store-busy' | 'store-failed';
  readonly what: string;
  readonly remedy: string;
}

/** By SQLSTATE, or its class, and by the codes of sockets. */
const failures: readonly Failure[] = [
  {
    codes: ['53100'],
    code: 'store-full',
    what: 'The disk of the database is full; nothing was written by halves',
    remedy: 'Make room and run the same again: it goes on where it stopped.',
  },
  {
    codes: ['53300', '53400', '55P03', '57014', '40001', '40P01'],
    code: 'store-busy',
    what: 'The database is busy',
    remedy: 'Try again; see max_connections and statement_timeout of PostgreSQL.',
  },
  {
    codes: ['57P01', '57P02', '57P03', '08', 'ECONNRESET', 'EPIPE'],
    code: 'store-busy',
    what: 'The database ended the connection',
    remedy: 'Try again when PostgreSQL runs: what was not acknowledged was not written.',
  },
  {
    codes: ['ECONNREFUSED', 'ENOENT', 'ENOTFOUND', 'ETIMEDOUT', 'EAI_AGAIN', 'EHOSTUNREACH'],
    code: 'store-failed',
    what: 'The database cannot be reached',
    remedy: 'Look whether PostgreSQL runs, and at host and port of --store.',
  },
  {
    codes: ['28', '3D000', '42501'],
    code: 'store-failed',
    what: 'The database does not let this user in',
    remedy: 'Look at user, password and database of --store, and at pg_hba.conf.',
  },
  {
    codes: ['25006'],
    code: 'store-failed',
    what: 'The store was opened for reading only, or is a replica',
    remedy: 'Open the primary for writing.',
  },
];

/** @param location as it may be shown */
export function asStoreError(cause: unknown, location: string): unknown {
  if (cause instanceof PatchtrailError || !(cause instanceof Error)) return cause;
  const code = codeOf(cause);
  const known = failures.find(({ codes }) => codes.some((start) => code === start || isOfClass(code, start)));
  if (known) {
    const { what, remedy } = known;
    return new StoreError(known.code, `${what} (${cause.message})`, { subject: location, remedy, cause });
  }
  if (code === '' && !/terminat|timeout|closed|ended|not queryable/i.test(cause.message)) return cause;
  return new StoreError(code === '' ? 'store-busy' : 'store-failed', `The store failed (${cause.message})`, {
    subject: location,
    remedy: 'Run `patchtrail doctor`.',
    cause,
  });
}

/** What may succeed when it is tried again as a whole. */
export function isPassing(cause: unknown): boolean {
  return cause instanceof Error && ['40001', '40P01'].includes(codeOf(cause));
}

/** The server said nothing, or ended: another one may answer. */
export function isLost(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  const code = codeOf(cause);
  return code === ''
    ? /terminat|timeout|closed|ended|not queryable/i.test(cause.message)
    : lostCodes.test(code);
}

const lostCodes = /^(?:40001|57P0\d|08\w{3}|53300|E[A-Z]+)$/;

/** What a search threw, in words where its time was over. */
export function asSearchError(cause: unknown, budgetMs: number): unknown {
  const first = cause instanceof Error ? cause.cause : cause;
  if (!(first instanceof Error) || codeOf(first) !== '57014') return cause;
  return new LimitError('searchMs', `The search took longer than ${budgetMs / 1000} s and was ended`, {
    remedy: 'Ask for less: longer words, a list (l:), or a span of days (d:last.month..).',
  });
}

function codeOf(cause: Error & { code?: unknown }): string {
  return typeof cause.code === 'string' ? cause.code : '';
}

function isOfClass(code: string, start: string): boolean {
  return start.length === 2 && code.length === 5 && code.startsWith(start);
}
