/**
 * Accounts: people and programs with a name here, and the secrets by which they show who they are.
 *
 * Kept as records of the store. A secret (token, session, mailed code) is kept as its SHA-256 only, which is also the
 * name of its record: it is 32 random bytes, so nothing can be guessed from the hash, and finding it needs no comparison.
 */
import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { StoredRecord, Tracker } from '../../ingest/store/tracker.ts';
import { type Account, type Asker, roles, scopes } from './asker.ts';

const accountValue = z.object({
  fullName: z.string(),
  addresses: z.array(z.string()),
  roles: z.record(z.string(), z.enum(roles)),
  isAdmin: z.boolean(),
});
export type AccountValue = z.infer<typeof accountValue>;

const secretKinds = { token: 'token', session: 'session', code: 'code' } as const;
export type SecretKind = keyof typeof secretKinds;

const secretValue = z.object({
  /** What it is for, as its maker calls it. */
  label: z.string(),
  /** Number of the account; null for a mailed code. */
  account: z.number().nullable(),
  /** Address that a mailed code proves. */
  address: z.string(),
  scopes: z.array(z.enum(scopes)),
  lists: z.array(z.string()).nullable(),
  /** Number of the token that a session was begun with: it ends with that. */
  parent: z.number().nullable().default(null),
  createdMs: z.number(),
  expiresMs: z.number().nullable(),
  revokedMs: z.number().nullable(),
});
export type SecretValue = z.input<typeof secretValue>;

export interface Secret extends SecretValue {
  readonly number: number;
}

export const emptyAccount: AccountValue = { fullName: '', addresses: [], roles: {}, isAdmin: false };

export async function listAccounts(tracker: Tracker): Promise<Account[]> {
  return (await tracker.getRecords('account')).map(accountOf);
}

export async function findAccount(
  tracker: Tracker,
  filter: { readonly name?: string; readonly number?: number },
): Promise<Account | undefined> {
  const [record] = await tracker.getRecords('account', filter);
  return record && accountOf(record);
}

/** Names of all accounts by number. */
export async function accountNames(tracker: Tracker): Promise<ReadonlyMap<number, string>> {
  return new Map((await listAccounts(tracker)).map(({ number, name }) => [number, name]));
}

/** The account that stands for somebody; undefined where they have none yet. */
export async function ownAccount(tracker: Tracker, { account, name }: Asker): Promise<Account | undefined> {
  return account ?? (name === '' ? undefined : findAccount(tracker, { name }));
}

/** Changes an account, or makes it. */
export async function putAccount(
  tracker: Tracker,
  name: string,
  change: (before: AccountValue) => AccountValue,
): Promise<Account> {
  const [record] = await tracker.getRecords('account', { name });
  const value = accountValue.parse(change(record ? accountValue.parse(record.value) : emptyAccount));
  if (!record) return accountOf(await tracker.addRecord('account', name, value));
  await tracker.setRecord(record.number, name, value);
  return accountOf({ ...record, value });
}

/** Makes a secret; only who asked for it ever sees it. */
export async function makeSecret(tracker: Tracker, kind: SecretKind, value: SecretValue): Promise<string> {
  const secret = `pt_${randomBytes(32).toString('base64url')}`;
  await tracker.addRecord(secretKinds[kind], hashOf(secret), value);
  return secret;
}

/** The secret of that kind that holds at this time. */
export async function findSecret(
  tracker: Tracker,
  kind: SecretKind,
  secret: string,
  nowMs: number,
): Promise<Secret | undefined> {
  const [record] = await tracker.getRecords(secretKinds[kind], { name: hashOf(secret) });
  if (!record) return undefined;
  const value = secretValue.parse(record.value);
  const isOver = value.revokedMs !== null || (value.expiresMs !== null && value.expiresMs <= nowMs);
  return isOver ? undefined : { ...value, number: record.number };
}

export async function listSecrets(tracker: Tracker, kind: SecretKind): Promise<Secret[]> {
  const records = await tracker.getRecords(secretKinds[kind]);
  return records.map((record) => ({ ...secretValue.parse(record.value), number: record.number }));
}

/** Takes a token back; false where there is none of that number, or it was taken back already. */
export async function revokeToken(tracker: Tracker, number: number, nowMs: number): Promise<boolean> {
  const [record] = await tracker.getRecords('token', { number });
  if (!record) return false;
  const value = secretValue.parse(record.value);
  if (value.revokedMs !== null) return false;
  return tracker.setRecord(number, record.name, { ...value, revokedMs: nowMs });
}

/** Who holds a token or session; undefined where its account is gone, or the token that a session came of. */
export async function askerOf(
  tracker: Tracker,
  kind: 'token' | 'session',
  secret: Secret,
): Promise<Asker | undefined> {
  if (secret.parent) {
    const [token] = await tracker.getRecords('token', { number: secret.parent });
    if (!token || secretValue.parse(token.value).revokedMs !== null) return undefined;
  }
  const account = await findAccount(tracker, { number: secret.account ?? 0 });
  if (!account) return undefined;
  return { kind, name: account.name, account, scopes: secret.scopes, lists: secret.lists };
}

export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

function accountOf({ number, name, value }: StoredRecord): Account {
  return { number, name, ...accountValue.parse(value) };
}
