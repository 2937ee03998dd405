/**
 * Series on the wire: revisions, patches across them, trailers, comments, landings, each with its why.
 *
 * Interfaces only; ./wire.ts says what they have in common and which route gives which.
 */

/** A span of a message, with its words, that proves something. */
export interface WireEvidence {
  messageId: string;
  /** `body` or a header's lower-case name. */
  part: string;
  start: number;
  end: number;
  /** The words themselves, at most ten lines. */
  words: string[];
}

/** Why something is held to be so. */
export interface Why {
  rule: string;
  /** What the rule says, as a sentence for people. */
  says: string;
  confidence: number;
  confidenceWord: 'certain' | 'likely' | 'guess';
  by: string;
  evidence: WireEvidence[];
}

export interface WirePage<T> {
  items: T[];
  /** Give it as `cursor` to go on; null at the end. */
  next: string | null;
}

export interface PersonName {
  name: string;
  address: string;
}

/** How many of the newest checks by machines stand in each state. */
export interface CheckCounts {
  success: number;
  warning: number;
  fail: number;
  pending: number;
}

export interface SeriesSummary {
  id: string;
  title: string;
  author: PersonName;
  lists: string[];
  version: number;
  total: number;
  isRfc: boolean;
  revisions: number;
  firstMs: number;
  lastMs: number;
  state: string;
  stateWhy: Why;
  turn: 'author' | 'reviewer' | 'maintainer' | 'nobody';
  waitingPerson: string;
  waitingSinceMs: number;
  /** One sentence: who has the next move, and why. */
  waitingWhy: string;
  waiting: Why;
  openPoints: number;
  acked: number;
  reviewed: number;
  tested: number;
  /** Of the patches of the newest sending. */
  checks: CheckCounts;
  /** Names of those who were made to look after one of these patches. */
  delegates: string[];
}

export interface RevisionSummary {
  id: string;
  /** `v9`, `v7.2` for the second sending under one label, `RFC v1`. Unique within a series; used in URLs. */
  label: string;
  version: number;
  isRfc: boolean;
  isResend: boolean;
  total: number;
  held: number;
  hasCover: boolean;
  title: string;
  sentMs: number;
  /** Lines that its held patches add and remove. */
  added: number;
  removed: number;
  thread: string;
  previous: string | null;
  /** Why it follows `previous`; null for the first. */
  why: Why | null;
}

/** One patch in one revision: a cell of the grid. */
export interface GridCell {
  revision: string;
  messageId: string;
  position: number;
  total: number;
  /** The patch's own version where it differs from the revision's; null otherwise. */
  patchVersion: number | null;
  title: string;
  /** Against the cell before it in this lineage. */
  changes: ('same' | 'changed' | 'moved' | 'renamed' | 'split' | 'merged' | 'new')[];
  /** Patches of the version before that it was split from, or that were merged into it. */
  origins: { messageId: string; title: string }[];
  why: Why | null;
  /** Trailers given on exactly this posting. */
  acked: number;
  reviewed: number;
  tested: number;
  openPoints: number;
}

/** One patch across revisions: a row of the grid. */
export interface LineageRow {
  id: string;
  title: string;
  /** Earlier titles, oldest first, with the revision that changed them. */
  formerTitles: { title: string; until: string }[];
  cells: GridCell[];
  /** Revision labels in which it is absent although an earlier and a later one have it, or after it was dropped. */
  droppedIn: string | null;
}

export interface WireTrailer {
  name: string;
  value: string;
  person: PersonName;
  givenIn: string;
  messageId: string;
  /** Revision label it was given on. */
  on: string;
  isOwn: boolean;
  /** `carried`: same diff since; `dropped`: the patch changed since, b4 would drop it; `current`: on the newest. */
  standing: 'current' | 'carried' | 'dropped';
  why: Why;
}

export interface WirePoint {
  id: string;
  messageId: string;
  author: PersonName;
  atMs: number;
  kind: string;
  status: 'open' | 'answered' | 'agreed' | 'addressed' | 'contested' | 'withdrawn';
  statusWhy: Why;
  /** The reviewer's words, at most forty lines. */
  words: string[];
  /** Lines that were left out of them. */
  moreLines: number;
  /** The last lines of what is answered, at most twelve. */
  anchorMessage: string;
  anchorStart: number;
  anchorEnd: number;
  anchorWords: string[];
  posting: string | null;
  /** Revision label of the posting. */
  on: string | null;
}

export interface WireStance {
  person: PersonName;
  kind: string;
  atMs: number;
  messageId: string;
  posting: string;
  isConditional: boolean;
  why: Why;
}

export interface WireLanding {
  notice: string;
  kind: string;
  messageId: string | null;
  title: string;
  sha: string;
  tree: string;
  release: string;
  atMs: number;
  /** Of a commit in git: the other commit that mail names; empty where both agree or mail says nothing. */
  mailSha: string;
  why: Why;
}

/** What a person said against or beside the rules. */
export interface WireCorrection {
  id: number;
  atMs: number;
  by: string;
  kind: string;
  subject: string;
  value: unknown;
  reason: string;
  undoneBy: number | null;
}

export interface SeriesDetail {
  summary: SeriesSummary;
  formerTitles: { title: string; until: string }[];
  revisions: RevisionSummary[];
  /** Versions spoken of but not held. */
  ghosts: { version: number; why: Why }[];
  grid: LineageRow[];
  trailers: WireTrailer[];
  points: WirePoint[];
  stances: WireStance[];
  landings: WireLanding[];
  /** Who looks after its files; empty where no source tree is configured. */
  roles: { role: string; person: PersonName; subsystem: string; tree: string }[];
  /** Other series and threads that its mails point to. */
  related: { messageId: string; subject: string; isHeld: boolean; why: Why }[];
  /** What people said of it and of the mails about it, oldest first; also what was taken back. */
  corrections: WireCorrection[];
}
