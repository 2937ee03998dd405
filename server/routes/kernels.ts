/**
 * Kernels: each tracked fix with the releases that mail and machines speak of.
 */
import { z } from 'zod';
import { landingFact, type Notice } from '../../ingest/analyse/landing.ts';
import { commitKeys, type HeldCommit } from '../../ingest/model/commit.ts';
import type { Landing } from '../../ingest/model/landing.ts';
import { parseSubject } from '../../ingest/patch/subject.ts';
import { noticeSubject } from '../../ingest/stage/notice-subject.ts';
import type { Store, StoredFact } from '../../ingest/store/store.ts';
import { verdictOfFix } from '../check/fix-verdict.ts';
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
    async answer({ store, fixes, kernels, mails }) {
      const reports = await store.getReports({});
      const items = fixes.map(async (fix) => {
        const facts = [...(await landingsOfFix(store, fix)), ...(await commitsOfFix(store, fix))];
        const shown = reports.flatMap((report) => {
          const verdict = verdictOfFix(report, fix.check);
          return verdict === undefined ? [] : [{ ...report, verdict }];
        });
        return presentKernelFix(fix, facts, shown, await mails.read(evidenceIds(facts)), kernels);
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
    return (
      sha === '' ||
      fix.commit === '' ||
      kind === 'stable-note' ||
      fix.commit.startsWith(sha) ||
      sha.startsWith(fix.commit)
    );
  });
}

/** The fix in git: mainline's commit, copies that name it, what takes either back, and what mends it. */
async function commitsOfFix(store: Store, fix: TrackedFix): Promise<StoredFact[]> {
  if (fix.commit === '') return [];
  const { sha, upstream, reverts } = commitKeys;
  const isFix = (one: string) => one.startsWith(fix.commit);
  const found = await store.commits.findCommits([sha(fix.commit), upstream(fix.commit)]);
  const copies = found.filter((commit) => isFix(commit.sha) || isFix(commit.upstream));
  const undone = await store.commits.findCommits([fix.commit, ...copies.map((one) => one.sha)].map(reverts));
  const mending = await store.commits.findCommits([commitKeys.fixes(fix.commit)]);
  const isCopy = (one: string) => isFix(one) || copies.some((copy) => copy.sha.startsWith(one));
  return [
    ...copies.map((commit) => landingInGit(commit, 'git')),
    ...undone.filter((commit) => isCopy(commit.reverts)).map((commit) => landingInGit(commit, 'revert')),
    ...mending
      .filter((commit) => commit.fixes.some(isCopy))
      .map((commit) => ({ ...landingInGit(commit, 'mended'), rule: 'git-fixes' })),
  ];
}

function landingInGit(
  { sha, tree, release, title, committedMs }: HeldCommit,
  kind: Landing['kind'],
): StoredFact {
  const value: Landing = { notice: '', kind, messageId: null, title, sha, tree, release, atMs: committedMs };
  const basis = { rule: 'git-commit', confidence: 1, evidence: [], by: 'rule' };
  return { ...basis, kind: 'landing', owner: '', subject: '', value };
}
