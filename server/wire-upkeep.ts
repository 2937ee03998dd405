/**
 * Kernels, reports, sources, corrections and errors on the wire.
 *
 * Interfaces only; ./wire.ts says what they have in common and which route gives which.
 */
import type { Why, WireLanding } from './wire-series.ts';

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
  /** When it was last read to its end. */
  lastPulledMs: number | null;
  /** When that was last tried. */
  lastTriedMs: number | null;
  /** Tries in a row that failed. */
  failures: number;
  lastError: string;
  /** Arrival of its newest mail. */
  newestMs: number | null;
  /** How long that mail had been there before it was held; null for mail that was old when the source was new. */
  lagMs: number | null;
  /** How this server looks after it; null where it does not. */
  watch: {
    /** `polled`: it is asked from time to time; `lost`: the connection broke and is tried again. */
    state: 'watched' | 'polled' | 'lost';
    sinceMs: number | null;
    /** When it is asked or connected to again; null while it is watched. */
    nextMs: number | null;
  } | null;
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

/** What a page posts to correct a fact. */
export interface CorrectionRequest {
  kind: 'link' | 'unlink' | 'state' | 'point' | 'stance' | 'trailer';
  /** A posting, a series, or for the last three the mail that it was read from. */
  subject: string;
  /**
   * `link`: the posting it follows; `unlink`: the posting it does not follow; `state`: the state; `point`: its first line
   * and its status; `stance`: its kind and the one that is right; `trailer`: the one that was not given. `none` in place of
   * a status or kind says that there is no such thing.
   */
  value: string;
  reason: string;
}

/** What somebody changed. */
export interface WireAudit {
  atMs: number;
  by: string;
  /** The request, such as `POST /api/v1/corrections`, or the command. */
  action: string;
  subject: string;
  detail: unknown;
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
