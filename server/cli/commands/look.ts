/**
 * Look: `search`, `show`, `series` and `queue`. What the pages show, read in a terminal.
 *
 * Text is made by ../../present/ from the same answers as the pages' twins, so the two cannot differ.
 */
import { InvalidArgumentError, Option } from 'commander';
import { limits } from '../../../ingest/model/limits.ts';
import { searchPrefixes } from '../../../ingest/search/prefixes.ts';
import { renderDigest } from '../../present/text-digest.ts';
import { renderKernels } from '../../present/text-kernel.ts';
import { renderMessage, renderSearch, renderThread } from '../../present/text-mail.ts';
import { renderQueue, renderSeries } from '../../present/text-series.ts';
import type { Api } from '../../wire.ts';
import { ask } from '../ask.ts';
import { exitStatus } from '../exit-status.ts';
import { bareMessageId } from '../message-id-argument.ts';
import type { Session } from '../session.ts';
import type { CommandSpec, Typed } from './command-spec.ts';

const usualRows = 20;

const pageOptions = [
  new Option('--limit <number>', 'rows at most').argParser(parseLimit).default(usualRows),
  new Option('--after <cursor>', 'go on where the last answer ended'),
];

const seriesOptions = [
  ...pageOptions,
  new Option('--list <name>', 'only of this mailing list'),
  new Option('--author <address>', 'only by this author'),
  new Option('--state <state...>', 'only in these states: new, under-review, reviewed, applied, landed, ...'),
];

interface QueueOptions {
  readonly me?: string;
  readonly role?: 'author' | 'reviewer' | 'maintainer';
  readonly turn?: string;
}

export const lookCommands: readonly CommandSpec[] = [
  {
    name: 'search',
    arguments: [['<query...>', 'words and prefixes, as on the search page']],
    options: [...pageOptions, new Option('--relevance', 'best hits first, not newest')],
    help: 'Find mail by words, people, files, dates and states',
    more: [
      'Examples:',
      '  patchtrail search s:rseq f:ada d:2020-05..',
      '  patchtrail search \'"use after free" state:landed\'',
      '',
      'Prefixes:',
      ...searchPrefixes.map(({ name, help }) => `  ${`${name}:`.padEnd(10)}${help}`),
    ].join('\n'),
    run: runSearch,
  },
  {
    name: 'show',
    arguments: [['<id>', 'Message-ID, with or without brackets, or a link to an archive']],
    options: [
      new Option('--thread', 'the whole thread').conflicts('series'),
      new Option('--series', 'the series that the mail belongs to'),
      new Option(
        '--digest',
        'what was decided and disputed in its thread, in the words of those who took part',
      ).conflicts(['series', 'thread']),
    ],
    help: 'Show a mail, its thread, its series or a digest',
    run: runShow,
  },
  {
    name: 'kernels',
    help: 'List tracked fixes by kernel release: what mail and git say, what machines measured',
    run: (session) =>
      session.withStore('read', async (store) => {
        const { items } = await ask(session, store, { name: 'GET /api/v1/kernels' });
        return show(session, items, renderKernels);
      }),
  },
  {
    name: 'series',
    arguments: [['[query...]', 'words of the title']],
    options: seriesOptions,
    help: 'List series, newest first',
    run: (session, typed) => listSeries(session, typed, { sort: 'newest' }),
  },
  {
    name: 'queue',
    options: [
      ...seriesOptions,
      new Option(
        '--me <address>',
        'only what this person has a part in (default: `me` of the configuration)',
      ),
      new Option('--role <part>', 'only where that person has this part').choices([
        'author',
        'reviewer',
        'maintainer',
      ]),
      new Option('--turn <who>', 'only where these have the next move').choices([
        'author',
        'reviewer',
        'maintainer',
        'nobody',
      ]),
    ],
    help: 'List what waits, for whom, since when and why',
    run: (session, typed) => {
      const { me = session.config.me, role, turn } = typed.options as QueueOptions;
      return listSeries(session, typed, {
        sort: 'waiting',
        ...(me === '' ? {} : { person: me }),
        ...(role === undefined ? {} : { role }),
        ...(turn === undefined ? {} : { turn }),
      });
    },
  },
];

async function runSearch(session: Session, typed: Typed): Promise<number> {
  const { relevance } = typed.options;
  return session.withStore('read', async (store) => {
    const answer = await ask(session, store, {
      name: 'GET /api/v1/search',
      query: {
        q: typed.words.join(' '),
        ...(relevance === true ? { sort: 'relevance' } : {}),
        ...pageQuery(typed),
      },
    });
    return show(session, answer, renderSearch);
  });
}

async function runShow(session: Session, typed: Typed): Promise<number> {
  const id = bareMessageId(typed.words[0] ?? '');
  return session.withStore('read', async (store) => {
    if (typed.options.thread === true) {
      return show(session, await ask(session, store, { name: 'GET /api/v1/threads/{id}', id }), renderThread);
    }
    if (typed.options.series === true) {
      return show(session, await ask(session, store, { name: 'GET /api/v1/series/{id}', id }), renderSeries);
    }
    if (typed.options.digest === true) {
      const digest = await ask(session, store, { name: 'GET /api/v1/threads/{id}/digest', id });
      return show(session, digest, renderDigest);
    }
    return show(session, await ask(session, store, { name: 'GET /api/v1/messages/{id}', id }), renderMessage);
  });
}

async function listSeries(
  session: Session,
  typed: Typed,
  query: Api['GET /api/v1/series']['query'],
): Promise<number> {
  const { list, author, state } = typed.options as { list?: string; author?: string; state?: string[] };
  return session.withStore('read', async (store) => {
    const answer = await ask(session, store, {
      name: 'GET /api/v1/series',
      query: {
        ...query,
        ...(typed.words.length > 0 ? { title: typed.words.join(' ') } : {}),
        ...(list === undefined ? {} : { list }),
        ...(author === undefined ? {} : { author }),
        ...(state === undefined ? {} : { state: state.join(',') }),
        ...pageQuery(typed),
      },
    });
    return show(session, answer, renderQueue);
  });
}

async function show<Answer>(
  session: Session,
  answer: Answer,
  render: (answer: Answer, nowMs: number) => string,
): Promise<number> {
  if (session.isJson) await session.writeJson(answer);
  else await session.terminal.write(render(answer, session.terminal.nowMs()));
  return exitStatus.done;
}

function pageQuery(typed: Typed): { limit: number; cursor?: string } {
  const { limit, after } = typed.options as { limit: number; after?: string };
  return { limit, ...(after === undefined ? {} : { cursor: after }) };
}

function parseLimit(text: string): number {
  const rows = Number(text);
  if (!/^\d{1,4}$/.test(text) || rows < 1 || rows > limits.pageRows) {
    throw new InvalidArgumentError(`It must be 1 to ${limits.pageRows}.`);
  }
  return rows;
}
