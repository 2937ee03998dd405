/**
 * Link neighbourhood: postings and sendings that one batch of the link stage looks at, read from the store once.
 *
 * A sending of a stored revision is made again from its postings, so it is the same whether it was just grouped or
 * comes from the store.
 */
import { groupKey } from '../link/keys.ts';
import { assembleSendings, makeSending, type Sending, sendingSpanMs } from '../link/sending.ts';
import type { SendingLink } from '../link/series.ts';
import type { Posting } from '../model/posting.ts';
import type { Revision } from '../model/series.ts';
import type { NeighbourQuery, Store } from '../store/store.ts';

/** More mails of one sender, total and version within two days than this are not one neighbourhood any more. */
const groupMost = 2000;

export class LinkNeighbourhood {
  readonly #store: Store;
  readonly #postings = new Map<string, Posting>();
  /** Sendings by id, as they are after this batch. */
  readonly #sendings = new Map<string, Sending>();
  /** Posting to the id of its sending. */
  readonly #sendingOf = new Map<string, string>();
  readonly #stored = new Map<string, Revision>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Groups the waiting postings and all that share a group with them; gives changed sendings and ids that are no more. */
  async regroup(waiting: readonly string[]): Promise<{ changed: string[]; gone: Set<string> }> {
    const group = await this.#closeGroup(waiting);
    const before = await this.#store.getRevisionsOf(group.map((posting) => posting.messageId));
    await this.#readRevisions([...new Set([...before.values()].map((place) => place.revision))]);
    const sendings = assembleSendings(group);
    for (const sending of sendings) this.#remember(sending);
    const now = new Set(sendings.map((sending) => sending.id));
    const gone = new Set([...before.values()].map((place) => place.revision).filter((id) => !now.has(id)));
    const waits = new Set(waiting);
    const changed = sendings.filter((sending) => {
      const stored = this.#stored.get(sending.id);
      const ids = sending.parts.map((part) => part.messageId);
      return !stored || ids.some((id) => waits.has(id)) || ids.join(' ') !== stored.postings.join(' ');
    });
    return { changed: changed.map((sending) => sending.id), gone };
  }

