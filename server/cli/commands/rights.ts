/**
 * Rights: `user` and `token`. Who has a name here, what they may do on which list, and the tokens that they hold.
 *
 * A token is printed once, when it is made; the store keeps its hash. Changes go to the log of changes, too.
 */
import { InvalidArgumentError, Option } from 'commander';
import { NotFoundError, UsageError } from '../../../ingest/model/errors.ts';
import type { Store } from '../../../ingest/store/store.ts';
import {
  accountNames,
  findAccount,
  listAccounts,
  listSecrets,
  makeSecret,
  putAccount,
  revokeToken,
} from '../../rights/accounts.ts';
import { type Role, roles, type Scope, scopes } from '../../rights/asker.ts';
import { exitStatus } from '../exit-status.ts';
import type { Session } from '../session.ts';
import type { CommandSpec, Typed } from './command-spec.ts';

const dayMs = 86_400_000;
const usualDays = 365;

export const rightsCommands: readonly CommandSpec[] = [
  {
    name: 'user',
    arguments: [['[name]', 'whom to make or change; without it all are listed']],
    options: [
      new Option('--address <address...>', 'mail addresses that are theirs: you answer for it'),
      new Option('--full-name <text>', 'name to show'),
      new Option('--role <list=role...>', `what they are on a list: ${roles.join(', ')}, or none`),
      new Option('--admin', 'they may do everything'),
      new Option('--no-admin', 'they may not any more'),
    ],
    help: 'List users, or say what one of them may do on which list',
    more: 'patchtrail user ada --address ada@example.org --role linux-api=maintainer',
    run: runUser,
  },
  {
    name: 'token',
    arguments: [
      ['[action]', '`add USER`, `revoke NUMBER`; without it tokens are listed'],
      ['[subject]', 'a user for `add`, a number for `revoke`'],
    ],
    options: [
      new Option('--scope <scope...>', 'what it is good for beside reading').choices(scopes).default([]),
      new Option('--list <list...>', 'only for these lists (default: all of the user)'),
      new Option('--days <number>', `how long it holds (default: ${usualDays})`),
      new Option('--label <text>', 'what it is for, for the listing').default(''),
    ],
    help: 'List the tokens of users, make one or take one back',
    more: 'patchtrail token add ci --scope check --list linux-api --days 90',
    run: runToken,
  },
];

async function runUser(session: Session, typed: Typed): Promise<number> {
  const [name] = typed.words;
  if (name === undefined) return session.withStore('read', (store) => writeUsers(session, store));
  if (!/^[\w.@+-]{1,100}$/.test(name)) {
    throw new InvalidArgumentError('A name has letters, digits and . @ + - _ only.');
  }
  const { address, fullName, role, admin } = typed.options as {
    address?: string[];
    fullName?: string;
    role?: string[];
    admin?: boolean;
  };
  const given = (role ?? []).map(readRole);
  return session.withStore('write', async (store) => {
    const account = await putAccount(store.tracker, name, (before) => ({
      fullName: fullName ?? before.fullName,
      addresses: address?.map((one) => one.toLowerCase()) ?? before.addresses,
      roles: withRoles(before.roles, given),
      isAdmin: admin ?? before.isAdmin,
    }));
    await log(session, store, 'patchtrail user', name, { ...typed.options });
    if (session.isJson) await session.writeJson(account);
    else session.note(`${name} is user ${account.number}`);
    return exitStatus.done;
  });
}

function readRole(text: string): readonly [list: string, role: Role | null] {
  const [list = '', word = ''] = text.split('=', 2);
  const role = roles.find((one) => one === word);
  if (list === '' || (role === undefined && word !== 'none')) {
    throw new InvalidArgumentError(`--role takes LIST=ROLE, where ROLE is ${roles.join(', ')} or none.`);
  }
  return [list, role ?? null];
}

function withRoles(
  before: Readonly<Record<string, Role>>,
  given: readonly (readonly [string, Role | null])[],
): Record<string, Role> {
  const after = new Map(Object.entries(before));
  for (const [list, role] of given) {
    if (role === null) after.delete(list);
    else after.set(list, role);
  }
  return Object.fromEntries(after);
}

