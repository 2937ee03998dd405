/** Bundles on the wire: who put them together, and what stands of their patches. */
import type { Bundle } from '../patchwork/bundle-records.ts';
import type { Account } from '../rights/asker.ts';
import { escapeId } from '../urls.ts';
import type { BundleDetail, WireBundle } from '../wire.ts';
import { personName } from './person-name.ts';
import { countChecks, delegatesOf, type Tracked } from './tracked.ts';

type Names = ReadonlyMap<number, string>;

/** `names`: of accounts by number; `own`: the asker's. */
export function presentBundle(bundle: Bundle, names: Names, own: Account | undefined): WireBundle {
  const { number, name, isPublic, list, rows } = bundle;
  const owner = names.get(bundle.owner) ?? '';
  return {
    number,
    name,
    owner,
    isOwn: own?.number === bundle.owner,
    isPublic,
    list,
    patches: rows.length,
    mbox: `/bundle/${escapeId(owner)}/${escapeId(name)}/mbox/`,
  };
}

export function presentBundleDetail(
  bundle: Bundle,
  names: Names,
  own: Account | undefined,
  tracked: Tracked,
): BundleDetail {
  return {
    ...presentBundle(bundle, names, own),
    items: bundle.rows.map(({ messageId, name, submitter, sentMs, slug }) => ({
      messageId,
      name,
      author: personName(submitter.name, submitter.address),
      sentMs,
      state: slug,
      delegate: delegatesOf(tracked, [messageId])[0] ?? '',
      checks: countChecks(tracked, [messageId]),
    })),
  };
}
