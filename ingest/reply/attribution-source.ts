/**
 * Attribution sources: which ancestor an attribution line means.
 *
 * In: a person named above a quote. Out: the position of the ancestor that this person sent, or -1.
 * One person sends many mails of a thread, so the depth chooses among them: text at depth d comes from the d-th
 * ancestor or one further up, hardly ever from a nearer one.
 */
import type { Address } from '../model/message.ts';
import { once } from '../model/once.ts';
import type { Attribution } from './attribution.ts';

/** Who sent an ancestor. */
export interface AncestorSender {
  readonly fromName: string;
  readonly fromAddress?: string;
}

/** Position of the named ancestor, or -1 where nobody fits. */
export function findNamedSource(
  attribution: Attribution,
  depth: number,
  ancestors: readonly AncestorSender[],
): number {
  const wanted = nameKey(attribution.name);
  let nearer = -1;
  for (let at = 0; at < ancestors.length; at++) {
    const ancestor = ancestors[at];
    if (!ancestor || !isSame(ancestor, wanted, attribution.address)) continue;
    if (at >= depth - 1) return at;
    nearer = at;
  }
  return nearer;
}

function isSame(sender: AncestorSender, name: string, address: string): boolean {
  if (address !== '' && sender.fromAddress === address) return true;
  return name !== '' && nameKey(sender.fromName) === name;
}

/** True where two senders are one person, by address or by name. */
export function isSamePerson(one: Address, other: Address): boolean {
  // A list that rewrites senders gives all of them its own address.
  const isRewritten = one.name.includes(' via ') || other.name.includes(' via ');
  const isAddress = one.address !== '' && one.address.toLowerCase() === other.address.toLowerCase();
  if (isAddress && !isRewritten) return true;
  const key = keyOf(one);
  return key !== '' && key === keyOf(other);
}

/** Each reply is compared with many others. */
const keyOf = once(({ name }: Address) => nameKey(name));

/** `Example, Ada`, `"Ada Example"`, `Ada Example (Works)` and `Ada Example via list` are one name. */
export function nameKey(name: string): string {
  const bounded = name.slice(0, 200).toLowerCase();
  const bare = bounded.replace(/\([^()]*\)/g, ' ').split(' via ', 1)[0] ?? '';
  return bare
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 1)
    .sort()
    .join(' ');
}
