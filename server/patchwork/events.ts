/**
 * Events: what happened, newest first, for programs that ask from time to time.
 */
import {
  type HappeningFilter,
  type HappeningKind,
  type HappeningRow,
  happeningKinds,
  type PatchRow,
  type SendingRow,
  type StoredCheck,
} from '../../ingest/store/tracker.ts';
import type { PatchworkRoute, Reply } from './answer.ts';
import { type Asked, filterValues } from './asked.ts';
import { checkBriefShape } from './check-shape.ts';
import { accountFilter, listFilter, numberFilter, orderAsked, timeFilter } from './filters.ts';
import { answerList } from './list-answer.ts';
import { loadPatches, loadSendings, loadSite } from './loader.ts';
import { patchShape, projectShape, type Site, seriesShape, userShape } from './shapes.ts';
import { dateText } from './words.ts';

export const eventRoutes: readonly PatchworkRoute[] = [{ path: '/events', methods: { GET: list } }];

const commentCategories = ['cover-comment-created', 'patch-comment-created'];

async function list(asked: Asked): Promise<Reply> {
  const site = await loadSite(asked);
  const { isDescending } = orderAsked(asked, ['date'], { by: 'date', isDescending: true });
  const filter = filterAsked(asked, site);
  return answerList(
    asked,
    (page) => asked.parts.store.tracker.listHappenings(filter, isDescending, page),
    (rows) => shapeEvents(asked, site, rows),
  );
}

function filterAsked(asked: Asked, site: Site): HappeningFilter {
  const hasComments = asked.links.minor >= 3;
  const categories = filterValues(asked, 'category')?.filter(
    (category) => hasComments || !commentCategories.includes(category),
  );
  const comments = commentCategories.filter((category) => categories?.includes(category) ?? hasComments);
  const numbers = [...(numberFilter(asked, 'patch') ?? []), ...(numberFilter(asked, 'cover') ?? [])];
  const sendings = numberFilter(asked, 'series');
  const actors = asked.links.minor >= 2 ? accountFilter(asked, site, 'actor') : undefined;
  return {
    kinds: happeningKinds.filter((kind) =>
      kind === 'comment-created' ? comments.length > 0 : (categories?.includes(kind) ?? true),
    ),
    ...(comments.length === 1 ? { isOnCover: comments[0] === 'cover-comment-created' } : {}),
    ...listFilter(asked, site),
    ...timeFilter(asked),
    ...(numbers.length > 0 ? { numbers } : {}),
    ...(sendings ? { sendings } : {}),
    ...(actors ? { actors: actors.map(({ name }) => name) } : {}),
  };
}

/** What the events of a page speak of. */
interface Spoken {
  readonly postings: ReadonlyMap<string, PatchRow>;
  readonly sendings: ReadonlyMap<number, SendingRow>;
  readonly checks: ReadonlyMap<number, StoredCheck>;
  readonly numbers: ReadonlyMap<string, number>;
  readonly comments: ReadonlyMap<string, { readonly dateMs: number }>;
}

async function loadSpoken(asked: Asked, rows: readonly HappeningRow[]): Promise<Spoken> {
  const { store } = asked.parts;
  const ids = rows.flatMap(({ messageId, answers }) => [messageId, ...(answers === null ? [] : [answers])]);
  const numbers = await store.tracker.getNumbers(ids);
  const postings = await loadPatches(asked, [...numbers.values()]);
  const [sendings, checks, entries] = await Promise.all([
    loadSendings(asked, [...numbers.values()]),
    store.tracker.getChecks(rows.filter(({ kind }) => kind === 'check-created').map((row) => row.messageId)),
    store.getEntries(rows.filter(({ kind }) => kind === 'comment-created').map((row) => row.messageId)),
  ]);
  return {
    postings: new Map(postings.map((row) => [row.messageId, row])),
    sendings,
    checks: new Map(checks.map((check) => [check.number, check])),
    numbers,
    comments: new Map([...entries].map(([id, entry]) => [id, { dateMs: entry.dateMs ?? entry.sortMs }])),
  };
}

