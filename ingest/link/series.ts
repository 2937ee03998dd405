/**
 * Series: sendings joined by what they follow.
 *
 * In: sendings and the predecessor of each. Out: groups in order of time, each one series; and its revisions as they
 * are stored. The id of a series is its first posting's.
 */

import type { Basis } from '../model/fact.ts';
import { bodyEvidence } from '../model/fact.ts';
import { groupBy } from '../model/group-by.ts';
import type { GhostVersion, Revision } from '../model/series.ts';
import { isBefore } from './predecessor.ts';
import type { Sending } from './sending.ts';

/** What a sending follows, by id. */
export interface SendingLink {
  readonly previous: string;
  readonly basis: Basis;
}

/** Connected groups of sendings, each oldest first. */
export function groupSeries(
  sendings: readonly Sending[],
  links: ReadonlyMap<string, SendingLink>,
): Sending[][] {
  const up = new Map<string, string>();
  const find = (id: string): string => {
    let root = id;
    for (let next = up.get(root); next !== undefined; next = up.get(root)) root = next;
    for (let at = id; at !== root; ) {
      const next = up.get(at) ?? root;
      up.set(at, root);
      at = next;
    }
    return root;
  };
  for (const sending of sendings) {
    const link = links.get(sending.id);
    if (!link) continue;
    const from = find(sending.id);
    const to = find(link.previous);
    if (from !== to) up.set(from, to);
  }
  const groups = groupBy(sendings, ({ id }) => find(id));
  return [...groups.values()].map((group) => group.sort((a, b) => (isBefore(a, b) ? -1 : 1)));
}

/** The stored form of a sending, once its series is known. */
export function revisionOf(sending: Sending, series: string, link: SendingLink | undefined): Revision {
  const { parts, titleKey: _titleKey, ...rest } = sending;
  return {
    ...rest,
    series,
    postings: parts.map((part) => part.messageId),
    previous: link?.previous ?? null,
    link: link?.basis ?? null,
  };
}

/** Versions that its mails speak of but that are not held: "v2 was sent but is not here". */
export function ghostVersions(sendings: readonly Sending[]): GhostVersion[] {
  const held = new Set(sendings.flatMap((sending) => [sending.version, ...ownVersions(sending)]));
  const ghosts = new Map<number, GhostVersion>();
  const newest = Math.max(0, ...held);
  const note = (
    version: number,
    messageId: string,
    rule: string,
    confidence: number,
    start: number,
    end: number,
  ) => {
    if (held.has(version) || ghosts.has(version) || version < 1 || version > newest) return;
    const evidence = [bodyEvidence(messageId, start, end)];
    ghosts.set(version, { version, basis: { rule, confidence, evidence, by: 'rule' } });
  };
  for (const sending of sendings) {
    for (const part of sending.parts) {
      for (const { version, messageId: _id, evidence } of part.links) {
        if (version !== null)
          note(version, part.messageId, 'link-with-version', 0.95, evidence.start, evidence.end);
      }
      for (const version of part.changeLogVersions) note(version, part.messageId, 'change-log', 0.9, 0, 0);
    }
  }
  const first = sendings[0];
  for (let version = 1; first && version < newest; version++)
    note(version, first.id, 'version-gap', 0.6, 0, 0);
  return [...ghosts.values()].sort((a, b) => a.version - b.version);
}

function ownVersions(sending: Sending): number[] {
  return sending.parts.flatMap((part) => part.subject.patchVersion ?? []);
}
