/**
 * Tracker: what people and machines say about patches and about who may say it, and the lists in which trackers show
 * patches: by number, filtered, ordered and counted.
 *
 * A part of the store with its own interface: other programs know patches by small integers, which here are the store's
 * keys. They never change, but say nothing: whatever is ordered by them is in order of arrival.
 */

import type { PersonRow } from './records.ts';

/** A part of a list, with the length of the whole. */
export interface Counted<T> {
  readonly items: readonly T[];
  readonly count: number;
}

export interface Window {
  readonly offset: number;
  readonly limit: number;
}

/** What a person set on a patch; null where nobody did. */
export interface PatchMark {
  readonly state: string | null;
  readonly isArchived: boolean;
  /** Number of an account. */
  readonly delegate: number | null;
  readonly commitRef: string | null;
  readonly pullUrl: string | null;
}

/** A posting as trackers list it. */
export interface PatchRow extends PatchMark {
  readonly messageId: string;
  readonly number: number;
  /** Subject without `PATCH`: `[v2,1/3] pump: count`. */
  readonly name: string;
  readonly hash: string | null;
  readonly isCover: boolean;
  readonly lists: readonly string[];
  readonly sentMs: number;
  /** When this store first held it. */
  readonly heldMs: number;
  readonly submitter: Submitter;
  readonly revision: string | null;
  readonly revisionNumber: number | null;
  readonly lineage: string | null;
  readonly position: number;
  /** The state to show: what a person set, else what follows from its series. */
  readonly slug: string;
}

export interface Submitter {
  readonly number: number;
  readonly name: string;
  readonly address: string;
}

export interface PatchFilter {
  readonly isCover: boolean;
  /** Only what is on one of these lists; without it all. */
  readonly lists?: readonly string[];
  readonly numbers?: readonly number[];
  readonly messageIds?: readonly string[];
  /** Numbers of series, as SendingRow has them. */
  readonly sendings?: readonly number[];
  /** Numbers or addresses of senders. */
  readonly submitters?: readonly (number | string)[];
  readonly delegates?: readonly number[];
  /** Wire states, see patchStateSql. */
  readonly states?: readonly string[];
  readonly isArchived?: boolean;
  readonly hashes?: readonly string[];
  readonly fromMs?: number;
  readonly beforeMs?: number;
  /** Every word must occur in the name. */
  readonly words?: readonly string[];
}

export interface Order<Field extends string> {
  readonly by: Field;
  readonly isDescending: boolean;
}

export type PatchOrder = 'id' | 'name' | 'project' | 'date' | 'state' | 'archived' | 'submitter' | 'check';

/** One sending of a series. */
export interface SendingRow {
  readonly revision: string;
  readonly number: number;
  /** Name of its cover letter or first patch, as PatchRow has it. */
  readonly name: string;
  readonly hasCover: boolean;
  readonly version: number;
  readonly total: number;
  readonly held: number;
  readonly lists: readonly string[];
  readonly sentMs: number;
  readonly submitter: Submitter;
}

export interface SendingFilter {
  readonly lists?: readonly string[];
  /** Number of any posting of it: it stays true when an older one arrives. */
  readonly numbers?: readonly number[];
  readonly submitters?: readonly (number | string)[];
  readonly fromMs?: number;
  readonly beforeMs?: number;
  readonly words?: readonly string[];
}

export type SendingOrder = 'id' | 'name' | 'date' | 'submitter' | 'received_all';

export const happeningKinds = [
  'cover-created',
  'patch-created',
  'patch-completed',
  'series-created',
  'series-completed',
  'comment-created',
  'check-created',
  'patch-state-changed',
  'patch-delegated',
] as const;
export type HappeningKind = (typeof happeningKinds)[number];

/** Something that happened to a patch, a series or a comment; `number` is its own among those of its kind. */
export interface HappeningRow {
  readonly kind: HappeningKind;
  readonly number: number;
  readonly atMs: number;
  /** The message, or for series the id of the revision. */
  readonly messageId: string;
  /** For a comment the posting that it answers, nearest above or first of its thread. */
  readonly answers: string | null;
  /** Who did it; empty for mail. */
  readonly by: string;
  /** `{ from, to }` of a change, else null. */
  readonly change: { readonly from: string | null; readonly to: string | null } | null;
}

