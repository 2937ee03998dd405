/**
 * Message schemas: messages, threads, patches, search answers, people and lists of wire.ts, as zod says them.
 */
import { z } from 'zod';
import { personNameSchema, pointSchema, time, whySchema } from './openapi-review-schema.ts';
import { gridCellSchema, seriesSummarySchema } from './openapi-series-schema.ts';

const count = z.int().min(0);
const line = z.int().min(-1);

export const messageSummarySchema = z
  .object({
    messageId: z.string(),
    subject: z.string(),
    from: personNameSchema,
    sortMs: time,
    lists: z.array(z.string()),
    thread: z.string(),
    parent: z.string().nullable(),
    parentIsGuess: z.boolean(),
    isPosting: z.boolean(),
    sizeBytes: count,
  })
  .meta({ id: 'MessageSummary' });

export const quoteSchema = z
  .object({
    start: line,
    end: line,
    depth: count,
    source: z.string().nullable(),
    sourceStart: line,
    sourceEnd: line,
    author: personNameSchema.nullable(),
    confidence: z.number(),
  })
  .meta({ id: 'Quote' });

export const messageDetailSchema = messageSummarySchema
  .extend({
    to: z.array(personNameSchema),
    cc: z.array(personNameSchema),
    dateText: z.string(),
    body: z.array(z.string()),
    quotes: z.array(quoteSchema),
    diff: z.object({ start: line, end: line }).nullable(),
    attachments: z.array(
      z.object({
        filename: z.string(),
        contentType: z.string(),
        sizeBytes: count,
        text: z.string().nullable(),
      }),
    ),
    troubles: z.array(z.object({ code: z.string(), detail: z.string() })),
    appearances: z.array(z.object({ list: z.string(), source: z.string(), arrivedMs: time.nullable() })),
    copies: count,
    series: z.string().nullable(),
    revision: z.string().nullable(),
    trailersGiven: z.array(z.object({ name: z.string(), value: z.string(), messageId: z.string() })),
    points: z.array(pointSchema),
    headers: z.array(z.object({ name: z.string(), value: z.string() })),
  })
  .meta({ id: 'MessageDetail' });

export const threadDetailSchema = z
  .object({
    id: z.string(),
    subject: z.string(),
    nodes: z.array(
      z.object({
        messageId: z.string(),
        message: messageSummarySchema.nullable(),
        depth: count,
        parent: z.string().nullable(),
      }),
    ),
    messages: z.array(messageDetailSchema),
    offset: count,
    nextOffset: count.nullable(),
  })
  .meta({ id: 'ThreadDetail' });

export const searchAnswerSchema = z
  .object({
    items: z.array(
      z.object({
        message: messageSummarySchema,
        series: z.string().nullable(),
        lines: z.array(z.object({ line, text: z.string(), marks: z.array(z.tuple([z.int(), z.int()])) })),
      }),
    ),
    next: z.string().nullable(),
    understood: z.string(),
    count,
    countIsExact: z.boolean(),
  })
  .meta({ id: 'SearchAnswer' });

export const completionSchema = z
  .object({ insert: z.string(), help: z.string(), example: z.string() })
  .meta({ id: 'Completion' });

export const diffFileSchema = z
  .object({
    path: z.string(),
    oldPath: z.string(),
    status: z.string(),
    added: count,
    removed: count,
    hunks: z.array(
      z.object({
        header: z.string(),
        lines: z.array(
          z.object({
            kind: z.enum(['+', '-', ' ']),
            text: z.string(),
            words: z.array(z.tuple([count, count])),
            oldLine: line.nullable(),
            newLine: line.nullable(),
            bodyLine: line,
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'DiffFile' });

export const checkSchema = z
  .object({
    context: z.string(),
    state: z.enum(['pending', 'success', 'warning', 'fail']),
    description: z.string(),
    url: z.string(),
    by: z.string(),
    atMs: time,
  })
  .meta({ id: 'Check' });

export const patchDetailSchema = z
  .object({
    message: messageDetailSchema,
    cell: gridCellSchema,
    checks: z.array(checkSchema),
    delegate: z.string(),
    files: z.array(diffFileSchema),
    isCorrupt: z.boolean(),
  })
  .meta({ id: 'PatchDetail' });

export const personDetailSchema = z
  .object({
    address: z.string(),
    name: z.string(),
    messages: count,
    postings: count,
    series: count,
    trailersGiven: count,
    firstMs: time,
    lastMs: time,
    openTurns: z.array(seriesSummarySchema),
    recentSeries: z.array(seriesSummarySchema),
    recentMessages: z.array(messageSummarySchema),
  })
  .meta({ id: 'PersonDetail' });

export const listSummarySchema = z
  .object({
    name: z.string(),
    messages: count,
    postings: count,
    series: count,
    firstMs: time,
    lastMs: time,
  })
  .meta({ id: 'ListSummary' });

export const factSchema = z
  .object({ kind: z.string(), value: z.unknown(), why: whySchema })
  .meta({ id: 'Fact' });
