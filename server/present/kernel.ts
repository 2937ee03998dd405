/**
 * Kernels: which release should have a fix, by mail, and what machines measured.
 *
 * Expectation (native-check.md, section 9): a release has the fix when mainline had it by then, or when an announcement
 * of its own stable series, up to it, lists the fix; it lacks it when a later announcement of the series does, or none
 * does and mainline had it later. What no mail speaks of is unknown, and so is every vendor kernel: they carry fixes that no list tells of. A landing counts
 * by the announcement of a release only, since patches are dropped between review and release.
 */
import type { Basis } from '../../ingest/model/fact.ts';
import {
  compareKernelReleases,
  type KernelRelease,
  parseKernelRelease,
  type Report,
} from '../../ingest/model/kernel.ts';
import type { Landing } from '../../ingest/model/landing.ts';
import type { StoredFact } from '../../ingest/store/store.ts';
import type { TrackedFix } from '../check/tracked-fixes.ts';
import type { KernelCell, KernelFix } from '../wire.ts';
import { presentLandings } from './series.ts';
import { type Mails, presentWhy } from './why.ts';

export type Expected = KernelCell['expected'];

export interface Expectation {
  readonly expected: Expected;
  readonly basis: Basis | null;
}

/** A release that first had (or first lost) a fix, with the mail that says so. */
interface Step {
  readonly release: KernelRelease;
  readonly isRevert: boolean;
  readonly basis: Basis;
}

export function presentKernelFix(
  fix: TrackedFix,
  facts: readonly StoredFact[],
  reports: readonly Report[],
  mails: Mails,
  configured: readonly string[] = [],
): KernelFix {
  const steps = stepsOf(facts);
  const cells = columns(steps, reports, configured).map((release): KernelCell => {
    const { expected, basis } = expectFix(release, fix, facts);
    return {
      release,
      expected,
      expectedWhy: basis && presentWhy(basis, mails),
      measured: newestByMachine(reports.filter((report) => columnOf(report.release) === release)).map(
        (report) => ({
          reportId: report.id,
          machine: report.machine,
          verdict: report.verdict,
          agrees: doesAgree(expected, report.verdict),
        }),
      ),
    };
  });
  const { name, title, commit, check, introduced } = fix;
  return { name, title, commit, check, introduced, cells, landings: presentLandings(facts, mails) };
}

/** What mail says of one release. `facts`: landings of the fix. */
export function expectFix(release: string, fix: TrackedFix, facts: readonly StoredFact[]): Expectation {
  const parsed = parseKernelRelease(release);
  const introduced = parseKernelRelease(fix.introduced);
  if (!parsed || !introduced || parsed.local !== '') return { expected: 'unknown', basis: null };
  if (isSeriesBefore(parsed, introduced)) return { expected: 'not-affected', basis: null };
  const steps = stepsOf(facts);
  const own = steps.filter((step) => isSameSeries(step.release, parsed));
  const reached = own.filter((step) => compareKernelReleases(step.release, parsed) <= 0).at(-1);
  if (reached) return answer(reached.isRevert ? 'broken' : 'fixed', reached);
  const mainline = steps.filter((step) => isMainline(step.release)).at(-1);
  if (mainline && isSeriesBefore(mainline.release, parsed)) {
    return answer(mainline.isRevert ? 'broken' : 'fixed', mainline);
  }
  const later = own.find((step) => !step.isRevert);
  if (later) return answer('broken', later, 'release-before-fix');
  return mainline ? beforeMainline(parsed, mainline, steps) : { expected: 'unknown', basis: null };
}

/**
 * A series older than mainline's fix, and without an announcement that lists it. Mainline's own release lacks it; a
 * stable one is held to lack it only where announcements of other series are read here at all.
 */
