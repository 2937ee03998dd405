/**
 * Kernels: releases, machines and reports of the native checker.
 */

export type Verdict = 'fixed' | 'broken' | 'inconclusive' | 'unsupported' | 'not-affected';

/** A kernel.org release taken apart; vendor kernels keep their rest in `local`. */
export interface KernelRelease {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  /** 0 where it is no release candidate. */
  readonly rc: number;
  readonly local: string;
}

/** One run of the native checker, as received. */
export interface Report {
  readonly id: string;
  readonly receivedMs: number;
  readonly release: string;
  readonly kernelVersion: string;
  readonly arch: string;
  readonly machine: string;
  readonly isVirtual: boolean;
  readonly verdict: Verdict;
  readonly reason: string;
  /** The checker's own lines, as received. */
  readonly lines: readonly string[];
}

/** Takes `5.4.53`, `5.8-rc6` or `5.4.0-42-generic` apart; undefined where it is no kernel release. */
export function parseKernelRelease(text: string): KernelRelease | undefined {
  const match = /^v?(\d{1,3})\.(\d{1,4})(?:\.(\d{1,6}))?(?:-rc(\d{1,3}))?(.*)$/.exec(text.trim());
  if (!match) return undefined;
  return {
    major: Number(match[1]),
    minor: Number(match[2]),
    patch: Number(match[3] ?? 0),
    rc: Number(match[4] ?? 0),
    local: match[5] ?? '',
  };
}

/** Orders releases: negative where `a` is the older one. A release candidate comes before its release. */
export function compareKernelReleases(a: KernelRelease, b: KernelRelease): number {
  const rcRank = (release: KernelRelease) => (release.rc === 0 ? Number.POSITIVE_INFINITY : release.rc);
  return (
    a.major - b.major ||
    a.minor - b.minor ||
    a.patch - b.patch ||
    (rcRank(a) === rcRank(b) ? 0 : rcRank(a) - rcRank(b))
  );
}
