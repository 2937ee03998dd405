/**
 * People, users and projects. Who writes to a list is read by those who have signed in only, as on Patchwork.
 */
import type { Submitter } from '../../ingest/store/tracker.ts';
import { type AccountValue, putAccount } from '../rights/accounts.ts';
import type { Account } from '../rights/asker.ts';
import type { PatchworkRoute, Reply } from './answer.ts';
import { type Asked, readBody, requireAccount, searchWords, textField } from './asked.ts';
import { orderAsked } from './filters.ts';
import { answerList, answerRows } from './list-answer.ts';
import { loadSite, numberIn } from './loader.ts';
import { needsLogin, notAllowed, notFound } from './refusal.ts';
import { personShape, projectShape, type Site, userShape } from './shapes.ts';

export const peopleRoutes: readonly PatchworkRoute[] = [
  { path: '/people', methods: { GET: listPeople } },
  { path: '/people/:id', methods: { GET: showPerson } },
  { path: '/users', methods: { GET: listUsers } },
  { path: '/users/:id', methods: { GET: showUser, PATCH: changeUser, PUT: changeUser } },
  { path: '/projects', methods: { GET: listProjects } },
  { path: '/projects/:id', methods: { GET: showProject } },
];

/** @throws Refusal */
function requireName({ asker }: Asked): void {
  if (asker.kind === 'nobody' || asker.kind === 'owner') throw needsLogin();
}

async function listPeople(asked: Asked): Promise<Reply> {
  requireName(asked);
  const site = await loadSite(asked);
  const order = orderAsked(asked, ['id', 'name', 'email'], { by: 'id', isDescending: false });
  return answerList(
    asked,
    (page) => asked.parts.store.tracker.listSubmitters({ words: searchWords(asked) }, order, page),
    (rows) => rows.map((row) => wholePerson(asked, site, row)),
  );
}

async function showPerson(asked: Asked): Promise<Reply> {
  requireName(asked);
  const { items } = await asked.parts.store.tracker.listSubmitters(
    { numbers: [numberIn(asked.ids[0])] },
    { by: 'id', isDescending: false },
    { offset: 0, limit: 1 },
  );
  if (!items[0]) throw notFound();
  return { body: wholePerson(asked, await loadSite(asked), items[0]) };
}

function wholePerson({ links }: Asked, { accounts }: Site, row: Submitter) {
  const account = accounts.find(({ addresses }) => addresses.includes(row.address));
  return { ...personShape(links, row), user: account ? userShape(links, account) : null };
}

async function listUsers(asked: Asked): Promise<Reply> {
  requireName(asked);
  const { accounts } = await loadSite(asked);
  const { by, isDescending } = orderAsked(asked, ['id', 'username', 'email'], {
    by: 'id',
    isDescending: false,
  });
  const words = searchWords(asked).map((word) => word.toLowerCase());
  const textOf = ({ name, fullName, addresses }: Account) =>
    [name, fullName, ...addresses].join('\n').toLowerCase();
  const rankOf = {
    id: ({ number }: Account) => number,
    username: ({ name }: Account) => name,
    email: ({ addresses }: Account) => addresses[0] ?? '',
  }[by];
  const rows = accounts
    .filter((account) => words.every((word) => textOf(account).includes(word)))
    .sort((a, b) => (rankOf(a) < rankOf(b) ? -1 : 1) * (isDescending ? -1 : 1));
  return answerRows(asked, rows, (page) => page.map((account) => userShape(asked.links, account)));
}

async function showUser(asked: Asked): Promise<Reply> {
  requireName(asked);
  return { body: wholeUser(asked, await requireUser(asked)) };
}

async function requireUser(asked: Asked): Promise<Account> {
  const { accounts } = await loadSite(asked);
  const account = accounts.find(({ number }) => number === numberIn(asked.ids[0]));
  if (!account) throw notFound();
  return account;
}

/** Settings are read by oneself only; none of them can be another than this here. */
function wholeUser({ links, asker }: Asked, account: Account) {
  const isOwn = asker.account?.number === account.number;
  const settings = { send_email: false, items_per_page: 100, show_ids: false };
  return { ...userShape(links, account), ...(links.minor >= 2 && isOwn ? { settings } : {}) };
}

async function changeUser(asked: Asked): Promise<Reply> {
  const account = await requireUser(asked);
  const own = await requireAccount(asked, 'write');
  if (own.number !== account.number) throw notAllowed();
  const body = await readBody(asked);
  const { first_name, last_name } = userShape(asked.links, account);
  const [first, last] = [textField(body, 'first_name', 30), textField(body, 'last_name', 150)];
  const fullName = [first === undefined ? first_name : first, last === undefined ? last_name : last]
    .filter(Boolean)
    .join(' ');
  const change = (value: AccountValue) => ({ ...value, fullName });
  return { body: wholeUser(asked, await putAccount(asked.parts.store.tracker, account.name, change)) };
}

async function listProjects(asked: Asked): Promise<Reply> {
  const site = await loadSite(asked);
  const words = searchWords(asked).map((word) => word.toLowerCase());
  const { by, isDescending } = orderAsked(asked, ['id', 'name', 'link_name', 'list_id'], {
    by: 'id',
    isDescending: false,
  });
  const rows = [...site.lists]
    .filter(([name]) => words.every((word) => name.toLowerCase().includes(word)))
    .sort(([a, left], [b, right]) => (by === 'id' ? left - right : a < b ? -1 : 1) * (isDescending ? -1 : 1));
  return answerRows(asked, rows, (page) => page.map(([name]) => wholeProject(asked, site, name)));
}

/** By number first, then by name. */
async function showProject(asked: Asked): Promise<Reply> {
  const site = await loadSite(asked);
  const id = (asked.ids[0] ?? '').toLowerCase();
  const lists = [...site.lists];
  const [found] =
    lists.find(([, number]) => String(number) === id) ??
    lists.find(([name]) => name.toLowerCase() === id) ??
    [];
  if (found === undefined) throw notFound();
  return { body: wholeProject(asked, site, found) };
}

function wholeProject({ links }: Asked, site: Site, list: string) {
  const maintainers = site.accounts.filter(({ roles }) => roles[list] === 'maintainer');
  return {
    ...projectShape(links, site, list),
    maintainers: maintainers.map((account) => userShape(links, account)),
    ...(links.minor >= 1 ? { subject_match: '' } : {}),
  };
}
