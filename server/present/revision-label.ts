/**
 * Revision labels: `v9`, `v7.2`, `RFC v1`: what people call a sending, unique within its series.
 *
 * A label is not a key: one patch was sent as "v5" five times. Sendings that share a label are numbered in order of
 * time, `v5.1` to `v5.5`; `v5` alone means the last. Where no subject carries a version in brackets but patches carry
 * their own (`title (v9)`), that of the patch which carries one most often counts.
 */

import type { Posting } from '../../ingest/model/posting.ts';
import type { Placement, Revision } from '../../ingest/model/series.ts';

export interface RevisionLabel {
  readonly revision: string;
  readonly label: string;
  /** Without the number of the sending: `v5`. */
  readonly base: string;
  readonly version: number;
}

export interface LabelInput {
  readonly revisions: readonly Revision[];
  /** Of the postings of these revisions; without them only versions in brackets count. */
  readonly placements?: ReadonlyMap<string, Placement>;
  readonly postings?: ReadonlyMap<string, Posting>;
}

/** Revisions in order of time, the order of every list and grid. */
export function inOrderOfTime(revisions: readonly Revision[]): Revision[] {
  return [...revisions].sort((a, b) => a.sentMs - b.sentMs || (a.id < b.id ? -1 : 1));
}

/** Labels in order of time. */
export function labelRevisions(input: LabelInput): RevisionLabel[] {
  const ordered = inOrderOfTime(input.revisions);
  const patchVersions = leadingPatchVersions(input);
  const named = ordered.map((revision) => {
    const version = patchVersions.get(revision.id) ?? revision.version;
    const minor = revision.minor > 0 ? `.${revision.minor}` : '';
    return { revision: revision.id, version, base: `${revision.isRfc ? 'RFC ' : ''}v${version}${minor}` };
  });
  const counts = new Map<string, number>();
  for (const { base } of named) counts.set(base, (counts.get(base) ?? 0) + 1);
  const seen = new Map<string, number>();
  return named.map(({ revision, version, base }) => {
    if (counts.get(base) === 1) return { revision, label: base, base, version };
    let number = (seen.get(base) ?? 0) + 1;
    // Some people count `v2.1` themselves: that label is theirs.
    while (counts.has(`${base}.${number}`)) number++;
    seen.set(base, number);
    return { revision, label: `${base}.${number}`, base, version };
  });
}

/** The sending that a label means; a Message-ID of its first posting serves too. Undefined where there is none. */
export function findLabel(labels: readonly RevisionLabel[], text: string): RevisionLabel | undefined {
  const key = comparable(text);
  return (
    labels.find(({ label }) => comparable(label) === key) ??
    labels.findLast(({ base }) => comparable(base) === key) ??
    labels.findLast(({ base }) => comparable(base) === `rfc ${key}`) ??
    labels.find(({ revision }) => revision === text)
  );
}

/** In a URL `RFC v1` may be written `rfc-v1`. */
function comparable(label: string): string {
  return label
    .trim()
    .toLowerCase()
    .replace(/[-_+ ]+/g, ' ');
}

/** The own version of one patch by revision, where subjects carry no version in brackets. */
function leadingPatchVersions({ revisions, placements, postings }: LabelInput): Map<string, number> {
  const byLineage = new Map<string, Map<string, number>>();
  if (!placements || !postings || revisions.some(({ version }) => version > 1)) return new Map();
  for (const [id, { lineage, revision }] of placements) {
    const version = postings.get(id)?.subject.patchVersion ?? null;
    if (lineage === null || version === null) continue;
    const versions = byLineage.get(lineage) ?? new Map<string, number>();
    byLineage.set(lineage, versions.set(revision, version));
  }
  const lowest = (versions: Map<string, number>) => Math.max(...versions.values());
  const [leading] = [...byLineage.values()].sort((a, b) => b.size - a.size || lowest(a) - lowest(b));
  return leading ?? new Map();
}
