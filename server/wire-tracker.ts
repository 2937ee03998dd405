/**
 * Delegates and bundles on the wire: who looks after patches, and patches that somebody put together under a name.
 *
 * Interfaces only; ./wire.ts says what they have in common and which route gives which.
 */
import type { CheckCounts, PersonName } from './wire-series.ts';

/** Somebody who may be made to look after patches. */
export interface WireDelegate {
  /** What they sign in as. */
  name: string;
  fullName: string;
  /** Lists whose patches they may be given; null: all. */
  lists: string[] | null;
}

export interface DelegateRequest {
  /** Series, of whose newest sending all patches are meant. */
  series: string[];
  /** Patches by Message-ID. */
  patches: string[];
  /** Empty for nobody. */
  delegate: string;
}

export interface WireBundle {
  number: number;
  name: string;
  /** What its owner signs in as. */
  owner: string;
  /** True where the asker may change it. */
  isOwn: boolean;
  isPublic: boolean;
  /** The list that all its patches are on. */
  list: string;
  patches: number;
  /** Address of its patches as an mbox for `git am`. */
  mbox: string;
}

export interface BundlePatch {
  messageId: string;
  /** Subject as trackers write it: `[v2,1/3] pump: count`. */
  name: string;
  author: PersonName;
  sentMs: number;
  /** Patchwork's word for its state. */
  state: string;
  delegate: string;
  checks: CheckCounts;
}

export interface BundleDetail extends WireBundle {
  /** In the order in which they are applied. */
  items: BundlePatch[];
}

export interface BundleRequest {
  /** Of a bundle of one's own: what is not there yet is added behind what is. */
  name: string;
  series: string[];
  patches: string[];
}

export interface BundleChange {
  name?: string;
  isPublic?: boolean;
  /** All of its patches, in order. */
  patches?: string[];
}
