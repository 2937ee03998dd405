/**
 * Bundles: patches that somebody put together under a name. Private ones exist for their owner only.
 */
import { UsageError } from '../../ingest/model/errors.ts';
import type { PatchRow } from '../../ingest/store/tracker.ts';
import type { Account } from '../rights/asker.ts';
import type { PatchworkRoute, Reply } from './answer.ts';
import { type Asked, type Body, readBody, requireAccount, searchWords, textField } from './asked.ts';
import { type Bundle, loadBundles, recordName } from './bundle-records.ts';
import { accountFilter, listFilter, orderAsked } from './filters.ts';
import { answerRows } from './list-answer.ts';
import { loadPatches, loadSite, numberIn } from './loader.ts';
import { badField, notAllowed, notFound, Refusal } from './refusal.ts';
import { patchShape, projectShape, userShape } from './shapes.ts';
import { parseFieldFlag, parseFlag } from './words.ts';

export const bundleRoutes: readonly PatchworkRoute[] = [
  { path: '/bundles', methods: { GET: list, POST: add } },
  {
    path: '/bundles/:id',
    methods: {
      GET: async (asked) => ({ body: (await shape(asked, [await requireBundle(asked)]))[0] }),
      PATCH: change,
      PUT: change,
      DELETE: remove,
    },
  },
];

async function list(asked: Asked): Promise<Reply> {
  const site = await loadSite(asked);
  const { lists } = listFilter(asked, site);
  const owners = accountFilter(asked, site, 'owner');
  const isPublic = parseFlag(asked.query.get('public') ?? '');
  const words = searchWords(asked).map((word) => word.toLowerCase());
  const { by, isDescending } = orderAsked(asked, ['id', 'name', 'owner'], { by: 'id', isDescending: false });
  const rankOf = {
    id: (one: Bundle) => one.number,
    name: (one: Bundle) => one.name,
    owner: (one: Bundle) => one.owner,
  }[by];
  const rows = (await loadBundles(asked.parts.store, asked.asker))
    .filter((bundle) => !lists || lists.includes(bundle.list))
    .filter((bundle) => !owners || owners.some(({ number }) => number === bundle.owner))
    .filter((bundle) => isPublic === undefined || bundle.isPublic === isPublic)
    .filter((bundle) => words.every((word) => bundle.name.toLowerCase().includes(word)))
    .sort(
      (a, b) =>
        (rankOf(a) < rankOf(b) ? -1 : rankOf(a) > rankOf(b) ? 1 : a.number - b.number) *
        (isDescending ? -1 : 1),
    );
  return answerRows(asked, rows, (page) => shape(asked, page));
}

/** @throws Refusal */
async function requireBundle(asked: Asked): Promise<Bundle> {
  const { parts, asker } = asked;
  const bundle = (await loadBundles(parts.store, asker)).find(
    ({ number }) => number === numberIn(asked.ids[0]),
  );
  if (!bundle) throw notFound();
  return bundle;
}

async function shape(asked: Asked, bundles: readonly Bundle[]): Promise<object[]> {
  const { links } = asked;
  const site = await loadSite(asked);
  return bundles.map((bundle) => {
    const owner = site.accounts.find(({ number }) => number === bundle.owner);
    const name = owner?.name ?? '';
    return {
      id: bundle.number,
      url: links.thing('bundles', bundle.number),
      ...(links.minor >= 1 ? { web_url: links.bundle(name, bundle.name) } : {}),
      project: projectShape(links, site, bundle.list),
      name: bundle.name,
      owner: owner ? userShape(links, owner) : null,
      patches: bundle.rows.map((row) => patchShape(links, row)),
      public: bundle.isPublic,
      mbox: links.bundle(name, bundle.name, 'mbox/'),
    };
  });
}

/** @throws Refusal in versions that cannot write bundles */
function requireWritable({ links, c }: Asked): void {
  if (links.minor < 2) {
    throw new Refusal(
      405,
      { detail: `Method "${c.req.method}" not allowed.` },
      { Allow: 'GET, HEAD, OPTIONS' },
    );
  }
}

async function add(asked: Asked): Promise<Reply> {
  requireWritable(asked);
  const account = await requireAccount(asked, 'write');
  const body = await readBody(asked);
  const name = textField(body, 'name', 50);
  if (name == null) throw badField('name', 'This field is required.');
  const rows = await readPatches(asked, body);
  if (!rows) throw badField('patches', 'This field is required.');
  const value = {
    name,
    owner: account.number,
    list: rows[0]?.lists[0] ?? '',
    isPublic: readPublic(body) ?? false,
    patches: rows.map(({ number }) => number),
  };
  const { number } = await keepUnique(() =>
    asked.parts.store.tracker.addRecord('bundle', recordName(account, name), value),
  );
  return { status: 201, body: (await shape(asked, [{ ...value, number, rows }]))[0] };
}

async function requireOwner(asked: Asked): Promise<{ bundle: Bundle; account: Account }> {
  requireWritable(asked);
  const bundle = await requireBundle(asked);
  const account = await requireAccount(asked, 'write');
  if (account.number !== bundle.owner) throw notAllowed();
  return { bundle, account };
}

async function change(asked: Asked): Promise<Reply> {
  const { bundle, account } = await requireOwner(asked);
  const body = await readBody(asked);
  const rows = (await readPatches(asked, body)) ?? bundle.rows;
  const { number, list, owner } = bundle;
  const name = textField(body, 'name', 50) ?? bundle.name;
  const isPublic = readPublic(body) ?? bundle.isPublic;
  const value = { name, owner, list, isPublic, patches: rows.map((row) => row.number) };
  await keepUnique(() => asked.parts.store.tracker.setRecord(number, recordName(account, name), value));
  return { body: (await shape(asked, [{ ...value, number, rows }]))[0] };
}

async function remove(asked: Asked): Promise<Reply> {
  const { bundle } = await requireOwner(asked);
  await asked.parts.store.tracker.removeRecord(bundle.number);
  return { status: 204 };
}

/** Undefined where the body says nothing of them. @throws Refusal */
async function readPatches(asked: Asked, body: Body): Promise<PatchRow[] | undefined> {
  if (!body.has('patches')) return undefined;
  const given = body.get('patches');
  const numbers = (Array.isArray(given) ? given : given === '' || given === null ? [] : [given]).map(
    numberIn,
  );
  if (numbers.length === 0) throw badField('patches', 'Bundles cannot be empty');
  const found = new Map((await loadPatches(asked, numbers, false)).map((row) => [row.number, row]));
  const rows = [...new Set(numbers)].map((number) => {
    const row = found.get(number);
    if (!row) throw badField('patches', `Invalid pk "${number}" - object does not exist.`);
    return row;
  });
  const list = rows[0]?.lists[0] ?? '';
  if (rows.some(({ lists }) => !lists.includes(list))) {
    throw badField('patches', 'Bundle patches must belong to the same project');
  }
  return rows;
}

function readPublic(body: Body): boolean | undefined {
  if (!body.has('public')) return undefined;
  const flag = parseFieldFlag(body.get('public'));
  if (flag === undefined) throw badField('public', 'Must be a valid boolean.');
  return flag;
}

async function keepUnique<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UsageError) {
      throw new Refusal(400, { non_field_errors: ['The fields owner, name must make a unique set.'] });
    }
    throw error;
  }
}
