/**
 * Package root: the folder of Patchtrail's package, where native-check/, dist/web/ and ingest/kernels.toml are.
 *
 * Found by its package.json, since this file is run from the sources and also from a bundle that lies elsewhere.
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export function packageRoot(): string {
  const start = dirname(fileURLToPath(import.meta.url));
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'native-check'))) return folder;
    if (folder === dirname(folder)) return start;
  }
}
