/**
 * Patch checks: a report set as checks on the patches of the tracked fixes that it tried, as Patchwork's users read them.
 *
 * The context is the fix's name. A check is what a machine says: it changes nothing that mail says of the patch.
 */
import { titleNoticeKey } from '../../ingest/link/keys.ts';
import type { Report, Verdict } from '../../ingest/model/kernel.ts';
import type { Landing } from '../../ingest/model/landing.ts';
import { parseSubject } from '../../ingest/patch/subject.ts';
import type { Store } from '../../ingest/store/store.ts';
import type { CheckState, PatchCheck } from '../../ingest/store/tracker.ts';
import { verdictOfFix } from './fix-verdict.ts';
import type { TrackedFix } from './tracked-fixes.ts';

const states: Readonly<Record<Verdict, CheckState | null>> = {
  fixed: 'success',
  broken: 'fail',
  inconclusive: 'warning',
  unsupported: 'warning',
  // The kernel never had the fault, so it says nothing of the patch.
  'not-affected': null,
};

const postingsOfTitle = 50;

/** `urlOf`: where a report is shown; `by`: who sent it. */
export async function checksOfReport(
  store: Store,
  fixes: readonly TrackedFix[],
  report: Report,
  from: { readonly by: string; readonly url: string },
): Promise<PatchCheck[]> {
  const checks: PatchCheck[] = [];
  for (const fix of fixes) {
    const verdict = verdictOfFix(report, fix.check);
    const state = verdict === undefined ? null : states[verdict];
    const message = state === null ? undefined : await postingOfFix(store, fix);
    if (state === null || message === undefined) continue;
    checks.push({
      message,
      context: fix.name,
      state,
      description: `${report.release} on ${report.machine}: ${verdict}`.slice(0, 255),
      url: from.url,
      at: report.receivedMs,
      by: from.by,
    });
  }
  return checks;
}

/** The posting that became the fix's commit; where none is known to, the last one of its title. */
async function postingOfFix(store: Store, fix: TrackedFix): Promise<string | undefined> {
  const key = titleNoticeKey(parseSubject(fix.title).titleKey);
  const query = { key, direction: 'older', atMs: Number.MAX_SAFE_INTEGER, limit: postingsOfTitle } as const;
  const [titled = []] = await store.findPostings([query]);
  const postings = await store.getPostings(titled);
  // A copy for a stable tree has the title, too, but is not what the check is about.
  const own = titled.filter((id) => !postings.get(id)?.subject.tags.some((tag) => tag.kind === 'release'));
  const facts = await store.getFacts({ kinds: ['landing', 'commit'], subjects: own });
  const landed = facts.find(({ value }) => {
    const { sha } = value as Pick<Landing, 'sha'>;
    return sha.length >= 7 && fix.commit !== '' && fix.commit.startsWith(sha.slice(0, fix.commit.length));
  });
  return landed?.subject ?? own[0];
}
