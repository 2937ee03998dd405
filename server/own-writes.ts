/**
 * Own writes: whoever changed something sees it on every server, also on one that reads from servers which follow behind.
 *
 * A change's answer carries a cookie with how many changes the store held then, and what is asked with it is read where
 * so many are held (Store.seeing). A minute is longer than any follower that is read from may be behind.
 */
import type { MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { Store } from '../ingest/store/store.ts';
import { isReading } from './security.ts';

export const changesCookie = 'patchtrail_changes';
const keepSeconds = 60;

export function seeOwnWrites(store: Pick<Store, 'seeing' | 'countChanges'>): MiddlewareHandler {
  return async (c, next) => {
    const seen = Number(getCookie(c, changesCookie) ?? 0);
    await store.seeing(Number.isSafeInteger(seen) && seen > 0 ? seen : 0, next);
    if (isReading(c.req.method) || c.res.status >= 400) return;
    setCookie(c, changesCookie, String(await store.countChanges()), {
      httpOnly: true,
      sameSite: 'Lax',
      path: '/',
      maxAge: keepSeconds,
    });
  };
}
