/**
 * Page preloads: the modules of the page that an address asks for, named in the shell, so that a browser fetches them
 * with the first script and not after it.
 *
 * Vite's manifest says which chunk a page is and what it needs. Without one nothing is named, and all works as well.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Place } from '../urls.ts';

const manifestSchema = z.record(
  z.string(),
  z.object({ file: z.string(), imports: z.array(z.string()).optional(), isEntry: z.boolean().optional() }),
);
type Manifest = z.infer<typeof manifestSchema>;

export type Preloads = (page: Place['page']) => string;

/** Lines for the head of the shell, by page. */
export function readPreloads(webRoot: string | null): Preloads {
  const path = webRoot === null ? '' : join(webRoot, 'manifest.json');
  if (path === '' || !existsSync(path)) return () => '';
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  const entry = Object.keys(manifest).find((name) => manifest[name]?.isEntry) ?? '';
  const first = filesOf(manifest, entry);
  const known = new Map<string, string>();
  return (page) => {
    const lines =
      known.get(page) ??
      [...filesOf(manifest, `pages/${page}.ts`)]
        .filter((file) => !first.has(file))
        .map((file) => `    <link rel="modulepreload" crossorigin href="/${file}">\n`)
        .join('');
    known.set(page, lines);
    return lines;
  };
}

/** A chunk's file and those of all that it imports. */
function filesOf(manifest: Manifest, name: string, found = new Set<string>()): Set<string> {
  const chunk = manifest[name];
  if (!chunk || found.has(chunk.file)) return found;
  found.add(chunk.file);
  for (const needed of chunk.imports ?? []) filesOf(manifest, needed, found);
  return found;
}
