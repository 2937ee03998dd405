/**
 * Status schemas: kernels, reports, the local check, ingest status, corrections and problems of wire.ts, as zod says
 * them; and what changing requests may hold.
 */
import { z } from 'zod';
import { limits } from '../ingest/model/limits.ts';
import { landingSchema, time, whySchema } from './openapi-review-schema.ts';

const count = z.int().min(0);
const loose = z.record(z.string(), z.unknown());

export const kernelFixSchema = z
  .object({
    name: z.string(),
    title: z.string(),
    commit: z.string(),
    check: z.string(),
    introduced: z.string(),
    cells: z.array(
      z.object({
        release: z.string(),
        expected: z.enum(['fixed', 'broken', 'not-affected', 'unknown']),
        expectedWhy: whySchema.nullable(),
        measured: z.array(
          z.object({
            reportId: z.string(),
            machine: z.string(),
            verdict: z.string(),
            agrees: z.boolean().nullable(),
          }),
        ),
      }),
    ),
    landings: z.array(landingSchema),
  })
  .meta({ id: 'KernelFix' });

export const reportSchema = z
  .object({
    id: z.string(),
    receivedMs: time,
    release: z.string(),
    kernelVersion: z.string(),
    arch: z.string(),
    machine: z.string(),
    isVirtual: z.boolean(),
    verdict: z.string(),
    reason: z.string(),
    sentence: z.string(),
    checks: z.array(z.object({ name: z.string(), status: z.string(), reason: z.string(), evidence: loose })),
  })
  .meta({ id: 'Report' });

export const checkStatusSchema = z
  .object({ unavailable: z.string(), isRunning: z.boolean(), lastReport: reportSchema.nullable() })
  .meta({ id: 'CheckStatus' });

export const checkEventSchema = z
  .object({
    kind: z.enum(['building', 'line', 'done', 'failed', 'cancelled']),
    text: z.string(),
    line: loose.nullable(),
    report: reportSchema.nullable(),
  })
  .meta({ id: 'CheckEvent' });

export const ingestStatusSchema = z
  .object({
    isRunning: z.boolean(),
    sources: z.array(
      z.object({
        location: z.string(),
        kind: z.string(),
        list: z.string(),
        mails: count,
        lastPulledMs: time.nullable(),
        lastTriedMs: time.nullable(),
        failures: count,
        lastError: z.string(),
        newestMs: time.nullable(),
        lagMs: z.int().nullable(),
        watch: z
          .object({
            state: z.enum(['watched', 'polled', 'lost']),
            sinceMs: time.nullable(),
            nextMs: time.nullable(),
          })
          .nullable(),
        progress: z
          .object({
            done: count,
            total: count.nullable(),
            unit: z.string(),
            mailsPerSecond: z.number(),
            etaMs: z.number().nullable(),
          })
          .nullable(),
      }),
    ),
    waiting: z.record(z.string(), count),
    messages: count,
    rawMails: count,
    postings: count,
    series: count,
    facts: count,
    storeBytes: count,
    schema: count,
    engine: z.string(),
  })
  .meta({ id: 'IngestStatus' });

export const troubleSchema = z
  .object({
    messageId: z.string(),
    source: z.string(),
    place: z.string(),
    code: z.string(),
    detail: z.string(),
  })
  .meta({ id: 'Trouble' });

export const liveEventSchema = z
  .object({ sequence: count, atMs: time, kind: z.string(), subject: z.string() })
  .meta({ id: 'LiveEvent' });

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    remedy: z.string(),
    span: z.tuple([z.int(), z.int()]).exactOptional(),
  })
  .meta({ id: 'Problem' });

const id = z.string().min(1).max(limits.messageIdBytes);

export const correctionRequestSchema = z
  .strictObject({
    kind: z.enum(['link', 'unlink', 'state', 'point', 'stance', 'trailer']),
    subject: id,
    value: id,
    reason: z.string().max(2000),
  })
  .meta({ id: 'CorrectionRequest' });

export const correctionsRequestSchema = z
  .strictObject({ items: z.array(correctionRequestSchema).min(1).max(limits.pageRows) })
  .meta({ id: 'CorrectionsRequest' });

export const auditSchema = z
  .object({ atMs: z.number(), by: z.string(), action: z.string(), subject: z.string(), detail: z.unknown() })
  .meta({ id: 'Audit' });

export const checkRequestSchema = z
  .strictObject({ seconds: z.int().min(1).max(limits.checkSeconds).exactOptional() })
  .meta({ id: 'CheckRequest' });

export const reportRequestSchema = z
  .strictObject({ lines: z.array(z.string().max(limits.checkerLine)).min(1).max(limits.checkerLines) })
  .meta({ id: 'ReportRequest' });
