/** The document at /openapi.json: it is what wire.ts says, and every route answers as it says. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import { makeReport } from '../../server/check/report.ts';
import type * as digest from '../../server/openapi-digest-schema.ts';
import type * as message from '../../server/openapi-message-schema.ts';
import type * as review from '../../server/openapi-review-schema.ts';
import type * as series from '../../server/openapi-series-schema.ts';
import type * as statistics from '../../server/openapi-statistics-schema.ts';
import type * as status from '../../server/openapi-status-schema.ts';
import type * as tracker from '../../server/openapi-tracker-schema.ts';
import type * as webhook from '../../server/openapi-webhook-schema.ts';
import type * as wire from '../../server/wire.ts';
import { idOf } from '../support/mail-text.ts';
import { runLines } from './checker-lines.ts';
import { hostileId, list, nowMs, seriesId } from './corpus.ts';
import { type ServerUnderTest, startServer } from './server-under-test.ts';

/** Interfaces that extend others are flattened, since only what they hold matters. */
type Flat<T> = T extends (infer Item)[]
  ? Flat<Item>[]
  : T extends object
    ? { [Key in keyof T]: Flat<T[Key]> }
    : T;
type IsSame<A, B> =
  (<T>() => T extends Flat<A> ? 1 : 2) extends <T>() => T extends Flat<B> ? 1 : 2 ? true : false;
type Same<Schema extends z.ZodType, Wire> = IsSame<z.infer<Schema>, Wire>;

/** Does not compile where a schema and its interface differ. */
const schemasAreTheWire: true[] = [
  true satisfies Same<typeof review.evidenceSchema, wire.WireEvidence>,
  true satisfies Same<typeof review.whySchema, wire.Why>,
  true satisfies Same<typeof review.trailerSchema, wire.WireTrailer>,
  true satisfies Same<typeof review.pointSchema, wire.WirePoint>,
  true satisfies Same<typeof review.stanceSchema, wire.WireStance>,
  true satisfies Same<typeof review.landingSchema, wire.WireLanding>,
  true satisfies Same<typeof series.checkCountsSchema, wire.CheckCounts>,
  true satisfies Same<typeof tracker.delegateSchema, wire.WireDelegate>,
  true satisfies Same<typeof tracker.delegateRequestSchema, wire.DelegateRequest>,
  true satisfies Same<typeof tracker.bundleSchema, wire.WireBundle>,
  true satisfies Same<typeof tracker.bundleDetailSchema, wire.BundleDetail>,
  true satisfies Same<typeof tracker.bundleRequestSchema, wire.BundleRequest>,
  true satisfies Same<typeof tracker.bundleChangeSchema, wire.BundleChange>,
  true satisfies Same<typeof series.seriesSummarySchema, wire.SeriesSummary>,
  true satisfies Same<typeof series.revisionSummarySchema, wire.RevisionSummary>,
  true satisfies Same<typeof series.gridCellSchema, wire.GridCell>,
  true satisfies Same<typeof series.lineageRowSchema, wire.LineageRow>,
  true satisfies Same<typeof series.seriesDetailSchema, wire.SeriesDetail>,
  true satisfies Same<typeof series.rangeDiffSchema, wire.RangeDiff>,
  true satisfies Same<typeof message.messageSummarySchema, wire.MessageSummary>,
  true satisfies Same<typeof message.messageDetailSchema, wire.MessageDetail>,
  true satisfies Same<typeof message.threadDetailSchema, wire.ThreadDetail>,
  true satisfies Same<typeof digest.threadDigestSchema, wire.ThreadDigest>,
  true satisfies Same<typeof message.searchAnswerSchema, wire.SearchAnswer>,
  true satisfies Same<typeof message.completionSchema, wire.Completion>,
  true satisfies Same<typeof message.patchDetailSchema, wire.PatchDetail>,
  true satisfies Same<typeof message.personDetailSchema, wire.PersonDetail>,
  true satisfies Same<typeof message.listSummarySchema, wire.ListSummary>,
  true satisfies Same<typeof statistics.statisticsSchema, wire.WireStatistics>,
  true satisfies Same<typeof status.kernelFixSchema, wire.KernelFix>,
  true satisfies Same<typeof status.reportSchema, wire.WireReport>,
  true satisfies Same<typeof status.checkStatusSchema, wire.CheckStatus>,
  true satisfies Same<typeof status.checkEventSchema, wire.CheckEvent>,
  true satisfies Same<typeof status.ingestStatusSchema, wire.IngestStatus>,
  true satisfies Same<typeof status.troubleSchema, wire.WireTrouble>,
  true satisfies Same<typeof review.correctionSchema, wire.WireCorrection>,
  true satisfies Same<typeof status.auditSchema, wire.WireAudit>,
  true satisfies Same<typeof status.liveEventSchema, wire.LiveEvent>,
  true satisfies Same<typeof status.problemSchema, wire.Problem>,
  true satisfies Same<typeof status.correctionRequestSchema, wire.CorrectionRequest>,
  true satisfies Same<typeof webhook.webhookSchema, wire.WireWebhook>,
  true satisfies Same<typeof webhook.madeWebhookSchema, wire.MadeWebhook>,
];

