/**
 * Docs: the API as a page for people at /docs, made from the document that programs read. One plain file: no script, no
 * style, nothing from elsewhere.
 */
import type { Hono } from 'hono';

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
}

interface Operation {
  readonly summary?: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema?: Schema;
  }[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<
    Record<
      string,
      {
        readonly description?: string;
        readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
      }
    >
  >;
}

interface Document {
  readonly info: { readonly title: string; readonly description: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

export function addDocs(app: Hono): void {
  app.get('/docs', async (c) => {
    const document = (await (await app.request(new URL('/openapi.json', c.req.url))).json()) as Document;
    c.header('Cache-Control', 'private, no-cache');
    return c.html(renderDocs(document));
  });
}

/** The whole page. */
export function renderDocs({ info, paths, components }: Document): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) =>
      renderOperation(method.toUpperCase(), path, operation),
    ),
  );
  const schemas = Object.entries(components.schemas).map(([name, schema]) => renderSchema(name, schema));
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(info.title)}: API</title></head>
<body>
<main>
<h1>${escapeHtml(info.title)}: API</h1>
<p>${escapeHtml(info.description)}</p>
<p>Programs read <a href="/openapi.json">/openapi.json</a>. Programs for Patchwork find its REST API at <code>/api/1.3/</code>,
language models their tools at <code>/mcp</code>.</p>
<h2>Requests</h2>
${operations.join('\n')}
<h2>Shapes</h2>
${schemas.join('\n')}
</main>
</body>
</html>
`;
}

function renderOperation(method: string, path: string, operation: Operation): string {
  const rows = (operation.parameters ?? []).map(
    ({ name, in: place, required, schema }) =>
      `<li><code>${escapeHtml(name)}</code> (${escapeHtml(place)}${required ? ', needed' : ''}): ${typeText(schema)}</li>`,
  );
  const body = Object.entries(operation.requestBody?.content ?? {}).map(
    ([media, { schema }]) => `<p>Takes ${escapeHtml(media)}: ${typeText(schema)}</p>`,
  );
  const answers = Object.entries(operation.responses).map(([status, { description = '', content = {} }]) => {
    const given = Object.entries(content).map(
      ([media, { schema }]) => `${escapeHtml(media)} ${typeText(schema)}`,
    );
    return `<li>${escapeHtml(status)}: ${escapeHtml(description)}${given.length > 0 ? `; ${given.join(', ')}` : ''}</li>`;
  });
  return `<section>
<h3><code>${escapeHtml(method)} ${escapeHtml(path)}</code></h3>
<p>${escapeHtml(operation.summary ?? '')}</p>
${rows.length > 0 ? `<ul>${rows.join('')}</ul>` : ''}${body.join('')}
<ul>${answers.join('')}</ul>
</section>`;
}

function renderSchema(name: string, schema: Schema): string {
  const needed = new Set(schema.required ?? []);
  const rows = Object.entries(schema.properties ?? {}).map(
    ([field, type]) =>
      `<tr><th scope="row"><code>${escapeHtml(field)}</code></th><td>${typeText(type)}${needed.has(field) ? '' : ', may be absent'}</td></tr>`,
  );
  const table = rows.length > 0 ? `<table>${rows.join('')}</table>` : `<p>${typeText(schema)}</p>`;
  return `<section id="${escapeHtml(name)}"><h3>${escapeHtml(name)}</h3>${table}</section>`;
}

function typeText(schema: Schema | undefined): string {
  if (!schema) return 'anything';
  if (schema.$ref !== undefined) {
    const name = escapeHtml(schema.$ref.split('/').at(-1) ?? '');
    return `<a href="#${name}">${name}</a>`;
  }
  if (schema.enum)
    return schema.enum.map((value) => `<code>${escapeHtml(String(value))}</code>`).join(' or ');
  if (schema.const !== undefined) return `<code>${escapeHtml(String(schema.const))}</code>`;
  if (schema.anyOf) return schema.anyOf.map(typeText).join(' or ');
  if (schema.type === 'array') return `list of ${typeText(schema.items)}`;
  if (schema.type === 'object' && schema.properties) {
    return `{ ${Object.entries(schema.properties)
      .map(([name, type]) => `${escapeHtml(name)}: ${typeText(type)}`)
      .join(', ')} }`;
  }
  const said = schema.description ? ` (${escapeHtml(schema.description)})` : '';
  return `${escapeHtml([schema.type ?? 'anything'].flat().join(' or '))}${said}`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
