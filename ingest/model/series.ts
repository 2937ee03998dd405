/**
 * Series: postings linked to revisions, series and lineages.
 *
 * Ids: a revision's and a series's id is the Message-ID of its first posting, a lineage's that of the first
 * posting of the patch. So they are stable while nothing older arrives, and say where to look.
 */
import type { Basis } from './fact.ts';

/** Where a posting stands: written whole for each posting whenever its neighbourhood is linked again. */
export interface Placement {
  readonly messageId: string;
  readonly revision: string;
  readonly series: string;
  /** Null for a cover letter. */
  readonly lineage: string | null;
  /** Version to show and export: the patch's own `(v9)`, else the revision's. */
  readonly version: number;
  readonly position: number;
  readonly total: number;
  /** The posting of this lineage before it; null for the first. */
  readonly previous: string | null;
  /** How `previous` was found. */
  readonly link: LineageLink | null;
}

export type PatchChange = 'same' | 'changed' | 'moved' | 'renamed' | 'split' | 'merged';

export interface LineageLink extends Basis {
  readonly changes: readonly PatchChange[];
}

/** One sending of a series. */
export interface Revision {
  readonly id: string;
  readonly series: string;
  /** From the brackets or the change log; 1 where nothing is said. */
  readonly version: number;
  readonly minor: number;
  readonly isRfc: boolean;
  readonly isResend: boolean;
  readonly total: number;
  /** Patches held (without cover). */
  readonly held: number;
  readonly hasCover: boolean;
  readonly title: string;
  readonly authorAddress: string;
  readonly authorName: string;
  readonly sentMs: number;
  /** Postings in order of position. */
  readonly postings: readonly string[];
  /** The revision it follows; null for the first. */
  readonly previous: string | null;
  readonly link: Basis | null;
}

/** A version that is spoken of but not held: "v2 was sent but is not here". */
export interface GhostVersion {
  readonly version: number;
  readonly basis: Basis;
}

export type SeriesState =
  | 'new'
  | 'rfc'
  | 'under-review'
  | 'changes-requested'
  | 'reviewed'
  | 'queued'
  | 'applied'
  | 'landed'
  | 'rejected'
  | 'superseded'
  | 'withdrawn';

/** All revisions of one proposal, with what the queue needs to order and filter it. */
export interface Series {
  readonly id: string;
  readonly title: string;
  readonly authorAddress: string;
  readonly authorName: string;
  readonly lists: readonly string[];
  readonly firstMs: number;
  readonly lastMs: number;
  readonly revisions: readonly Revision[];
  readonly ghosts: readonly GhostVersion[];
}
