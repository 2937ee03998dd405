/**
 * Fuzz: many mutated mails through the probe. No reader may throw, none may take long, and memory must not grow.
 *
 * A mail's time is the shortest of three readings where the first was slow: another program may have held the CPU.
 */
import { chanceOf, mutate } from './mutate.ts';
import { Probe } from './probe.ts';

/** No mail may take longer to read through everything. */
export const slowestMs = 250;

export interface FuzzResult {
  readonly mails: number;
  readonly bytes: number;
  readonly slowest: { readonly ms: number; readonly at: number };
  readonly slow: readonly { readonly ms: number; readonly at: number; readonly bytes: number }[];
  readonly crashed: readonly { readonly at: number; readonly error: string }[];
  readonly peakBytes: number;
}

/** The mutated mail number `at` of a seed, alone. */
export function fuzzMail(base: readonly Buffer[], seed: number, at: number): Buffer {
  const chance = chanceOf(seed * 1_000_003 + at);
  const pick = () => base[Math.floor(chance() * base.length)] ?? Buffer.alloc(0);
  return mutate(pick(), pick(), chance);
}

export async function fuzz(
  base: readonly Buffer[],
  options: {
    readonly seed: number;
    readonly from?: number;
    readonly mails: number;
    readonly onStep?: (result: FuzzResult) => void;
  },
): Promise<FuzzResult> {
  let probe = new Probe();
  const slow: FuzzResult['slow'][number][] = [];
  const crashed: FuzzResult['crashed'][number][] = [];
  let slowest = { ms: 0, at: -1 };
  let bytes = 0;
  let peakBytes = 0;
  const { from = 0, mails, seed, onStep } = options;
  const result = (count: number): FuzzResult => ({ mails: count, bytes, slowest, slow, crashed, peakBytes });
  for (let at = from; at < from + mails; at++) {
    const raw = fuzzMail(base, seed, at);
    bytes += raw.length;
    try {
      let ms = await timed(probe, raw);
      // Settled by reading it again, twice: only what is slow each time is slow.
      for (let again = 0; again < 2 && ms > slowestMs; again++) ms = Math.min(ms, await timed(probe, raw));
      if (ms > slowest.ms) slowest = { ms, at };
      if (ms > slowestMs) slow.push({ ms, at, bytes: raw.length });
    } catch (error) {
      crashed.push({ at, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      probe = new Probe();
    }
    if (at % 1000 === 999) {
      peakBytes = Math.max(peakBytes, process.memoryUsage().rss);
      onStep?.(result(at - from + 1));
    }
  }
  return result(mails);
}

/** The time of the clock, or of the CPU where the clock says that it was long: the CPU may have been another's. */
async function timed(probe: Probe, raw: Buffer): Promise<number> {
  const startedMs = performance.now();
  const before = process.cpuUsage();
  await probe.read(raw);
  const ms = performance.now() - startedMs;
  if (ms <= slowestMs / 4) return ms;
  const { user, system } = process.cpuUsage(before);
  return Math.min(ms, (user + system) / 1000);
}
