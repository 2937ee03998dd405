/**
 * Print match: whether a mail as a web archive printed it is the same as one that is held whole.
 *
 * In: the printed mail and one that may be it. Out: a confidence, or null. A page shows the title, the author's name
 * without address, the time of delivery, and the text with masked domains, lost trailing blanks, and single blanks after
 * full stops; so names, minutes and lines are compared with all of that evened out.
 */
import type { Message } from '../model/message.ts';
import { nameKey } from './person.ts';

/** Delivery follows the Date header by minutes at most. */
const deliveryMs = 10 * 60_000;
/** Share of the printed lines that the mail must have. */
const sameLines = 0.9;

/** True for ids that were made up because a mail had none, as prints never have. */
export function isPrintId(messageId: string): boolean {
  return messageId.endsWith('@patchtrail.invalid');
}

/** What a printed mail and its original have in common: the author's name and the title. */
export function printKey(fromName: string, subject: string): string {
  return `print ${nameKey(fromName)} ${subject.toLowerCase().replace(/\s+/g, ' ').trim()}`;
}

/** How sure it is that `original` is the mail that was printed; null where it is not. */
export function matchPrint(print: Message, original: Message): number | null {
  if (print.dateMs !== null && Math.abs(print.dateMs - original.sortMs) > deliveryMs) return null;
  const held = new Set(evenLines(original.body));
  const lines = evenLines(print.body);
  if (lines.length === 0) return null;
  const share = lines.filter((line) => held.has(line)).length / lines.length;
  return share >= sameLines ? Math.round(share * 1000) / 1000 : null;
}

/** Lines without what archives change: blanks, masked or whole domains behind an `@`, the signature's mark. */
function evenLines(body: string): string[] {
  return body
    .split('\n')
    .map((line) =>
      line
        .replace(/@[\w.-]{1,250}/g, '@')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter((line) => line !== '' && line !== '--');
}
