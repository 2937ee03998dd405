/**
 * Rate limit: how many requests somebody may send in a minute, so that one reader leaves room for the others.
 *
 * A bucket for each account or address, which fills evenly: a burst of a minute's worth is fine. This machine itself is
 * not limited. Kept in memory, bounded.
 */
import type { MiddlewareHandler } from 'hono';
import { PatchtrailError } from '../../ingest/model/errors.ts';
import type { Access } from '../security.ts';
import { currentAsker } from './current.ts';
import { askerIn, remoteOf } from './recognise.ts';

interface Bucket {
  readonly left: number;
  readonly atMs: number;
}

const bucketsMost = 10_000;

export class Buckets {
  readonly #perMinute: number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(perMinute: number) {
    this.#perMinute = perMinute;
  }

  /** Takes one; gives how many seconds to wait where none is left, else 0. */
  take(who: string, nowMs: number): number {
    const before = this.#buckets.get(who) ?? { left: this.#perMinute, atMs: nowMs };
    const filled = before.left + ((nowMs - before.atMs) / 60_000) * this.#perMinute;
    const left = Math.min(this.#perMinute, filled) - 1;
    this.#buckets.delete(who);
    this.#buckets.set(who, { left: Math.max(left, 0), atMs: nowMs });
    for (const oldest of this.#buckets.keys()) {
      if (this.#buckets.size <= bucketsMost) break;
      this.#buckets.delete(oldest);
    }
    return left >= 0 ? 0 : Math.ceil((-left / this.#perMinute) * 60);
  }
}

/** `perMinute` 0: no limit. */
export function limitRate(access: Access, nowMs: () => number): MiddlewareHandler {
  const perMinute = access.requestsPerMinute ?? 0;
  const buckets = new Buckets(perMinute);
  return async (c, next) => {
    const asker = askerIn(c);
    // The app asks itself for a page's data: that was one request.
    const isInner = currentAsker() !== undefined && c.get('isOuter') !== true;
    const { isRenewal } = (c.env ?? {}) as { readonly isRenewal?: boolean };
    if (perMinute > 0 && asker.kind !== 'owner' && !isInner && !isRenewal) {
      const waitSeconds = buckets.take(
        asker.name === '' ? remoteOf(c, access) : `account ${asker.name}`,
        nowMs(),
      );
      if (waitSeconds > 0) {
        c.header('Retry-After', String(waitSeconds));
        throw new PatchtrailError('too-many', 'Too many requests came from there', {
          remedy: `Wait ${waitSeconds} seconds; ${perMinute} a minute are answered.`,
        });
      }
    }
    await next();
  };
}
