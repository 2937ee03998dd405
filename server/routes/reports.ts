/**
 * Reports: runs of the native checker, from this machine and from others.
 */
import type { Hono } from 'hono';
import { z } from 'zod';
import { NotFoundError } from '../../ingest/model/errors.ts';
import { keepReport } from '../check/keep-report.ts';
import { makeReport } from '../check/report.ts';
import { UsedSeals } from '../check/report-seal.ts';
import { reportRequestSchema, reportSchema } from '../openapi-status-schema.ts';
import { presentReport } from '../present/report.ts';
import { changes, noQuery, reads } from './json-route.ts';
import { nameParameter } from './page-query.ts';
import type { ServerParts } from './parts.ts';
import { requireSeal } from './report-guard.ts';

export const reportRoutes = [
  reads({
    name: 'GET /api/v1/reports',
    says: 'Reports of the native checker, newest first.',
    query: z.strictObject({ release: nameParameter.exactOptional(), machine: nameParameter.exactOptional() }),
    gives: z.object({ items: z.array(reportSchema) }),
    async answer({ store }, { query }) {
      return { items: (await store.getReports(query)).map(presentReport) };
    },
  }),
  reads({
    name: 'GET /api/v1/reports/{id}',
    says: 'One report.',
    query: noQuery,
    gives: reportSchema,
    async answer({ store }, { id }) {
      const report = await store.getReport(id);
      if (!report)
        throw new NotFoundError('There is no such report', { subject: id, remedy: 'See /api/v1/reports.' });
      return presentReport(report);
    },
  }),
  addReports,
];

function addReports(app: Hono, parts: ServerParts): void {
  const used = new UsedSeals();
  const row = changes({
    name: 'POST /api/v1/reports',
    says: 'Keeps a report that `patchtrail check --report` sends; one that is sealed and sent again is kept once.',
    body: reportRequestSchema,
    gives: reportSchema,
    isForOwnPage: false,
    // A machine that is checked needs no power over mail.
    scope: 'check',
    proves: (c, { nowMs }, { lines }) => requireSeal(c, used, lines, nowMs()),
    answer: async (place, { by, body }) =>
      presentReport(await keepReport(place, makeReport(body.lines, place.nowMs()), by)),
  });
  row(app, parts);
}
