/**
 * Series: the queue, one series, one patch of it across revisions, and two revisions side by side.
 */
import { z } from 'zod';
import { NotFoundError } from '../../ingest/model/errors.ts';
import type { SeriesFilter, Store } from '../../ingest/store/store.ts';
import {
  lineageRowSchema,
  rangeDiffSchema,
  seriesDetailSchema,
  seriesSummarySchema,
} from '../openapi-series-schema.ts';
import { presentLineage } from '../present/grid.ts';
import { presentRangeDiff } from '../present/range-diff.ts';
import { findLabel, type RevisionLabel } from '../present/revision-label.ts';
import { presentSeries } from '../present/series.ts';
import type { SeriesRecords } from '../present/series-records.ts';
import { evidenceIds } from '../present/why.ts';
import { findAccount } from '../rights/accounts.ts';
import type { Api } from '../wire.ts';
import { findPlacement, notHeld, requireSeries } from './find-series.ts';
import { noQuery, reads } from './json-route.ts';
import { newestSeries } from './newest.ts';
import { cursorParameter, limitParameter, nameParameter, pageOf } from './page-query.ts';
import { loadSeries, loadWholeSeries, mailsOfSeries, summarizeSeries } from './series-loader.ts';
import { seriesStates } from './series-states.ts';

const turns = z.enum(['author', 'reviewer', 'maintainer', 'nobody']);

export const seriesRoutes = [
  reads({
    name: 'GET /api/v1/series',
    says: 'Series as a queue: who has the next move, since when, and why.',
    query: z.strictObject({
      list: nameParameter.exactOptional(),
      author: nameParameter.exactOptional(),
      person: nameParameter.exactOptional(),
      role: z
        .enum(['author', 'reviewer', 'maintainer'])
        .meta({ description: 'Only series in which `person` has this part.' })
        .exactOptional(),
      turn: turns.exactOptional(),
      state: nameParameter
        .refine((text) => text.split(',').every((state) => seriesStates.safeParse(state).success))
        .meta({ description: `One or several of ${seriesStates.options.join(', ')}; joined by commas.` })
        .exactOptional(),
      title: nameParameter.exactOptional(),
      delegate: nameParameter
        .meta({ description: 'Only series of which this user looks after a patch of the newest sending.' })
        .exactOptional(),
      sort: z.enum(['waiting', 'newest', 'oldest']).exactOptional(),
      limit: limitParameter.exactOptional(),
      cursor: cursorParameter.exactOptional(),
    }),
    gives: z.object({ items: z.array(seriesSummarySchema), next: z.string().nullable() }),
    async answer(parts, { query }) {
      const { store, nowMs } = parts;
      const order = query.sort ?? 'waiting';
      const wanted = order === 'newest' ? newestSeries(pageOf(query), nowMs()) : pageOf(query);
      const page = await store.listSeries(await filterOf(store, query), order, wanted);
      return { items: await summarizeSeries(parts, page.items), next: page.next };
    },
  }),
  reads({
    name: 'GET /api/v1/series/{id}',
    says: 'One series with all revisions, patches, comments and landings; any message of it serves as id.',
    query: noQuery,
    gives: seriesDetailSchema,
    async answer(parts, { id }) {
      const records = await loadWholeSeries(parts.store, await requireSeries(parts.store, id));
      return presentSeries(records, await mailsOfSeries(parts, records));
    },
  }),
  reads({
    name: 'GET /api/v1/series/{id}/diff',
    says: 'What changed from one revision to another, patch by patch, as git range-diff shows it.',
    query: z.strictObject({ from: nameParameter, to: nameParameter }),
    gives: rangeDiffSchema,
    async answer(parts, { id, query }) {
      const records = await loadSeries(parts.store, await requireSeries(parts.store, id));
      const [from, to] = [requireLabel(records, query.from), requireLabel(records, query.to)];
      const postings = records.revisions
        .filter(({ id: revision }) => revision === from.revision || revision === to.revision)
        .flatMap((revision) => revision.postings);
      return presentRangeDiff(records, from, to, await parts.mails.read(postings));
    },
  }),
  reads({
    name: 'GET /api/v1/lineages/{id}',
    says: 'One patch across all revisions of its series; any posting of it serves as id.',
    query: noQuery,
    gives: lineageRowSchema,
    async answer(parts, { id }) {
      const placement = await findPlacement(parts.store, id);
      if (!placement || placement.lineage === null) throw notHeld('No patch has this message', id);
      const records = await loadSeries(parts.store, placement.series);
      const links = (records.lineages.get(placement.lineage) ?? []).map(({ link }) => link);
      return presentLineage(placement.lineage, records, await parts.mails.read(evidenceIds(links)));
    },
  }),
];

async function filterOf(store: Store, query: Api['GET /api/v1/series']['query']): Promise<SeriesFilter> {
  const { list, author, person, role, turn, state, title, delegate } = query;
  const account = delegate && (await findAccount(store.tracker, { name: delegate }));
  return {
    ...(list === undefined ? {} : { list }),
    ...(author === undefined ? {} : { author: author.toLowerCase() }),
    ...(person === undefined ? {} : { person: person.toLowerCase() }),
    ...(role === undefined ? {} : { role }),
    ...(turn === undefined ? {} : { turn: turns.parse(turn) }),
    ...(state === undefined ? {} : { states: state.split(',').map((one) => seriesStates.parse(one)) }),
    ...(title === undefined ? {} : { title: title.toLowerCase() }),
    // A name that nobody has picks nothing.
    ...(delegate === undefined ? {} : { delegate: account ? account.number : 0 }),
  };
}

function requireLabel(records: SeriesRecords, text: string): RevisionLabel {
  const found = findLabel(records.labels, text);
  if (found) return found;
  throw new NotFoundError('The series has no such revision', {
    remedy: `It has ${records.labels.map(({ label }) => label).join(', ')}.`,
  });
}
