/**
 * Refusals: what Patchwork answers where it does not do what was asked, in its own words: programs look for them.
 */
import { PatchtrailError } from '../../ingest/model/errors.ts';

export class Refusal extends Error {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) {
    super(`refused with ${status}`);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

export const notFound = () => new Refusal(404, { detail: 'Not found.' });
export const needsLogin = () => new Refusal(403, { detail: 'Authentication credentials were not provided.' });
export const notAllowed = () =>
  new Refusal(403, { detail: 'You do not have permission to perform this action.' });
/** What is wrong with one field of a body. */
export const badField = (field: string, text: string) => new Refusal(400, { [field]: [text] });

/** Any error as Patchwork would say it. */
export function asRefusal(error: unknown, authorization: string | undefined): Refusal {
  if (error instanceof Refusal) return error;
  if (!(error instanceof PatchtrailError)) return new Refusal(500, { detail: 'Internal error.' });
  if (error.code === 'token-invalid') {
    const isBasic = /^basic /i.test(authorization ?? '');
    return new Refusal(403, { detail: isBasic ? 'Invalid username/password.' : 'Invalid token.' });
  }
  if (error.code === 'not-found') return notFound();
  return new Refusal(error.status, { detail: `${error.what}. ${error.remedy}`.trim() });
}