async function shapeEvents(asked: Asked, site: Site, rows: readonly HappeningRow[]): Promise<object[]> {
  const { links } = asked;
  const spoken = await loadSpoken(asked, rows);
  return rows.map((row) => {
    const posting = spoken.postings.get(row.answers ?? row.messageId);
    const sending = sendingOf(spoken, row);
    const actor = site.accounts.find(({ name }) => name === row.by);
    const category =
      row.kind === 'comment-created' ? `${posting?.isCover ? 'cover' : 'patch'}-comment-created` : row.kind;
    return {
      // Numbers of one kind are its own; sixteen kinds fit beside each other.
      id: row.number * 16 + happeningKinds.indexOf(row.kind),
      category,
      project: projectShape(links, site, (posting?.lists ?? sending?.lists)?.[0] ?? ''),
      date: dateText(row.atMs),
      ...(links.minor >= 2 ? { actor: actor ? userShape(links, actor) : null } : {}),
      payload: payloads[row.kind](asked, site, { row, posting, sending, spoken }),
    };
  });
}

function sendingOf(spoken: Spoken, row: HappeningRow): SendingRow | undefined {
  const posting = spoken.postings.get(row.messageId);
  return spoken.sendings.get(posting?.revisionNumber ?? spoken.numbers.get(row.messageId) ?? 0);
}

interface About {
  readonly row: HappeningRow;
  readonly posting: PatchRow | undefined;
  readonly sending: SendingRow | undefined;
  readonly spoken: Spoken;
}

type Payload = (asked: Asked, site: Site, about: About) => object;

const patchOf: Payload = ({ links }, _, { posting }) => ({
  patch: posting ? patchShape(links, posting) : null,
});
const seriesOf: Payload = ({ links }, _, { sending }) => ({
  series: sending ? seriesShape(links, sending) : null,
});

const payloads: Readonly<Record<HappeningKind, Payload>> = {
  'cover-created': ({ links }, _, { posting }) => ({ cover: posting ? patchShape(links, posting) : null }),
  'patch-created': patchOf,
  'patch-completed': (...given) => ({ ...patchOf(...given), ...seriesOf(...given) }),
  'series-created': seriesOf,
  'series-completed': seriesOf,
  'comment-created': ({ links }, _, { row, posting, spoken }) => {
    const number = spoken.numbers.get(row.messageId) ?? 0;
    const kind = posting?.isCover ? 'covers' : 'patches';
    return {
      [posting?.isCover ? 'cover' : 'patch']: posting ? patchShape(links, posting) : null,
      comment: {
        id: number,
        url: links.thing(kind, posting?.number ?? 0, 'comments', number),
        web_url: links.comment(number),
        msgid: `<${row.messageId}>`,
        list_archive_url: null,
        date: dateText(spoken.comments.get(row.messageId)?.dateMs ?? row.atMs),
      },
    };
  },
  'check-created': (asked, site, about) => {
    const check = about.spoken.checks.get(about.row.number);
    return {
      ...patchOf(asked, site, about),
      check: check ? checkBriefShape(asked.links, about.posting?.number ?? 0, check) : null,
    };
  },
  'patch-state-changed': (asked, site, about) => ({
    ...patchOf(asked, site, about),
    previous_state: about.row.change?.from ?? null,
    current_state: about.row.change?.to ?? null,
  }),
  'patch-delegated': (asked, site, about) => {
    const delegate = (text: string | null | undefined) => {
      const account = site.accounts.find(({ number }) => String(number) === text);
      return account ? userShape(asked.links, account) : null;
    };
    return {
      ...patchOf(asked, site, about),
      previous_delegate: delegate(about.row.change?.from),
      current_delegate: delegate(about.row.change?.to),
    };
  },
};
