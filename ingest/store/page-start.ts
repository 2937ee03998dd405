/** Page starts: cursors of first pages that begin at a time, for lists that go from new to old. */
import { writePosition } from './page-cursor.ts';
import { searchKeyBound } from './search-key.ts';

/** For messages in order of time: what was sent up to `ms`; keys are spread, so some days more. */
export function messagesUntil(ms: number): string {
  return writePosition([searchKeyBound(ms)]);
}

/** For series in order of their last posting: those up to `ms`. */
export function seriesUntil(ms: number): string {
  return writePosition([-ms, '']);
}
