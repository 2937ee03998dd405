/**
 * Ask: an answer of the server's API, without a server: the commands read what the pages read.
 *
 * In: a route of ../wire.ts with its id and query. Out: what it gives, or the error that it answers with.
 */
import { type ErrorCode, errorCodes, PatchtrailError } from '../../ingest/model/errors.ts';
import type { Store } from '../../ingest/store/store.ts';
import type { Api, Problem } from '../wire.ts';
import type { Session } from './session.ts';

export interface Question<Name extends keyof Api> {
  readonly name: Name;
  /** For a route with `{id}`. */
  readonly id?: string;
  readonly query?: Api[Name]['query'];
}

/** @throws PatchtrailError as the API tells it */
export async function ask<Name extends keyof Api>(
  session: Session,
  store: Store,
  question: Question<Name>,
  config = session.config,
): Promise<Api[Name]['gives']> {
  const { name, id = '', query = {} } = question;
  const path = (name.split(' ')[1] ?? '').replace(/\{\w+\}/, () => encodeURIComponent(id));
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value !== undefined) search.set(key, String(value));
  const { isGood, json } = await session.parts.request(store, config, `${path}?${search}`);
  if (isGood) return json as Api[Name]['gives'];
  const { code, detail, remedy } = json as Problem;
  const isKnown = Object.hasOwn(errorCodes, code);
  throw new PatchtrailError(isKnown ? (code as ErrorCode) : 'store-failed', detail.replace(/\.$/, ''), {
    remedy,
  });
}
