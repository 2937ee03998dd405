/**
 * Field selection: `?fields=title,author.name` gives these parts of an answer and no others.
 *
 * In a page of items the names are those of an item, and what belongs to the page (`next`, `count`) stays. A name that the
 * schema of the answer does not know is refused, so that a misspelt one is not taken for something that is not there.
 */
import { z } from 'zod';
import { UsageError } from '../../ingest/model/errors.ts';

/** Names within names: schemas that hold themselves must end somewhere. */
const deepest = 4;
const fieldsMost = 50;

export const fieldsParameter = z.string().max(1000).meta({
  description: 'Parts to give, with commas between them, such as `title,author.name`; all without it.',
});

/** A tree of names; one without any below it stands for all that it holds. */
interface Names {
  readonly [name: string]: Names;
}

type Json = { readonly [key: string]: unknown };

export class FieldSelection {
  readonly #known: Names;
  readonly #isPage: boolean;

  /** `gives` is the schema of whole answers. */
  constructor(gives: z.ZodType) {
    const schema = z.toJSONSchema(gives, { io: 'output', unrepresentable: 'any' }) as Json;
    const known = namesOf(schema, schema, 0);
    this.#isPage = known.items !== undefined && Object.keys(known.items).length > 0;
    this.#known = this.#isPage ? (known.items ?? {}) : known;
  }

  /** Gives what picks these fields of an answer. @throws UsageError for names that no answer has */
  read(fields: string): (answer: unknown) => unknown {
    const wanted = this.#read(fields);
    if (!this.#isPage) return (answer) => pick(answer, wanted);
    return (answer) => {
      const { items, ...rest } = answer as Json;
      return { items: pick(items, wanted), ...rest };
    };
  }

  #read(fields: string): Names {
    const paths = fields.split(',').map((path) => path.trim());
    if (paths.length > fieldsMost || paths.some((path) => !this.#knows(path.split('.')))) {
      throw new UsageError('A name in `fields` is none of this answer', {
        remedy: `It has: ${Object.keys(this.#known).join(', ')}. Parts of a part are written author.name.`,
      });
    }
    const wanted: Record<string, Names> = {};
    for (const path of paths) add(wanted, path.split('.'));
    return wanted;
  }

  #knows(path: readonly string[]): boolean {
    let at: Names | undefined = this.#known;
    for (const name of path) at = at && Object.hasOwn(at, name) ? at[name] : undefined;
    return at !== undefined;
  }
}

function add(names: Record<string, Names>, [first = '', ...rest]: readonly string[]): void {
  const isWhole = Object.hasOwn(names, first) && Object.keys(names[first] ?? {}).length === 0;
  if (isWhole) return;
  const below = { ...names[first] };
  if (rest.length > 0) add(below, rest);
  names[first] = rest.length > 0 ? below : {};
}

function pick(value: unknown, names: Names): unknown {
  if (Object.keys(names).length === 0) return value;
  if (Array.isArray(value)) return value.map((item) => pick(item, names));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => Object.hasOwn(names, key));
  return Object.fromEntries(entries.map(([key, item]) => [key, pick(item, names[key] ?? {})]));
}

/** The names that a JSON schema knows; through lists, alternatives and references. */
function namesOf(schema: Json, root: Json, depth: number): Names {
  if (depth > deepest) return {};
  const { $ref, properties, items, anyOf } = schema;
  if (typeof $ref === 'string') {
    const name = $ref.split('/').at(-1) ?? '';
    const found = (root.$defs as Json | undefined)?.[name];
    return found ? namesOf(found as Json, root, depth) : {};
  }
  if (Array.isArray(anyOf)) return Object.assign({}, ...anyOf.map((one: Json) => namesOf(one, root, depth)));
  if (typeof items === 'object' && items !== null) return namesOf(items as Json, root, depth);
  const known = Object.entries((properties ?? {}) as Json);
  return Object.fromEntries(known.map(([name, one]) => [name, namesOf(one as Json, root, depth + 1)]));
}
