/**
 * Person names: who is named in `Reviewed-by: A B <a@example.org>`, and how a person is written in text.
 */
import type { Address } from '../../ingest/model/message.ts';
import type { PersonName } from '../wire.ts';
import { safeName } from './safe-name.ts';

/** The person in a trailer's value. What is no address (a bot's name, a link) stands as the name. */
export function personInTrailer(value: string): PersonName {
  const open = value.lastIndexOf('<');
  const close = value.indexOf('>', open);
  if (open >= 0 && close > open) {
    const name = value
      .slice(0, open)
      .trim()
      .replace(/^"(.*)"$/, '$1');
    const address = value.slice(open + 1, close);
    return personName(name, address.trim().toLowerCase());
  }
  const first = value.trim().split(/\s/, 1)[0] ?? '';
  return first.includes('@') ? { name: '', address: first.toLowerCase() } : personName(value.trim(), '');
}

/** The one way in which a name goes out: see ./safe-name.ts */
export function personName(name: string, address: string): PersonName {
  return { name: safeName(name, address), address };
}

export function personOf({ name, address }: Address): PersonName {
  return personName(name, address);
}

/** The name, or the address where there is none. */
export function shortName(person: PersonName): string {
  return person.name || person.address || 'somebody';
}
