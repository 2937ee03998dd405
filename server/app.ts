/**
 * App: all routes on one Hono, from parts that the caller hands in. No clock, port or process here, so a test asks it
 * directly. Listening is ./main.ts.
 *
 * Order matters: headers and the host check come first, so that they hold for errors too; then the API, then files and
 * pages, which take every other path.
 */
import { Hono } from 'hono';
import { PatchtrailError } from '../ingest/model/errors.ts';
import { compressAnswers } from './compress-answers.ts';
import { addMcp } from './mcp/http.ts';
import { addOpenApi } from './openapi.ts';
import { seeOwnWrites } from './own-writes.ts';
import { addPatchwork, isPatchworkPath } from './patchwork/all-routes.ts';
import { write } from './patchwork/answer.ts';
import { asRefusal } from './patchwork/refusal.ts';
import { presentProblem } from './present/problem.ts';
import { limitParts } from './rights/current.ts';
import { limitRate } from './rights/rate-limit.ts';
import { recogniseAsker } from './rights/recognise.ts';
import { addArchive } from './routes/archive/archive.ts';
import { auditRoutes } from './routes/audit.ts';
import { bundleRoutes } from './routes/bundles.ts';
import { checkRoutes } from './routes/check.ts';
import { correctionRoutes } from './routes/corrections.ts';
import { delegateRoutes } from './routes/delegates.ts';
import { digestRoutes } from './routes/digest.ts';
import { addDocs } from './routes/docs.ts';
import { factRoutes } from './routes/facts.ts';
import type { AnyRoute } from './routes/json-route.ts';
import { kernelRoutes } from './routes/kernels.ts';
import { addLiveEvents } from './routes/live.ts';
import { addLogin } from './routes/login.ts';
import { messageRoutes } from './routes/messages.ts';
import { addMetrics, measureAnswers } from './routes/metrics.ts';
import { addNative } from './routes/native.ts';
import { addPages, answerMissing } from './routes/pages.ts';
import type { ServerParts } from './routes/parts.ts';
import { peopleRoutes } from './routes/people.ts';
import { addRaw } from './routes/raw.ts';
import { reportRoutes } from './routes/reports.ts';
import { searchRoutes } from './routes/search.ts';
import { seriesRoutes } from './routes/series.ts';
import { sourceRoutes } from './routes/sources.ts';
import { statisticsRoutes } from './routes/statistics.ts';
import { statusRoutes } from './routes/status.ts';
import { threadRoutes } from './routes/threads.ts';
import { addWebFiles } from './routes/web-files.ts';
import { webhookRoutes } from './routes/webhooks.ts';
import { allowOrigins, checkHost, securityHeaders } from './security.ts';

const routes: readonly AnyRoute[] = [
  ...statusRoutes,
  ...seriesRoutes,
  ...messageRoutes,
  ...threadRoutes,
  ...digestRoutes,
  ...searchRoutes,
  ...factRoutes,
  ...peopleRoutes,
  ...statisticsRoutes,
  ...kernelRoutes,
  ...reportRoutes,
  addNative,
  ...checkRoutes,
  ...sourceRoutes,
  ...correctionRoutes,
  ...delegateRoutes,
  ...bundleRoutes,
  ...auditRoutes,
  ...webhookRoutes,
  addLiveEvents,
  addOpenApi,
  addDocs,
  addPatchwork,
  addMcp,
  addMetrics,
  addLogin,
  addRaw,
  addWebFiles,
  addArchive,
  addPages,
];

/** What was too busy or held by another program is mostly free again by then. */
const busySeconds = 5;

export function createApp(whole: ServerParts): Hono {
  const parts = limitParts(whole);
  const app = new Hono();
  if (parts.meters) app.use(measureAnswers(parts.meters));
  app.use(securityHeaders());
  app.use(compressAnswers());
  app.use(checkHost(parts.access));
  if (parts.hasFollowers) app.use(seeOwnWrites(whole.store));
  if (parts.access.corsOrigins?.length) app.use('/api/*', allowOrigins(parts.access.corsOrigins));
  app.use(recogniseAsker(whole));
  app.use(limitRate(parts.access, parts.nowMs));
  for (const add of routes) add(app, parts);
  app.onError((error, c) => {
    const problem = presentProblem(error);
    parts.meters?.failed(problem.code);
    if (isPatchworkPath(c.req.path)) return write(c, asRefusal(error, c.req.header('authorization')));
    if (problem.status >= 500 && !(error instanceof PatchtrailError)) {
      parts.log.error({ error, path: c.req.path }, 'request failed');
    }
    if (problem.status === 503) c.header('Retry-After', String(busySeconds));
    c.header('Content-Type', 'application/problem+json; charset=utf-8');
    c.header('Cache-Control', 'no-store');
    return c.body(JSON.stringify(problem), problem.status as 500);
  });
  app.notFound((c) => answerMissing(c, parts));
  return app;
}
