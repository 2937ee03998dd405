/**
 * Growth: how much may come out of a compressed file, so that a small one cannot fill memory and disk.
 */
import { LimitError } from '../model/errors.ts';
import { limits } from '../model/limits.ts';

/** Small files may compress better than the ratio. */
const freeBytes = 1024 * 1024;

/** @throws LimitError where more came out than mail can be. */
export function checkGrowth(bytesIn: number, bytesOut: number): void {
  if (bytesOut <= freeBytes + bytesIn * limits.inflateRatio) return;
  throw new LimitError('inflateRatio', 'The compressed file grows more than mail can');
}
