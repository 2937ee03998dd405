/**
 * Link candidates: for each sending the older sendings that it may follow, and who may follow it.
 *
 * The nearest postings on either side of each key count, so a new mail changes the candidates of few others, and which
 * ones is the same from either side.
 */
import { neighbourKeys, reachOfKey } from '../link/keys.ts';
import type { Overrides } from '../link/override.ts';
import { choosePredecessor } from '../link/predecessor.ts';
import type { Sending } from '../link/sending.ts';
import type { SendingLink } from '../link/series.ts';
import type { Posting } from '../model/posting.ts';
import type { NeighbourQuery } from '../store/store.ts';
import type { LinkNeighbourhood } from './link-neighbourhood.ts';

/** The predecessor of every sending that the changed ones can affect; null where it has none. */
export async function chooseLinks(
  neighbourhood: LinkNeighbourhood,
  changed: readonly string[],
  overrides: Overrides,
): Promise<Map<string, SendingLink | null>> {
  const changedSendings = changed.flatMap((id) => neighbourhood.sending(id) ?? []);
  const followers = await neighbours(neighbourhood, changedSendings, 'newer', overrides);
  const judged = new Map<string, Sending>(changedSendings.map((sending) => [sending.id, sending]));
  for (const sending of [...followers.values()].flat()) judged.set(sending.id, sending);
  const candidates = await neighbours(neighbourhood, [...judged.values()], 'older', overrides);
  const links = new Map<string, SendingLink | null>();
  for (const sending of judged.values()) {
    const found = choosePredecessor(sending, candidates.get(sending.id) ?? [], overrides);
    links.set(sending.id, found ? { previous: found.older.id, basis: found.basis } : null);
  }
  return links;
}

async function neighbours(
  neighbourhood: LinkNeighbourhood,
  sendings: readonly Sending[],
  direction: 'older' | 'newer',
  overrides: Overrides,
): Promise<Map<string, Sending[]>> {
  const queries: NeighbourQuery[] = [];
  const owners: string[] = [];
  for (const sending of sendings) {
    for (const part of sending.parts) {
      for (const key of keysOf(part, overrides)) {
        queries.push({ key, direction, atMs: part.sentMs, ...reachOfKey(key) });
        owners.push(sending.id);
      }
    }
  }
  const answers = await neighbourhood.find(queries);
  const sendingOf = await neighbourhood.sendingsOf([...new Set(answers.flat())]);
  const found = new Map<string, Map<string, Sending>>();
  answers.forEach((ids, index) => {
    const owner = owners[index] ?? '';
    const mine = found.get(owner) ?? new Map<string, Sending>();
    for (const id of ids) {
      const sending = sendingOf.get(id);
      if (sending && sending.id !== owner) mine.set(sending.id, sending);
    }
    found.set(owner, mine);
  });
  return new Map([...found].map(([owner, mine]) => [owner, [...mine.values()]]));
}

/** A person's link is a key of its own, whatever the mails share. */
function keysOf(part: Posting, overrides: Overrides): readonly string[] {
  const said = overrides.linkedTo(part.messageId);
  return said === null ? neighbourKeys(part) : [...neighbourKeys(part), `i:${said}`];
}