/** The first record of the store, so its number is 1. */
async function makeBundle({ store }: ServerUnderTest): Promise<void> {
  const patch = (await store.tracker.getNumbers([seriesId])).get(seriesId) ?? 0;
  const value = { name: 'next', owner: 9, list, isPublic: true, patches: [patch] };
  await store.tracker.addRecord('bundle', '9/next', value);
}

interface Operation {
  readonly parameters?: readonly {
    readonly in: string;
    readonly name: string;
    readonly required?: boolean;
  }[];
  readonly responses: Readonly<
    Record<string, { readonly content: Readonly<Record<string, { schema: object }>> }>
  >;
}

interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

/** Something that is held, for each kind of thing that a path or parameter names. */
const known: Readonly<Record<string, readonly string[]>> = {
  '/api/v1/series/{id}': [seriesId, idOf('report'), idOf('question')],
  '/api/v1/series/{id}/diff': [seriesId],
  '/api/v1/lineages/{id}': [seriesId, idOf('print2')],
  '/api/v1/messages/{id}': [seriesId, idOf('question'), hostileId],
  '/api/v1/patches/{id}': [seriesId, idOf('print2')],
  '/api/v1/threads/{id}': [seriesId, idOf('that-one'), hostileId],
  '/api/v1/threads/{id}/digest': [seriesId, idOf('that-one'), hostileId],
  '/api/v1/people/{address}': ['ada@example.org', 'bo@example.org'],
  '/api/v1/reports/{id}': [makeReport(runLines, nowMs).id],
  '/api/v1/bundles/{id}': ['1'],
  '/raw/{id}': [seriesId, hostileId],
};
const given: Readonly<Record<string, string>> = {
  from: 'v1',
  to: 'v2',
  q: 'strokes',
  caret: '1',
  subject: idOf('count2'),
};

describe('the document', () => {
  let server: ServerUnderTest;
  let document: Document;
  const reading = () =>
    Object.entries(document.paths).flatMap(([path, operations]) =>
      operations.get && !path.endsWith('/events') ? [{ path, operation: operations.get }] : [],
    );

  before(async () => {
    server = await startServer();
    await server.store.putReport(makeReport(runLines, nowMs));
    await makeBundle(server);
    document = await server.json('/openapi.json');
  });
  after(() => server.close());

  it('is OpenAPI 3.1 and names every route of the contract, and no other', () => {
    assert.equal(document.openapi, '3.1.0');
    assert.deepEqual(schemasAreTheWire, new Array(schemasAreTheWire.length).fill(true));
    const routes = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    assert.deepEqual(routes.sort(), [...contract, ...beside].sort());
  });

  it('is kept by every reading route for what is held', async () => {
    for (const { path, operation } of reading()) {
      for (const id of known[path] ?? ['']) {
        const answer = await server.ask(urlFor(path, id, operation));
        assert.equal(answer.status, 200, `${path} of ${id}`);
        await assertAsSaid(document, operation, answer, path);
      }
    }
  });

  it('is kept by every reading route for what is not held', async () => {
    for (const { path, operation } of reading().filter(({ path: one }) => one.includes('{'))) {
      const answer = await server.ask(urlFor(path, 'nobody@nowhere.example', operation));
      assert.equal(answer.status, 404, path);
      await assertAsSaid(document, operation, answer, path);
    }
  });

  it('is kept by every reading route whatever a stranger sends', async () => {
    const routes = reading();
    const word = fc.oneof(fc.string({ maxLength: 40, unit: 'binary' }), fc.constantFrom(...hostileWords));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...routes),
        word,
        word,
        fc.boolean(),
        async (route, id, value, isTwice) => {
          const names = (route.operation.parameters ?? []).filter((one) => one.in === 'query');
          const pairs = names.flatMap(({ name }) => Array(isTwice ? 2 : 1).fill([name, value]));
          const path = route.path.replace(/\{\w+\}/, () => encodeURIComponent(wellFormed(id)));
          const answer = await server.ask(`${path}?${new URLSearchParams(pairs)}`);
          // Nothing, and dots alone, make another address.
          if (['', '.', '..'].includes(id)) return;
          assert.ok([200, 400, 404].includes(answer.status), `${answer.status} ${path}`);
          await assertAsSaid(document, route.operation, answer, path);
        },
      ),
      { numRuns: Number(process.env.FC_RUNS ?? 300) },
    );
  });
});