async function writeUsers(session: Session, store: Store): Promise<number> {
  const accounts = await listAccounts(store.tracker);
  if (session.isJson) await session.writeJson(accounts);
  else {
    await session.writeLines(
      accounts.map(({ number, name, addresses, roles: held, isAdmin }) => {
        const words = Object.entries(held).map(([list, role]) => `${list}=${role}`);
        return [number, name, ...addresses, ...words, ...(isAdmin ? ['admin'] : [])].join(' ');
      }),
    );
  }
  return exitStatus.done;
}

async function runToken(session: Session, typed: Typed): Promise<number> {
  const [action, subject] = typed.words;
  if (action === undefined) return session.withStore('read', (store) => writeTokens(session, store));
  if (subject !== undefined && action === 'add') {
    return session.withStore('write', (store) => addToken(session, store, subject, typed));
  }
  if (subject !== undefined && action === 'revoke') {
    return session.withStore('write', (store) => revoke(session, store, Number(subject)));
  }
  throw new UsageError('There is no such action', { remedy: 'Give `add USER` or `revoke NUMBER`.' });
}

async function addToken(session: Session, store: Store, user: string, typed: Typed): Promise<number> {
  const { scope, list, days, label } = typed.options as {
    scope: Scope[];
    list?: string[];
    days?: string;
    label: string;
  };
  const length = Number(days ?? usualDays);
  if (!(length > 0 && length <= 3650)) throw new InvalidArgumentError('--days takes 1 to 3650.');
  const account = await findAccount(store.tracker, { name: user });
  if (!account) {
    throw new NotFoundError('There is no such user', {
      subject: user,
      remedy: `Make it: patchtrail user ${user}`,
    });
  }
  const nowMs = session.terminal.nowMs();
  const token = await makeSecret(store.tracker, 'token', {
    label,
    account: account.number,
    address: '',
    scopes: scope,
    lists: list ?? null,
    createdMs: nowMs,
    expiresMs: nowMs + length * dayMs,
    revokedMs: null,
  });
  await log(session, store, 'patchtrail token add', user, { scope, list: list ?? null, days: length, label });
  if (session.isJson) await session.writeJson({ token });
  else {
    await session.writeLines([token]);
    session.note('This is the only time that it is shown.');
  }
  return exitStatus.done;
}

async function revoke(session: Session, store: Store, number: number): Promise<number> {
  if (
    !Number.isSafeInteger(number) ||
    !(await revokeToken(store.tracker, number, session.terminal.nowMs()))
  ) {
    throw new NotFoundError('There is no such token that holds', { remedy: 'See `patchtrail token`.' });
  }
  await log(session, store, 'patchtrail token revoke', String(number), null);
  session.note(`token ${number} is taken back`);
  return exitStatus.done;
}

async function writeTokens(session: Session, store: Store): Promise<number> {
  const accounts = await accountNames(store.tracker);
  const tokens = await listSecrets(store.tracker, 'token');
  const rows = tokens.map((token) => ({ ...token, user: accounts.get(token.account ?? 0) ?? '' }));
  if (session.isJson) await session.writeJson(rows);
  else {
    const day = (ms: number | null) => (ms === null ? 'never' : new Date(ms).toISOString().slice(0, 10));
    await session.writeLines(
      rows.map(({ number, user, scopes: given, lists, expiresMs, revokedMs, label }) => {
        const end = revokedMs === null ? `ends ${day(expiresMs)}` : `taken back ${day(revokedMs)}`;
        return [number, user, ['read', ...given].join('+'), lists?.join(',') ?? 'all', end, label]
          .join(' ')
          .trim();
      }),
    );
  }
  return exitStatus.done;
}

async function log(
  session: Session,
  store: Store,
  action: string,
  subject: string,
  detail: unknown,
): Promise<void> {
  const by = session.config.me || session.terminal.env.USER || 'someone';
  await store.tracker.addAudit({ atMs: session.terminal.nowMs(), by, action, subject, detail });
}
