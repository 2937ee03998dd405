/**
 * OpenAPI: the description of the own API at /openapi.json, made from the routes themselves.
 */
import type { Hono } from 'hono';
import { generateSpecs } from 'hono-openapi';
import { taggedJson } from './routes/json-route.ts';

export function addOpenApi(app: Hono): void {
  let document: Promise<object> | undefined;
  app.get('/openapi.json', async (c) => {
    document ??= generateSpecs(app, {
      documentation: {
        openapi: '3.1.0',
        info: {
          title: 'Patchtrail',
          version: '1',
          description:
            'Patches, their history and what became of them, read from mailing lists. Every inferred value carries a ' +
            '`Why` with the words that prove it. Errors are RFC 9457 problems. Changing requests need a token.',
        },
        components: {
          securitySchemes: {
            token: { type: 'http', scheme: 'bearer', description: 'A token of patchtrail.toml.' },
            page: {
              type: 'apiKey',
              in: 'header',
              name: 'X-Patchtrail-Session',
              description: 'The token that pages of this server carry.',
            },
          },
        },
      },
      defaultValidationErrorResponse: false,
    });
    return taggedJson(c, await document);
  });
}