const hostileWords = [
  '',
  '..',
  '../../etc/passwd',
  '%00',
  '\u0000',
  '<script>',
  "'; --",
  '"',
  '\ud800',
  'a'.repeat(3000),
];

/** Half of a surrogate pair is no URL. */
function wellFormed(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}

function urlFor(path: string, id: string, { parameters = [] }: Operation): string {
  const query = parameters.filter((one) => one.in === 'query' && one.required);
  const pairs = query.map(({ name }): [string, string] => [name, given[name] ?? '']);
  return `${path.replace(/\{\w+\}/, () => encodeURIComponent(id))}?${new URLSearchParams(pairs)}`;
}

async function assertAsSaid(document: Document, operation: Operation, answer: Response, path: string) {
  const said = operation.responses[answer.status];
  assert.ok(said, `${path} says nothing of ${answer.status}`);
  const media = answer.headers.get('content-type')?.split(';')[0] ?? '';
  const schema = said.content[media]?.schema;
  assert.ok(schema, `${path} does not give ${media} with ${answer.status}`);
  if (media === 'text/plain') return;
  const { schemas } = document.components;
  const whole = closed({ ...schema, $defs: schemas }) as z.core.JSONSchema.JSONSchema;
  const checked = z.fromJSONSchema(whole).safeParse(await answer.json());
  assert.deepEqual(checked.success ? [] : checked.error.issues, [], path);
}

/** The same schema with references that stand in it and no keys beside the ones it names. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema).map(([key, value]): [string, unknown] =>
    key === '$ref' ? [key, String(value).replace('#/components/schemas/', '#/$defs/')] : [key, closed(value)],
  );
  const isObject = 'properties' in schema && !('additionalProperties' in schema);
  return Object.fromEntries(isObject ? [...entries, ['additionalProperties', false]] : entries);
}

/** Every key, so that one that is missing or too many does not compile. */
const everyRoute: Readonly<Record<keyof wire.Api | keyof wire.ApiChanges, true>> = {
  'GET /api/v1/status': true,
  'GET /api/v1/lists': true,
  'GET /api/v1/series': true,
  'GET /api/v1/series/{id}': true,
  'GET /api/v1/series/{id}/diff': true,
  'GET /api/v1/patches/{id}': true,
  'GET /api/v1/lineages/{id}': true,
  'GET /api/v1/messages': true,
  'GET /api/v1/messages/{id}': true,
  'GET /api/v1/threads/{id}': true,
  'GET /api/v1/threads/{id}/digest': true,
  'GET /api/v1/search': true,
  'GET /api/v1/search/completions': true,
  'GET /api/v1/facts': true,
  'GET /api/v1/people': true,
  'GET /api/v1/people/{address}': true,
  'GET /api/v1/statistics': true,
  'GET /api/v1/kernels': true,
  'GET /api/v1/reports': true,
  'GET /api/v1/reports/{id}': true,
  'GET /api/v1/check': true,
  'GET /api/v1/troubles': true,
  'GET /api/v1/corrections': true,
  'GET /api/v1/delegates': true,
  'POST /api/v1/delegates': true,
  'GET /api/v1/bundles': true,
  'GET /api/v1/bundles/{id}': true,
  'POST /api/v1/bundles': true,
  'POST /api/v1/bundles/{id}': true,
  'DELETE /api/v1/bundles/{id}': true,
  'GET /api/v1/audit': true,
  'GET /api/v1/webhooks': true,
  'POST /api/v1/webhooks': true,
  'POST /api/v1/webhooks/{id}/resume': true,
  'DELETE /api/v1/webhooks/{id}': true,
  'POST /api/v1/corrections': true,
  'POST /api/v1/corrections/bulk': true,
  'DELETE /api/v1/corrections/{id}': true,
  'POST /api/v1/sources': true,
  'POST /api/v1/check': true,
  'DELETE /api/v1/check': true,
  'POST /api/v1/reports': true,
};
const contract = Object.keys(everyRoute);
/** Streams and files, which wire.ts has no types for. */
const beside = ['GET /api/v1/events', 'GET /api/v1/check/events', 'GET /raw/{id}'];
