/** The document at /openapi.json as linters look at it, and changing routes under whatever somebody sends to them. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import { idOf } from '../support/mail-text.ts';
import { ownPage, type ServerUnderTest, startServer } from './server-under-test.ts';

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: object;
}

interface Operation {
  readonly summary?: string;
  readonly operationId?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object }>> };
  readonly responses: Readonly<
    Record<string, { readonly description: string; readonly content?: Readonly<Record<string, object>> }>
  >;
}

interface Document {
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

/** Keys of an Operation Object of OpenAPI 3.1. */
const operationKeys = new Set([
  ...['tags', 'summary', 'description', 'externalDocs', 'operationId', 'parameters', 'requestBody'],
  ...['responses', 'callbacks', 'deprecated', 'security', 'servers'],
]);

/** These would run programs on the machine of the test. */
const notAsked = new Set(['/api/v1/check']);

describe('the document', () => {
  let server: ServerUnderTest;
  let document: Document;
  const operations = () =>
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    );
  before(async () => {
    server = await startServer();
    document = await server.json('/openapi.json');
  });
  after(() => server.close());

  it('has operations that say what they do, with no keys but those of the specification', () => {
    assert.notEqual(document.info.version, '');
    const ids = operations().flatMap(({ operation }) => operation.operationId ?? []);
    assert.equal(new Set(ids).size, ids.length, 'ids of operations are unique');
    for (const { path, method, operation } of operations()) {
      const name = `${method} ${path}`;
      assert.deepEqual(
        Object.keys(operation).filter((key) => !operationKeys.has(key)),
        [],
        name,
      );
      assert.match(operation.summary ?? '', /\.$/, name);
      assert.ok(
        Object.keys(operation.responses).every((status) => /^[1-5]\d\d$/.test(status)),
        name,
      );
      assert.ok(
        Object.values(operation.responses).every(({ description }) => description !== ''),
        name,
      );
    }
  });

  it('declares each part of a path once, as needed, and no other', () => {
    for (const { path, method, operation } of operations()) {
      const parts = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
      const declared = (operation.parameters ?? []).filter((one) => one.in === 'path');
      assert.deepEqual(declared.map(({ name }) => name).sort(), parts, `${method} ${path}`);
      assert.ok(
        declared.every(({ required, schema }) => required === true && schema !== undefined),
        `${method} ${path}`,
      );
    }
  });

  it('has references that lead somewhere, and no schema to which none leads', () => {
    const found = new Set(referencesIn(document));
    const known = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`);
    assert.deepEqual(
      [...found].filter((reference) => !known.includes(reference)),
      [],
    );
    assert.deepEqual(
      known.filter((reference) => !found.has(reference)),
      [],
    );
  });

  it('is kept by every changing route, whatever is sent to it', async () => {
    const changing = operations().filter(({ path, method }) => method !== 'get' && !notAsked.has(path));
    assert.ok(changing.length >= 6);
    const words = fc.constantFrom<unknown>(
      idOf('count'),
      idOf('count2'),
      'state',
      'new',
      'link',
      '',
      '\u0000',
      [],
      1,
    );
    const names = fc.constantFrom(
      'kind',
      'subject',
      'value',
      'reason',
      'items',
      'lines',
      'url',
      'lists',
      'x',
    );
    const body = fc.oneof(fc.dictionary(names, fc.oneof(words, fc.jsonValue())), fc.jsonValue());
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...changing), body, async ({ path, method, operation }, sent) => {
        const answer = await server.ask(path.replace(/\{\w+\}/, '7'), {
          method: method.toUpperCase(),
          headers: { ...ownPage, 'content-type': 'application/json' },
          ...(method === 'delete' ? {} : { body: JSON.stringify(sent) }),
        });
        const media = answer.headers.get('content-type')?.split(';')[0] ?? '';
        const said = operation.responses[answer.status];
        assert.ok(
          said?.content?.[media],
          `${method} ${path} gives ${answer.status} ${media}: ${await answer.text()}`,
        );
      }),
      { numRuns: Number(process.env.FC_RUNS ?? 200) },
    );
  });

  it('takes of each changing route what its schema says', async () => {
    const schema =
      document.paths['/api/v1/corrections']?.post?.requestBody?.content['application/json']?.schema;
    const closed = JSON.parse(
      JSON.stringify({ ...schema, $defs: document.components.schemas }).replaceAll(
        '#/components/schemas/',
        '#/$defs/',
      ),
    );
    const good = { kind: 'unlink', subject: idOf('count2'), value: idOf('count'), reason: '' };
    assert.ok(z.fromJSONSchema(closed).safeParse(good).success);
    const answer = await server.ask('/api/v1/corrections', {
      method: 'POST',
      headers: { ...ownPage, 'content-type': 'application/json' },
      body: JSON.stringify(good),
    });
    assert.equal(answer.status, 200);
  });
});

function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$ref' && typeof inner === 'string' ? [inner] : referencesIn(inner),
  );
}
