/** Shares: how much of all has happened after each bound of time. Pure. */
import type { WireBucket } from '../server/wire.ts';

export interface Share {
  readonly belowMs: number | null;
  readonly count: number;
  /** Of all, 0 to 1, of this bucket and those before. */
  readonly share: number;
}

/** In the order of the buckets. */
export function sharesOf(buckets: readonly WireBucket[]): Share[] {
  const all = buckets.reduce((sum, { count }) => sum + count, 0);
  let sum = 0;
  return buckets.map(({ belowMs, count }) => {
    sum += count;
    return { belowMs, count, share: all === 0 ? 0 : sum / all };
  });
}
