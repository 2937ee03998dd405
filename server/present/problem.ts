/**
 * Problems: every error as RFC 9457 says it, in words that tell what to do.
 *
 * What we did not foresee is answered without its text: a stack or a path would help an attacker, not a reader.
 */
import { PatchtrailError, QueryError } from '../../ingest/model/errors.ts';
import type { Problem } from '../wire.ts';

const titles: Readonly<Record<number, string>> = {
  400: 'The request cannot be understood',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Not allowed here',
  409: 'It changed or was done meanwhile',
  413: 'Too large',
  415: 'Wrong kind of body',
  429: 'Too many requests',
  503: 'Not available now',
  507: 'The disk is full',
};

/** The problem that an error is; unknown errors become a plain 500. */
export function presentProblem(error: unknown): Problem {
  if (error instanceof PatchtrailError) {
    const subject = error.subject ? `: ${error.subject}` : '';
    return {
      ...problemOf(error.status, error.code, `${error.what}${subject}.`, error.remedy),
      ...(error instanceof QueryError ? { span: [error.start, error.end] as [number, number] } : {}),
    };
  }
  const status = statusOf(error);
  if (status !== null) {
    return problemOf(status, 'usage', `${titles[status] ?? 'The request failed'}.`, 'See /openapi.json.');
  }
  return problemOf(
    500,
    'internal',
    'The server met something that it did not foresee.',
    'Try again; if it stays, look into the log of the server and report it.',
  );
}

export function problemOf(status: number, code: string, detail: string, remedy: string): Problem {
  return {
    type: `urn:patchtrail:problem:${code}`,
    title: titles[status] ?? 'Failed',
    status,
    detail,
    code,
    remedy,
  };
}

/** Hono's own refusals (a broken JSON body, an unknown method) carry a status of the 400s and no text to be shown. */
function statusOf(error: unknown): number | null {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return null;
  return error.status >= 400 && error.status < 500 ? error.status : null;
}
