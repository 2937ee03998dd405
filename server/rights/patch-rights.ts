/** Patch rights: who may change what is said of a patch, and who may be made to look after it. Pure. */
import type { PatchRow } from '../../ingest/store/tracker.ts';
import { type Account, type Asker, isRuler, roleOn, type Scope } from './asker.ts';

/**
 * Maintainers, the delegate and the sender may change a patch; for checks bots and reviewers, too. `account` is who stands
 * for the asker; null for none.
 */
export function mayChangePatch(
  asker: Asker,
  account: Account | null,
  { lists, delegate, submitter }: Pick<PatchRow, 'lists' | 'delegate' | 'submitter'>,
  scope: Scope,
): boolean {
  if (isRuler(asker)) return true;
  const held = lists.map((name) => roleOn(asker, name));
  if (scope === 'check' ? held.some((role) => role !== null) : held.includes('maintainer')) return true;
  const isOpen = asker.lists === null || lists.some((name) => asker.lists?.includes(name));
  const isOwn = account?.number === delegate || account?.addresses.includes(submitter.address);
  return account !== null && isOpen && isOwn === true;
}

/** A maintainer of one of the lists. */
export function mayBeDelegate({ isAdmin, roles }: Account, lists: readonly string[]): boolean {
  return isAdmin || lists.some((name) => Object.hasOwn(roles, name) && roles[name] === 'maintainer');
}
