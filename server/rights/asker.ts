/**
 * Asker: who sent a request, and what they may read and change. Pure; how a request says who: ./recognise.ts
 *
 * Reading is free but for private lists; changing needs a scope, and for patches a role on their list. A token can only
 * narrow what its account may do.
 */

/** What somebody may do on a list. `bot` may send checks only. */
export const roles = ['maintainer', 'reviewer', 'bot'] as const;
export type Role = (typeof roles)[number];

/** What a token is good for beside reading: sending checks, changing patches and bundles, ruling the site. */
export const scopes = ['check', 'write', 'admin'] as const;
export type Scope = (typeof scopes)[number];

export interface Account {
  /** Stable, as other programs know it. */
  readonly number: number;
  /** What they sign in as. */
  readonly name: string;
  readonly fullName: string;
  /** Lower-case mail addresses that are proven to be theirs. */
  readonly addresses: readonly string[];
  readonly roles: Readonly<Record<string, Role>>;
  readonly isAdmin: boolean;
}

export interface Asker {
  /** `owner`: a page or program on this machine; `nobody`: anybody else without a name. */
  readonly kind: 'nobody' | 'owner' | 'token' | 'session' | 'proxy';
  /** Whose name changes carry; empty for nobody. */
  readonly name: string;
  readonly account: Account | null;
  readonly scopes: readonly Scope[];
  /** Lists that a token is for; null: all of its account. */
  readonly lists: readonly string[] | null;
  /** What a page must send with a change, where its browser says by itself who it is. */
  readonly csrf?: string;
}

export const nobody: Asker = { kind: 'nobody', name: '', account: null, scopes: [], lists: [] };

export function ownerAsker(name: string): Asker {
  return { kind: 'owner', name, account: null, scopes: [], lists: null };
}

/** True where they rule the site, whatever the list. */
export function isRuler({ kind, account, scopes: given, lists }: Asker): boolean {
  if (lists !== null) return false;
  return kind === 'owner' || (account?.isAdmin ?? given.includes('admin'));
}

/** True where they may read this private list. */
export function mayReadPrivate(asker: Asker, list: string): boolean {
  if (isRuler(asker)) return true;
  if (asker.lists !== null && !asker.lists.includes(list)) return false;
  return asker.account !== null && (asker.account.isAdmin || Object.hasOwn(asker.account.roles, list));
}

export function hasScope({ scopes: given }: Asker, scope: Scope): boolean {
  return given.includes('admin') || given.includes(scope) || (scope === 'check' && given.includes('write'));
}

/** Their role on a list; `maintainer` for who rules the site. */
export function roleOn(asker: Asker, list: string): Role | null {
  if (asker.lists !== null && !asker.lists.includes(list)) return null;
  if (isRuler(asker) || asker.account?.isAdmin) return 'maintainer';
  const { account } = asker;
  return account && Object.hasOwn(account.roles, list) ? (account.roles[list] ?? null) : null;
}
