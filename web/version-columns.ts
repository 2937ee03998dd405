/** Version columns: every sending of a series in order of time, with places for versions that are not held. Pure. */
import type { RevisionSummary, SeriesDetail } from '../server/wire.ts';

export type VersionColumn =
  | {
      readonly kind: 'held';
      readonly revision: RevisionSummary;
      readonly before: RevisionSummary | undefined;
    }
  | { readonly kind: 'ghost'; readonly version: number; readonly why: SeriesDetail['ghosts'][number]['why'] };

export function versionColumns({
  revisions,
  ghosts,
}: Pick<SeriesDetail, 'revisions' | 'ghosts'>): VersionColumn[] {
  return revisions.flatMap((revision, at): VersionColumn[] => {
    const before = revisions[at - 1];
    const missing = ghosts.filter(
      ({ version }) => version < revision.version && version > (before?.version ?? 0),
    );
    return [
      ...missing.map((ghost) => ({ kind: 'ghost', ...ghost }) as const),
      { kind: 'held', revision, before },
    ];
  });
}