export interface HappeningFilter {
  readonly kinds: readonly HappeningKind[];
  readonly lists?: readonly string[];
  readonly sendings?: readonly number[];
  /** Postings, covers among them; a comment belongs to the posting that it answers. */
  readonly numbers?: readonly number[];
  readonly actors?: readonly string[];
  /** True for comments on covers only, false for those on patches. */
  readonly isOnCover?: boolean;
  readonly fromMs?: number;
  readonly beforeMs?: number;
}

export const checkStates = ['pending', 'success', 'warning', 'fail'] as const;
export type CheckState = (typeof checkStates)[number];

/** What a machine says of one patch. */
export interface PatchCheck {
  readonly message: string;
  readonly context: string;
  readonly state: CheckState;
  readonly description: string;
  readonly url: string;
  readonly at: number;
  /** Name of an account. */
  readonly by: string;
}

export interface StoredCheck extends PatchCheck {
  readonly number: number;
}

/** A small thing that people make and change: an account, a token, a bundle. Its kind says what its value is. */
export interface StoredRecord {
  readonly number: number;
  readonly kind: string;
  /** Unique within its kind. */
  readonly name: string;
  readonly value: unknown;
}

/** What a person changed, for ever. */
export interface AuditRow {
  readonly number: number;
  readonly atMs: number;
  readonly by: string;
  /** Such as `POST /api/v1/corrections`. */
  readonly action: string;
  readonly subject: string;
  readonly detail: unknown;
}

export interface Tracker {
  /** Numbers of Message-IDs that were ever named. */
  getNumbers(messageIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
  getIds(numbers: readonly number[]): Promise<ReadonlyMap<number, string>>;
  getListNumbers(): Promise<ReadonlyMap<string, number>>;
  listPatches(filter: PatchFilter, order: Order<PatchOrder>, window: Window): Promise<Counted<PatchRow>>;
  listSendings(
    filter: SendingFilter,
    order: Order<SendingOrder>,
    window: Window,
  ): Promise<Counted<SendingRow>>;
  listHappenings(
    filter: HappeningFilter,
    isDescending: boolean,
    window: Window,
  ): Promise<Counted<HappeningRow>>;
  /** Everybody who sent a mail to one of the lists (all, without them). */
  listSubmitters(
    filter: {
      readonly words?: readonly string[];
      readonly numbers?: readonly number[];
      readonly addresses?: readonly string[];
      readonly lists?: readonly string[];
    },
    order: Order<'id' | 'name' | 'email'>,
    window: Window,
  ): Promise<Counted<Submitter>>;
  /** These people with counts of what they sent to the lists; those who sent nothing there are left out. */
  countPeople(people: readonly PersonRow[], lists: readonly string[]): Promise<readonly PersonRow[]>;
  putPatchMark(messageId: string, mark: PatchMark): Promise<void>;
  /** Of the patches that have one. */
  getPatchMarks(messageIds: readonly string[]): Promise<ReadonlyMap<string, PatchMark>>;
  /** Adds checks; an earlier one of the same context stays. Gives their numbers. */
  putChecks(checks: readonly PatchCheck[]): Promise<readonly number[]>;
  /** Oldest first. */
  getChecks(messageIds: readonly string[]): Promise<readonly StoredCheck[]>;
  /** @throws UsageError where the kind has that name already */
  addRecord(kind: string, name: string, value: unknown): Promise<StoredRecord>;
  /** Replaces value and name; false where there is no such record. */
  setRecord(number: number, name: string, value: unknown): Promise<boolean>;
  removeRecord(number: number): Promise<boolean>;
  /** All of a kind, oldest first. */
  getRecords(
    kind: string,
    filter?: { readonly name?: string; readonly number?: number },
  ): Promise<readonly StoredRecord[]>;
  addAudit(row: Omit<AuditRow, 'number'>): Promise<void>;
  /** Newest first, behind a number. */
  listAudit(before: number | null, limit: number): Promise<readonly AuditRow[]>;
}