function beforeMainline(release: KernelRelease, mainline: Step, steps: readonly Step[]): Expectation {
  if (mainline.isRevert) return { expected: 'unknown', basis: null };
  if (isMainline(release)) return answer('broken', mainline, 'release-before-fix');
  const hasAnnouncements = steps.some((step) => !isMainline(step.release));
  if (!hasAnnouncements) return { expected: 'unknown', basis: null };
  const { expected, basis } = answer('broken', mainline, 'no-backport-seen');
  return { expected, basis: basis && { ...basis, confidence: Math.min(basis.confidence, 0.7) } };
}

function answer(expected: Expected, step: Step, rule = 'release-has-fix'): Expectation {
  return { expected, basis: { ...step.basis, rule: step.isRevert ? 'notice-revert' : rule } };
}

/** Steps in order of releases; the first mail about a release stands for it. */
function stepsOf(facts: readonly StoredFact[]): Step[] {
  const steps = new Map<string, Step>();
  for (const { value, rule, confidence, evidence, by } of facts) {
    const { kind, release } = value as Landing;
    const parsed = parseKernelRelease(release);
    const counts = kind === 'release' || kind === 'revert' || kind === 'pull-merged' || kind === 'git';
    if (!counts || !parsed || parsed.local !== '' || (parsed.rc > 0 && parsed.patch > 0)) continue;
    const key = plainRelease(release);
    if (!steps.has(key)) {
      steps.set(key, {
        release: parsed,
        isRevert: kind === 'revert',
        basis: { rule, confidence, evidence, by },
      });
    }
  }
  return [...steps.values()].sort((a, b) => compareKernelReleases(a.release, b.release));
}

/** Each release with the fix, the one just before it where there is one, each that was measured or is configured. */
function columns(
  steps: readonly Step[],
  reports: readonly Report[],
  configured: readonly string[],
): string[] {
  const names = new Set(configured.map(columnOf));
  for (const { release } of steps) {
    names.add(nameOf(release));
    if (release.patch > 0) names.add(nameOf({ ...release, patch: release.patch - 1 }));
    else if (release.rc > 1) names.add(nameOf({ ...release, rc: release.rc - 1 }));
  }
  for (const { release } of reports) names.add(columnOf(release));
  return [...names].sort(compareNames);
}

function compareNames(a: string, b: string): number {
  const [left, right] = [parseKernelRelease(a), parseKernelRelease(b)];
  const order = left && right ? compareKernelReleases(left, right) : Number(!left) - Number(!right);
  return order || (a < b ? -1 : 1);
}

function nameOf({ major, minor, patch, rc }: KernelRelease): string {
  return `${major}.${minor}${patch > 0 ? `.${patch}` : ''}${rc > 0 ? `-rc${rc}` : ''}`;
}

/** The column that a release stands in: what a kernel calls 5.8.0-rc5 is what mails call 5.8-rc5. */
export function columnOf(release: string): string {
  const parsed = parseKernelRelease(release);
  return parsed && parsed.local === '' ? nameOf(parsed) : plainRelease(release);
}

function plainRelease(release: string): string {
  return release.trim().replace(/^v/, '');
}

function isMainline(release: KernelRelease): boolean {
  return release.patch === 0;
}

function isSameSeries(a: KernelRelease, b: KernelRelease): boolean {
  return a.major === b.major && a.minor === b.minor;
}

function isSeriesBefore(a: KernelRelease, b: KernelRelease): boolean {
  return a.major < b.major || (a.major === b.major && a.minor < b.minor);
}

function newestByMachine(reports: readonly Report[]): Report[] {
  const newest = new Map<string, Report>();
  for (const report of [...reports].sort((a, b) => b.receivedMs - a.receivedMs)) {
    if (!newest.has(report.machine)) newest.set(report.machine, report);
  }
  return [...newest.values()];
}

/** Null where either says nothing. */
export function doesAgree(expected: Expected, verdict: Report['verdict']): boolean | null {
  if (expected === 'unknown' || verdict === 'inconclusive' || verdict === 'unsupported') return null;
  if (expected === 'not-affected') return verdict !== 'broken';
  return verdict === expected;
}
