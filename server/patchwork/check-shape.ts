/**
 * Check shape: what machines said of a patch, one by one and together.
 */
import type { CheckState, StoredCheck } from '../../ingest/store/tracker.ts';
import { newestChecks } from '../present/tracked.ts';
import type { Links } from './links.ts';
import { type Site, userShape } from './shapes.ts';
import { dateText } from './words.ts';

export function checkShape(links: Links, site: Site, patch: number, check: StoredCheck) {
  const account = site.accounts.find(({ name }) => name === check.by);
  const nameless = { number: 0, name: check.by, fullName: '', addresses: [], roles: {}, isAdmin: false };
  return {
    id: check.number,
    url: links.thing('patches', patch, 'checks', check.number),
    user: userShape(links, account ?? nameless),
    date: dateText(check.at),
    state: check.state,
    target_url: check.url || null,
    context: check.context,
    description: check.description || null,
  };
}

/** The form inside of events. */
export function checkBriefShape(links: Links, patch: number, check: StoredCheck) {
  return {
    id: check.number,
    url: links.thing('patches', patch, 'checks', check.number),
    date: dateText(check.at),
    state: check.state,
    target_url: check.url || null,
    context: check.context,
  };
}

/** Of each user and context the newest counts; the worst of these is the state of the patch. */
export function combineChecks(checks: readonly StoredCheck[]): CheckState {
  const states = new Set(newestChecks(checks).map(({ state }) => state));
  const worst = (['fail', 'warning', 'pending'] as const).find((state) => states.has(state));
  return worst ?? (states.size === 0 ? 'pending' : 'success');
}
