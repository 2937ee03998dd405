/**
 * Kernels: each tracked fix with the releases that mail and machines speak of.
 */
import { z } from 'zod';
import { landingFact, type Notice } from '../../ingest/analyse/landing.ts';
import type { Landing } from '../../ingest/model/landing.ts';
import { parseSubject } from '../../ingest/patch/subject.ts';
import { noticeSubject } from '../../ingest/stage/notice-subject.ts';
import type { Store, StoredFact } from '../../ingest/store/store.ts';
import type { TrackedFix } from '../check/tracked-fixes.ts';
import { kernelFixSchema } from '../openapi-status-schema.ts';
import { presentKernelFix } from '../present/kernel.ts';
import { evidenceIds } from '../present/why.ts';
import { noQuery, reads } from './json-route.ts';

export const kernelRoutes = [
  reads({
    name: 'GET /api/v1/kernels',
    says: 'Tracked fixes by kernel release: what mail says, and what machines measured.',
    query: noQuery,
    gives: z.object({ items: z.array(kernelFixSchema) }),
    async answer({ store, fixes, mails }) {
      const reports = await store.getReports({});
      const items = fixes.map(async (fix) => {
        const facts = await landingsOfFix(store, fix);
        const shown = reports.filter((report) =>
          report.lines.some((line) => line.includes(`"${fix.check}"`)),
        );
        return presentKernelFix(fix, facts, shown, await mails.read(evidenceIds(facts)));
      });
      return { items: await Promise.all(items) };
    },
  }),
];

/** All mails that say what became of the fix: notices by its title, whether or not the patch itself is held. */
async function landingsOfFix(store: Store, fix: TrackedFix): Promise<StoredFact[]> {
  const subject = noticeSubject(parseSubject(fix.title).titleKey);
  const notices = await store.getFacts({ kinds: ['notice'], subjects: [subject] });
  const facts = notices.map((fact): StoredFact => {
    const landing = landingFact(fact.value as Notice, null);
    return { ...landing, kind: 'landing', owner: fact.owner, subject: '' };
  });
  // One title may be that of several changes: a notice that names a commit must name this one.
  return facts.filter(({ value }) => {
    const { sha, kind } = value as Landing;
    return sha === '' || kind === 'stable-note' || fix.commit.startsWith(sha) || sha.startsWith(fix.commit);
  });
}
