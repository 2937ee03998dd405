/**
 * Mail on the wire: messages, threads, search, people, lists, diffs and range-diffs.
 *
 * Interfaces only; ./wire.ts says what they have in common and which route gives which.
 */
import type { GridCell, PersonName, SeriesSummary, WirePage, WirePoint } from './wire-series.ts';

export interface MessageSummary {
  messageId: string;
  subject: string;
  from: PersonName;
  sortMs: number;
  lists: string[];
  thread: string;
  parent: string | null;
  parentIsGuess: boolean;
  isPosting: boolean;
  sizeBytes: number;
}

export interface WireQuote {
  start: number;
  end: number;
  depth: number;
  source: string | null;
  sourceStart: number;
  sourceEnd: number;
  author: PersonName | null;
  confidence: number;
}

export interface MessageDetail extends MessageSummary {
  to: PersonName[];
  cc: PersonName[];
  dateText: string;
  body: string[];
  quotes: WireQuote[];
  /** Line span of the diff in the body; null without one. */
  diff: { start: number; end: number } | null;
  attachments: { filename: string; contentType: string; sizeBytes: number; text: string | null }[];
  troubles: { code: string; detail: string }[];
  appearances: { list: string; source: string; arrivedMs: number | null }[];
  /** Copies with other bytes under the same id. */
  copies: number;
  series: string | null;
  revision: string | null;
  trailersGiven: { name: string; value: string; messageId: string }[];
  points: WirePoint[];
  headers: { name: string; value: string }[];
}

export interface ThreadNode {
  messageId: string;
  /** Null for a ghost: a mail that others name but that is not held. */
  message: MessageSummary | null;
  depth: number;
  parent: string | null;
}

export interface ThreadDetail {
  id: string;
  subject: string;
  nodes: ThreadNode[];
  /** Bodies of the nodes from `offset` on, in node order; ghosts left out. */
  messages: MessageDetail[];
  offset: number;
  nextOffset: number | null;
}

export interface SearchResult {
  message: MessageSummary;
  series: string | null;
  /** Matching lines of the body; `marks` are character spans of the hit words. */
  lines: { line: number; text: string; marks: [number, number][] }[];
}

export interface SearchAnswer extends WirePage<SearchResult> {
  /** The query in words, as it was understood. */
  understood: string;
  count: number;
  countIsExact: boolean;
}

export interface Completion {
  insert: string;
  help: string;
  example: string;
}

export interface PersonDetail {
  address: string;
  name: string;
  messages: number;
  postings: number;
  series: number;
  trailersGiven: number;
  firstMs: number;
  lastMs: number;
  openTurns: SeriesSummary[];
  recentSeries: SeriesSummary[];
  recentMessages: MessageSummary[];
}

export interface ListSummary {
  name: string;
  messages: number;
  postings: number;
  series: number;
  firstMs: number;
  lastMs: number;
}

export interface DiffLine {
  kind: '+' | '-' | ' ';
  text: string;
  /** Character spans that the line's counterpart lacks. */
  words: [number, number][];
  oldLine: number | null;
  newLine: number | null;
  /** Line of the message's body it stands on. */
  bodyLine: number;
}

export interface DiffFile {
  path: string;
  oldPath: string;
  status: string;
  added: number;
  removed: number;
  hunks: { header: string; lines: DiffLine[] }[];
}

/** What a machine said last of a patch, in one context. */
export interface WireCheck {
  context: string;
  state: 'pending' | 'success' | 'warning' | 'fail';
  description: string;
  /** Where it says more; empty for nowhere. */
  url: string;
  by: string;
  atMs: number;
}

export interface PatchDetail {
  message: MessageDetail;
  cell: GridCell;
  checks: WireCheck[];
  /** Name of who was made to look after it; empty for nobody. */
  delegate: string;
  files: DiffFile[];
  isCorrupt: boolean;
}

/** Range-diff of two revisions, patch by patch. */
export interface RangeDiff {
  from: string;
  to: string;
  pairs: RangePair[];
}

export interface RangePair {
  lineage: string;
  old: { messageId: string; position: number; title: string } | null;
  new: { messageId: string; position: number; title: string } | null;
  /** `=` same diff and message, `!` changed, `<` only in the old, `>` only in the new; as git range-diff prints. */
  mark: '=' | '!' | '<' | '>';
  /** Diff of the two patches' texts: outer sign, then the text; `words` are changed character spans. */
  lines: { kind: '+' | '-' | ' '; text: string; words: [number, number][] }[];
  isCut: boolean;
}
