/**
 * Readable derived: what was derived from mail, placements, series, facts and what searches them, as somebody sees it who
 * may not read some lists.
 */
import type { Query } from '../../ingest/model/query.ts';
import type { Placement, Revision } from '../../ingest/model/series.ts';
import { renameCursor } from '../../ingest/store/page-cursor.ts';
import type { SeenStore } from '../../ingest/store/sight.ts';
import type {
  Page,
  PageRequest,
  SearchHit,
  SeriesFilter,
  SeriesRow,
  Store,
  StoredFact,
} from '../../ingest/store/store.ts';
import { type OpenNames, plainNames } from './open-names.ts';
import { renameSeries } from './open-query.ts';
import { limitFacts, namedMessages } from './readable-facts.ts';
import { limitPlacement, limitRevision, namedByPlacement, namedByRevision } from './readable-links.ts';
import { fillPage } from './readable-page.ts';
import type { ReadableSight } from './readable-sight.ts';

/** The mail that may be read. */
export interface ReadableMail extends Pick<Store, 'getPostings'> {
  readonly isOpenList: (list: string) => boolean;
  seen(messageIds: readonly string[]): Promise<ReadonlySet<string>>;
  hiddenAmong(ids: readonly string[]): Promise<ReadonlySet<string>>;
}

export class ReadableDerived {
  readonly #whole: Store;
  readonly #readable: ReadableMail;
  readonly #sight: ReadableSight | null;

  /** `sight` is null where series are still to be made for it: under the store's names, and without lists of them. */
  constructor(whole: Store, readable: ReadableMail, sight: ReadableSight | null) {
    this.#whole = whole;
    this.#readable = readable;
    this.#sight = sight;
  }

  async close(): Promise<void> {
    await this.#sight?.close();
  }

  async getPlacements(messageIds: readonly string[]): Promise<ReadonlyMap<string, Placement>> {
    const found = await this.#whole.getPlacements([...(await this.#readable.seen(messageIds))]);
    return new Map(
      (await this.#limitPlacements([...found.values()])).map((place) => [place.messageId, place]),
    );
  }

  async getRevisions(ids: readonly string[]): Promise<ReadonlyMap<string, Revision>> {
    const { revision } = await this.names();
    const found = await this.#whole.getRevisions(ids.map((id) => revision.whole(id)));
    const open = await this.#limitRevisions([...found.values()]);
    return new Map(open.map((one) => [one.id, one]));
  }

  async getRevisionsOfSeries(series: readonly string[]): Promise<readonly Revision[]> {
    const names = await this.names();
    return this.#limitRevisions(
      await this.#whole.getRevisionsOfSeries(series.map((id) => names.series.whole(id))),
    );
  }

  async getLineages(lineages: readonly string[]): Promise<ReadonlyMap<string, readonly Placement[]>> {
    const { lineage } = await this.names();
    const found = await this.#whole.getLineages(lineages.map((id) => lineage.whole(id)));
    const open = new Map<string, readonly Placement[]>();
    for (const [id, placements] of found) {
      const limited = await this.#limitPlacements(placements);
      if (limited.length > 0) open.set(lineage.open(id), limited);
    }
    return open;
  }

  async getSeries(ids: readonly string[]): Promise<ReadonlyMap<string, SeriesRow>> {
    const { series } = await this.names();
    const found = await this.#whole.getSeries(ids.map((id) => series.whole(id)));
    return new Map((await this.#seenRows([...found.values()])).map((row) => [row.id, row]));
  }

  async listSeries(
    filter: SeriesFilter,
    order: 'waiting' | 'newest' | 'oldest',
    page: PageRequest,
  ): Promise<Page<SeriesRow>> {
    const { series } = await this.names();
    const cursor = page.cursor && renameCursor(page.cursor, (id) => series.whole(id));
    const asked = { ...page, ...(cursor && { cursor }) };
    const { items, next } = await (await this.store()).listSeries(filter, order, asked);
    return {
      items: await this.#seenRows(items),
      next: next && renameCursor(next, (id) => series.open(id)),
    };
  }

  async getFacts(filter: Parameters<Store['getFacts']>[0]): Promise<readonly StoredFact[]> {
    const { series } = await this.names();
    const owners = filter.owners?.flatMap((owner) => series.wholes(owner));
    return this.#limitFacts(await this.#whole.getFacts({ ...filter, ...(owners && { owners }) }));
  }

  listFacts(kind: string, page: PageRequest): Promise<Page<StoredFact>> {
    return fillPage(page, async (request) => {
      const found = await (await this.store()).listFacts(kind, request);
      return { ...found, items: await this.#limitFacts(found.items) };
    });
  }

  async search(query: Query, order: 'newest' | 'relevance', page: PageRequest): Promise<Page<SearchHit>> {
    const { series } = await this.names();
    return (await this.store()).search(renameSeries(query, series), order, page);
  }

  countSearch = async (query: Query, most: number) => {
    const { series } = await this.names();
    return (await this.store()).countSearch(renameSeries(query, series), most);
  };

  async names(): Promise<OpenNames> {
    return this.#sight ? (await this.#sight.now()).names : plainNames;
  }

  async store(): Promise<SeenStore> {
    if (this.#sight) return (await this.#sight.now()).store;
    throw new Error('what a sight is made from lists nothing');
  }

  /** Rows as the reader sees them, without those of which nothing is left. */
  async #seenRows(rows: readonly SeriesRow[]): Promise<SeriesRow[]> {
    const changed = (await this.#sight?.now())?.rows;
    return rows.flatMap((row) => {
      const seen = changed?.has(row.id) ? changed.get(row.id) : row;
      return seen ? [{ ...seen, lists: seen.lists.filter(this.#readable.isOpenList) }] : [];
    });
  }

  async #limitFacts(facts: readonly StoredFact[]): Promise<StoredFact[]> {
    const { series } = await this.names();
    const named = facts.map((fact) => ({ ...fact, owner: series.open(fact.owner) }));
    return limitFacts(named, await this.#readable.hiddenAmong(named.flatMap(namedMessages)));
  }

  async #limitPlacements(placements: readonly Placement[]): Promise<Placement[]> {
    const names = await this.names();
    const seen = await this.#readable.seen(placements.flatMap(namedByPlacement));
    return placements
      .filter(({ messageId }) => seen.has(messageId))
      .map((place) => limitPlacement(place, seen, names));
  }

  async #limitRevisions(revisions: readonly Revision[]): Promise<Revision[]> {
    const names = await this.names();
    const seen = await this.#readable.seen([
      ...revisions.flatMap(namedByRevision),
      ...revisions.flatMap(({ previous }) => (previous === null ? [] : [names.revision.open(previous)])),
    ]);
    const mixed = revisions.filter(({ postings }) => !postings.every((id) => seen.has(id)));
    const postings = await this.#readable.getPostings(mixed.flatMap((revision) => revision.postings));
    return revisions.flatMap((revision) => limitRevision(revision, seen, postings, names) ?? []);
  }
}