  /** Follows gaps of two days at most, both ways, until nothing more joins. */
  async #closeGroup(waiting: readonly string[]): Promise<Posting[]> {
    const group = new Map<string, Posting>();
    let frontier = [...waiting];
    while (frontier.length > 0) {
      const postings = await this.postings(frontier);
      for (const posting of postings) group.set(posting.messageId, posting);
      const found = new Set((await this.#store.findPostings(groupQueries(postings))).flat());
      frontier = [...found].filter((id) => !group.has(id));
    }
    return [...group.values()];
  }

  /** Postings by id, read once; unknown ids are left out. */
  async postings(messageIds: readonly string[]): Promise<Posting[]> {
    const missing = [...new Set(messageIds)].filter((id) => !this.#postings.has(id));
    if (missing.length > 0) {
      for (const [id, posting] of await this.#store.getPostings(missing)) this.#postings.set(id, posting);
    }
    return messageIds.flatMap((id) => this.#postings.get(id) ?? []);
  }

  /** Ids of postings by link key; see Store.findPostings. */
  find(queries: readonly NeighbourQuery[]): Promise<readonly (readonly string[])[]> {
    return this.#store.findPostings(queries);
  }

  /** The sendings that these postings are in. */
  async sendingsOf(messageIds: readonly string[]): Promise<Map<string, Sending>> {
    const missing = [...new Set(messageIds)].filter((id) => !this.#sendingOf.has(id));
    if (missing.length > 0) {
      const places = await this.#store.getRevisionsOf(missing);
      await this.#readSendings([...new Set([...places.values()].map((place) => place.revision))]);
    }
    const found = new Map<string, Sending>();
    for (const id of messageIds) {
      const sending = this.#sendings.get(this.#sendingOf.get(id) ?? '');
      if (sending) found.set(id, sending);
    }
    return found;
  }

  sending(id: string): Sending | undefined {
    return this.#sendings.get(id);
  }

  /** What the store holds as predecessor of a sending that this batch does not judge again. */
  storedLink(id: string): SendingLink | null {
    const revision = this.#stored.get(id);
    return revision?.previous && revision.link ? { previous: revision.previous, basis: revision.link } : null;
  }

  /** Every sending of the series that these touch, before or after this batch. */
  async seriesAround(
    ids: readonly string[],
    gone: ReadonlySet<string>,
    links: ReadonlyMap<string, SendingLink | null>,
  ): Promise<{ sendings: Sending[]; oldSeries: Set<string> }> {
    await this.#readRevisions([...gone]);
    const oldSeries = new Set<string>();
    const members = new Set<string>();
    let frontier = [
      ...new Set([...ids, ...gone, ...[...links.values()].flatMap((link) => link?.previous ?? [])]),
    ];
    while (frontier.length > 0) {
      for (const id of frontier) members.add(id);
      await this.#readRevisions(frontier);
      const series = frontier
        .flatMap((id) => this.#stored.get(id)?.series ?? [])
        .filter((id) => !oldSeries.has(id));
      for (const id of series) oldSeries.add(id);
      const revisions = series.length > 0 ? await this.#store.getRevisionsOfSeries([...new Set(series)]) : [];
      for (const revision of revisions) this.#stored.set(revision.id, revision);
      frontier = revisions.map((revision) => revision.id).filter((id) => !members.has(id));
    }
    const alive = [...members].filter((id) => !gone.has(id));
    await this.#readSendings(alive);
    return { sendings: alive.flatMap((id) => this.#sendings.get(id) ?? []), oldSeries };
  }

  async #readRevisions(ids: readonly string[]): Promise<void> {
    const missing = ids.filter((id) => !this.#stored.has(id));
    if (missing.length === 0) return;
    for (const [id, revision] of await this.#store.getRevisions(missing)) this.#stored.set(id, revision);
  }

  async #readSendings(ids: readonly string[]): Promise<void> {
    const missing = ids.filter((id) => !this.#sendings.has(id));
    await this.#readRevisions(missing);
    const revisions = missing.flatMap((id) => this.#stored.get(id) ?? []);
    await this.postings(revisions.flatMap((revision) => revision.postings));
    for (const revision of revisions) {
      const parts = revision.postings.flatMap((id) => this.#postings.get(id) ?? []);
      // A posting that was regrouped in this batch belongs to its new sending.
      if (parts.some((part) => this.#sendingOf.has(part.messageId)) || parts.length === 0) continue;
      this.#remember(makeSending(parts));
    }
  }

  #remember(sending: Sending): void {
    this.#sendings.set(sending.id, sending);
    for (const part of sending.parts) this.#sendingOf.set(part.messageId, sending.id);
  }
}

/** Postings of one group within two days of each other are asked for around once, not around each. */
function groupQueries(postings: readonly Posting[]): NeighbourQuery[] {
  const times = new Map<string, number[]>();
  for (const posting of postings) {
    const key = groupKey(posting);
    const known = key === null ? undefined : times.get(key);
    if (known) known.push(posting.sentMs);
    else if (key !== null) times.set(key, [posting.sentMs]);
  }
  return [...times].flatMap(([key, all]) =>
    stretches(all).flatMap(({ firstMs, lastMs }): NeighbourQuery[] => [
      { key, direction: 'older', atMs: lastMs, withinMs: lastMs - firstMs + sendingSpanMs, limit: groupMost },
      { key, direction: 'newer', atMs: lastMs, withinMs: sendingSpanMs, limit: groupMost },
    ]),
  );
}

/** Times without a gap of more than a sending's span between them. */
function stretches(times: readonly number[]): { firstMs: number; lastMs: number }[] {
  const found: { firstMs: number; lastMs: number }[] = [];
  for (const ms of [...times].sort((a, b) => a - b)) {
    const last = found.at(-1);
    if (last && ms - last.lastMs <= sendingSpanMs) last.lastMs = ms;
    else found.push({ firstMs: ms, lastMs: ms });
  }
  return found;
}
