/**
 * Wire: the JSON that the server gives and takes, as plain interfaces. Shared with web/ as types only.
 *
 * The zod schemas of the routes are proven equal to these by a type test. Times are ms since 1970. Ids are bare
 * Message-IDs. Every inferred value carries a Why, so that a page can show its words and let a person correct it.
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
  /** The reviewer's words. */
  words: string[];
  /** The words that are answered. */
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
  why: Why;
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
  /** Other series and threads that its mails point to. */
  related: { messageId: string; subject: string; isHeld: boolean; why: Why }[];
}

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

export interface PatchDetail {
  message: MessageDetail;
  cell: GridCell;
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

export interface KernelCell {
  release: string;
  /** From mail evidence. */
  expected: 'fixed' | 'broken' | 'not-affected' | 'unknown';
  expectedWhy: Why | null;
  /** From the newest report of each machine. */
  measured: { reportId: string; machine: string; verdict: string; agrees: boolean | null }[];
}

export interface KernelFix {
  name: string;
  title: string;
  commit: string;
  check: string;
  introduced: string;
  cells: KernelCell[];
  landings: WireLanding[];
}

export interface WireReport {
  id: string;
  receivedMs: number;
  release: string;
  kernelVersion: string;
  arch: string;
  machine: string;
  isVirtual: boolean;
  verdict: string;
  reason: string;
  /** One plain sentence. */
  sentence: string;
  checks: { name: string; status: string; reason: string; evidence: Record<string, unknown> }[];
}

export interface CheckStatus {
  /** Why *Run* is not offered; empty where it is. */
  unavailable: string;
  isRunning: boolean;
  lastReport: WireReport | null;
}

/** An event of the local check, by SSE: the checker's own lines, or our words before and after. */
export interface CheckEvent {
  kind: 'building' | 'line' | 'done' | 'failed' | 'cancelled';
  text: string;
  line: Record<string, unknown> | null;
  report: WireReport | null;
}

export interface SourceStatus {
  location: string;
  kind: string;
  list: string;
  mails: number;
  lastPulledMs: number | null;
  lastError: string;
  /** While it is being pulled. */
  progress: {
    done: number;
    total: number | null;
    unit: string;
    mailsPerSecond: number;
    etaMs: number | null;
  } | null;
}

export interface IngestStatus {
  isRunning: boolean;
  sources: SourceStatus[];
  /** Work that waits, by stage. */
  waiting: Record<string, number>;
  messages: number;
  rawMails: number;
  postings: number;
  series: number;
  facts: number;
  storeBytes: number;
  schema: number;
  engine: string;
}

export interface WireTrouble {
  messageId: string;
  source: string;
  place: string;
  code: string;
  detail: string;
}

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

/** What a page posts to correct a fact. */
export interface CorrectionRequest {
  kind: 'link' | 'unlink' | 'state';
  subject: string;
  /** `link`: the posting it follows; `unlink`: the posting it does not follow; `state`: the state. */
  value: string;
  reason: string;
}

/** A live change, by SSE. */
export interface LiveEvent {
  sequence: number;
  atMs: number;
  kind: string;
  subject: string;
}

/** RFC 9457, as every error is answered. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  /** What happened, to what. */
  detail: string;
  code: string;
  /** What to do. */
  remedy: string;
  /** Span in a query that could not be understood. */
  span?: [number, number];
}

/** Every route of the own API: method and path, what it takes (query), what it gives. */
export interface Api {
  'GET /api/v1/status': { query: Record<string, never>; gives: IngestStatus };
  'GET /api/v1/lists': { query: Record<string, never>; gives: { items: ListSummary[] } };
  'GET /api/v1/series': {
    query: {
      list?: string;
      author?: string;
      person?: string;
      turn?: string;
      state?: string;
      title?: string;
      sort?: 'waiting' | 'newest' | 'oldest';
      limit?: number;
      cursor?: string;
    };
    gives: WirePage<SeriesSummary>;
  };
  /** Any message of the series serves as id. */
  'GET /api/v1/series/{id}': { query: Record<string, never>; gives: SeriesDetail };
  'GET /api/v1/series/{id}/diff': { query: { from: string; to: string }; gives: RangeDiff };
  'GET /api/v1/patches/{id}': { query: Record<string, never>; gives: PatchDetail };
  'GET /api/v1/lineages/{id}': { query: Record<string, never>; gives: LineageRow };
  'GET /api/v1/messages': {
    query: { list?: string; person?: string; limit?: number; cursor?: string };
    gives: WirePage<MessageSummary>;
  };
  'GET /api/v1/messages/{id}': { query: Record<string, never>; gives: MessageDetail };
  /** Any message of the thread serves as id. At most 50 bodies at once. */
  'GET /api/v1/threads/{id}': { query: { offset?: number }; gives: ThreadDetail };
  'GET /api/v1/search': {
    query: { q: string; sort?: 'newest' | 'relevance'; limit?: number; cursor?: string };
    gives: SearchAnswer;
  };
  'GET /api/v1/search/completions': { query: { q: string; caret: number }; gives: { items: Completion[] } };
  'GET /api/v1/facts': {
    query: { subject: string; kind?: string };
    gives: { items: { kind: string; value: unknown; why: Why }[] };
  };
  'GET /api/v1/people': {
    query: { q?: string; limit?: number; cursor?: string };
    gives: WirePage<PersonDetail>;
  };
  'GET /api/v1/people/{address}': { query: Record<string, never>; gives: PersonDetail };
  'GET /api/v1/kernels': { query: Record<string, never>; gives: { items: KernelFix[] } };
  'GET /api/v1/reports': { query: { release?: string; machine?: string }; gives: { items: WireReport[] } };
  'GET /api/v1/reports/{id}': { query: Record<string, never>; gives: WireReport };
  'GET /api/v1/check': { query: Record<string, never>; gives: CheckStatus };
  'GET /api/v1/troubles': { query: { limit?: number; cursor?: string }; gives: WirePage<WireTrouble> };
  'GET /api/v1/corrections': {
    query: { subject?: string; kind?: string };
    gives: { items: WireCorrection[] };
  };
}

/** Requests that change state; they need a token or a same-origin session. */
export interface ApiChanges {
  'POST /api/v1/corrections': { body: CorrectionRequest; gives: WireCorrection };
  'DELETE /api/v1/corrections/{id}': { body: null; gives: WireCorrection };
  /** Starts the local check; its events come by `GET /api/v1/check/events` (SSE of CheckEvent). */
  'POST /api/v1/check': { body: { seconds?: number }; gives: CheckStatus };
  'DELETE /api/v1/check': { body: null; gives: CheckStatus };
  /** The checker's lines, as `patchtrail check --report` sends them. */
  'POST /api/v1/reports': { body: { lines: string[] }; gives: WireReport };
}
