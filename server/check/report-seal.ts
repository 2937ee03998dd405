/**
 * Report seal: the sender's proof that the lines of a report are its own and were sent now.
 *
 * An HMAC over the time and the lines, by the token that also stands in the request. Changed lines, old copies and seals
 * that were taken before are refused. Who never got the answer seals the same lines anew: that is one report, since its
 * id comes from its lines.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

export const sealHeader = 'x-patchtrail-seal';

/** Clocks of test machines are seldom right; a copy that is older proves nothing new. */
const withinMs = 15 * 60_000;

/** Bounds what is remembered; a copy of one that was dropped is still one report. */
const sealsMost = 10_000;

/** The header's value: the time, a blank, 64 hex digits. */
export function sealReport(token: string, sentMs: number, lines: readonly string[]): string {
  return `${sentMs} ${macOf(token, String(sentMs), lines)}`;
}

/** Empty where the seal is good, else what is wrong with it. */
export function checkSeal(
  seal: string | undefined,
  given: { readonly token: string; readonly lines: readonly string[]; readonly nowMs: number },
): string {
  const [, sent = '', mac = ''] = /^(\d{1,15}) ([0-9a-f]{64})$/.exec(seal ?? '') ?? [];
  if (sent === '') return 'The report is not sealed';
  const wanted = Buffer.from(macOf(given.token, sent, given.lines));
  if (!timingSafeEqual(Buffer.from(mac), wanted)) return "The report's seal does not fit its lines";
  if (Math.abs(Number(sent) - given.nowMs) > withinMs) return 'The report was not sealed just now';
  return '';
}

/** Seals that were taken, as long as they are young enough to be taken again. */
export class UsedSeals {
  readonly #until = new Map<string, number>();

  /** False where this good seal was used before. */
  use(seal: string, nowMs: number): boolean {
    // In order of time, since all are kept equally long: twice, for a clock may have been ahead.
    for (const [old, until] of this.#until) {
      if (until > nowMs && this.#until.size < sealsMost) break;
      this.#until.delete(old);
    }
    if (this.#until.has(seal)) return false;
    this.#until.set(seal, nowMs + 2 * withinMs);
    return true;
  }
}

function macOf(token: string, sent: string, lines: readonly string[]): string {
  return createHmac('sha256', token)
    .update([sent, ...lines].join('\n'))
    .digest('hex');
}
