/** Series news: what came to a series since a time: versions, points, what people said, landings. Pure. */
import type { RevisionSummary, SeriesDetail, WireLanding, WirePoint, WireStance } from '../server/wire.ts';

export interface SeriesNews {
  readonly revisions: readonly RevisionSummary[];
  /** The version that was the newest then; undefined where none was. */
  readonly lastSeen: RevisionSummary | undefined;
  readonly points: readonly WirePoint[];
  /** What each person said last in that time. */
  readonly stances: readonly WireStance[];
  readonly landings: readonly WireLanding[];
}

export function seriesNews(series: SeriesDetail, sinceMs: number): SeriesNews {
  const last = new Map<string, WireStance>();
  for (const stance of series.stances) {
    const key = stance.person.address || stance.person.name;
    if (stance.atMs > sinceMs && stance.atMs >= (last.get(key)?.atMs ?? 0)) last.set(key, stance);
  }
  return {
    revisions: series.revisions.filter(({ sentMs }) => sentMs > sinceMs),
    lastSeen: series.revisions.findLast(({ sentMs }) => sentMs <= sinceMs),
    points: series.points.filter(({ atMs }) => atMs > sinceMs),
    stances: [...last.values()],
    landings: series.landings.filter(({ atMs }) => atMs > sinceMs),
  };
}
