/**
 * Quantiles: the middle and the tail of a row of measurements. The nearest measured value, never one in between.
 */

/** The value below which the share `part` of the values lies; NaN where there are none. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}
