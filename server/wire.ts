/**
 * Wire: the JSON that the server gives and takes, as plain interfaces. Shared with web/ as types only.
 *
 * The zod schemas of the routes are proven equal to these by a type test. Times are ms since 1970. Ids are bare
 * Message-IDs. Every inferred value carries a Why, so that a page can show its words and let a person correct it.
 */

import type { ThreadDigest } from './wire-digest.ts';
import type {
  Completion,
  ListSummary,
  MessageDetail,
  MessageSummary,
  PatchDetail,
  PersonDetail,
  RangeDiff,
  SearchAnswer,
  ThreadDetail,
} from './wire-mail.ts';
import type {
  LineageRow,
  SeriesDetail,
  SeriesSummary,
  Why,
  WireCorrection,
  WirePage,
} from './wire-series.ts';
import type { WireStatistics } from './wire-statistics.ts';
import type {
  BundleChange,
  BundleDetail,
  BundleRequest,
  DelegateRequest,
  WireBundle,
  WireDelegate,
} from './wire-tracker.ts';
import type {
  CheckStatus,
  CorrectionRequest,
  IngestStatus,
  KernelFix,
  WireAudit,
  WireReport,
  WireTrouble,
} from './wire-upkeep.ts';
import type { MadeWebhook, WebhookRequest, WireWebhook } from './wire-webhook.ts';

export type * from './wire-digest.ts';
export type * from './wire-mail.ts';
export type * from './wire-series.ts';
export type * from './wire-statistics.ts';
export type * from './wire-tracker.ts';
export type * from './wire-upkeep.ts';
export type * from './wire-webhook.ts';

/** Every route of the own API: method and path, what it takes (query), what it gives. */
export interface Api {
  'GET /api/v1/status': { query: Record<string, never>; gives: IngestStatus };
  'GET /api/v1/lists': { query: Record<string, never>; gives: { items: ListSummary[] } };
  'GET /api/v1/series': {
    query: {
      list?: string;
      author?: string;
      person?: string;
      role?: 'author' | 'reviewer' | 'maintainer';
      turn?: string;
      state?: string;
      title?: string;
      /** Name of somebody who looks after a patch of its newest sending. */
      delegate?: string;
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
  /** What was decided and disputed in it, as spans of its own words, and what it points to. */
  'GET /api/v1/threads/{id}/digest': { query: Record<string, never>; gives: ThreadDigest };
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
  'GET /api/v1/statistics': {
    query: { list?: string; person?: string; dates?: string };
    gives: WireStatistics;
  };
  'GET /api/v1/kernels': { query: Record<string, never>; gives: { items: KernelFix[] } };
  'GET /api/v1/reports': { query: { release?: string; machine?: string }; gives: { items: WireReport[] } };
  'GET /api/v1/reports/{id}': { query: Record<string, never>; gives: WireReport };
  'GET /api/v1/check': { query: Record<string, never>; gives: CheckStatus };
  'GET /api/v1/troubles': { query: { limit?: number; cursor?: string }; gives: WirePage<WireTrouble> };
  'GET /api/v1/corrections': {
    query: { subject?: string; kind?: string };
    gives: { items: WireCorrection[] };
  };
  /** Who may be made to look after patches. */
  'GET /api/v1/delegates': { query: Record<string, never>; gives: { items: WireDelegate[] } };
  /** One's own bundles, and those that others share. */
  'GET /api/v1/bundles': { query: Record<string, never>; gives: { items: WireBundle[] } };
  'GET /api/v1/bundles/{id}': { query: Record<string, never>; gives: BundleDetail };
  'GET /api/v1/audit': { query: { limit?: number; cursor?: string }; gives: WirePage<WireAudit> };
  /** One's own; for who rules the site all. */
  'GET /api/v1/webhooks': { query: Record<string, never>; gives: { items: WireWebhook[] } };
}

/** Requests that change state; they need a token or a same-origin session. */
export interface ApiChanges {
  'POST /api/v1/corrections': { body: CorrectionRequest; gives: WireCorrection };
  /** Several at once: all are kept, or none. */
  'POST /api/v1/corrections/bulk': {
    body: { items: CorrectionRequest[] };
    gives: { items: WireCorrection[] };
  };
  'DELETE /api/v1/corrections/{id}': { body: null; gives: WireCorrection };
  /** All are changed, or none; what it gives can be taken back like any correction. */
  'POST /api/v1/delegates': { body: DelegateRequest; gives: { items: WireCorrection[] } };
  /** Adds patches to a bundle of that name, which is made where there is none. */
  'POST /api/v1/bundles': { body: BundleRequest; gives: BundleDetail };
  'POST /api/v1/bundles/{id}': { body: BundleChange; gives: BundleDetail };
  'DELETE /api/v1/bundles/{id}': { body: null; gives: BundleDetail };
  /** Adds a source, or pulls a known one now; only for pages of our own on this machine. */
  'POST /api/v1/sources': {
    body: { location: string; list: string };
    /** What it was opened as: a folder may hold several. */
    gives: { locations: string[] };
  };
  /** Starts the local check; its events come by `GET /api/v1/check/events` (SSE of CheckEvent). */
  'POST /api/v1/check': { body: { seconds?: number }; gives: CheckStatus };
  'DELETE /api/v1/check': { body: null; gives: CheckStatus };
  /** The answer alone holds the secret. */
  'POST /api/v1/webhooks': { body: WebhookRequest; gives: MadeWebhook };
  /** Tells one again that was given up. */
  'POST /api/v1/webhooks/{id}/resume': { body: Record<string, never>; gives: WireWebhook };
  'DELETE /api/v1/webhooks/{id}': { body: null; gives: WireWebhook };
  /** The checker's lines, as `patchtrail check --report` sends them. */
  'POST /api/v1/reports': { body: { lines: string[] }; gives: WireReport };
}
