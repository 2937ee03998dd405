/**
 * Open specs: the sources that a command line or the configuration names, opened.
 *
 * In: locations with what belongs to them. Out: sources. Mirrors of web archives stand beside the store.
 */
import { resolve } from 'node:path';
import type { SourceConfig } from '../../ingest/config-keys.ts';
import { PatchtrailError } from '../../ingest/model/errors.ts';
import type { Source } from '../../ingest/source/source.ts';
import type { Store } from '../../ingest/store/store.ts';
import type { Session } from './session.ts';

/** What a location has that nothing is said about. */
export const plainSource = { list: '', passwordCommand: '' };

/** What was typed, else the configured sources. What the configuration says of a typed one holds. */
export function specsOf(
  session: Session,
  typed: readonly string[],
  list: string | undefined,
): readonly SourceConfig[] {
  const configured = session.config.sources;
  if (typed.length === 0) return configured;
  return typed.map((location) => {
    const known = configured.find((source) => source.location === location);
    return { ...plainSource, ...known, location, list: list ?? known?.list ?? '' };
  });
}

/** The configured sources, else those that the store was filled from. */
export async function knownSpecs(session: Session, store: Store): Promise<readonly SourceConfig[]> {
  if (session.config.sources.length > 0) return session.config.sources;
  return (await store.getSources()).map(({ location, list }) => ({ ...plainSource, location, list }));
}

export async function openAll(session: Session, specs: readonly SourceConfig[]): Promise<readonly Source[]> {
  const { storeLocation, terminal } = session;
  const base = storeLocation.includes('://') ? resolve(terminal.cwd, 'patchtrail') : storeLocation;
  const opened: Source[] = [];
  for (const { location, list, passwordCommand, ...more } of specs) {
    const options = {
      ...more,
      mirrors: `${base}.mirrors`,
      ...(list ? { list } : {}),
      ...(passwordCommand ? { passwordCommand } : {}),
    };
    opened.push(...(await session.parts.openSources(location, options)));
  }
  return opened;
}

/** As openAll, but what cannot be opened now is told and left for the next time. */
export async function openReachable(
  session: Session,
  specs: readonly SourceConfig[],
): Promise<readonly Source[]> {
  const opened: Source[] = [];
  for (const spec of specs) {
    try {
      opened.push(...(await openAll(session, [spec])));
    } catch (error) {
      if (!(error instanceof PatchtrailError)) throw error;
      session.terminal.tell(`patchtrail: ${error.message}`);
    }
  }
  return opened;
}
