/**
 * Score: `npm run score -- [--truth DIR] [--corpora DIR]`. How right the linking is, on real lists; or, with
 * `--synthetic DIR`, on an invented one of which everything is known.
 *
 * Reads all lists into one new store, exports it and hands the export to a scorer with ground truth. None of the three is
 * in the repository; by default they are looked for beside the checkout.
 */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { exportLines } from '../../ingest/export.ts';
import { ingest } from '../../ingest/pipeline.ts';
import { openSources } from '../../ingest/source/open.ts';
import { openStore } from '../../ingest/store/open.ts';
import type { Store } from '../../ingest/store/store.ts';
import { createProgressView } from '../../server/cli/progress.ts';
import { processTerminal } from '../../server/cli/terminal.ts';
import { calibrationTable } from './calibration.ts';
import { syntheticTable } from './synthetic.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const beside = (path: string) => join(root, '../shared', path);

const { values } = parseArgs({
  options: {
    truth: { type: 'string', default: process.env.PATCHTRAIL_TRUTH ?? beside('truth') },
    corpora: { type: 'string', default: process.env.PATCHTRAIL_CORPORA ?? beside('corpora') },
    scorer: { type: 'string', default: process.env.PATCHTRAIL_SCORER ?? beside('tools/score.mjs') },
    /** Only lists whose file name contains this. */
    only: { type: 'string', default: '' },
    /** Git repositories that hold what the lists carried, as `tree=path`. */
    tree: { type: 'string', multiple: true, default: [] as string[] },
    /** A folder with `all.mboxrd` and `truth.jsonl` of an invented list, scored instead of the real ones. */
    synthetic: { type: 'string' },
    /** Where the scorer writes what went wrong. */
    misses: { type: 'string' },
    /** Where store and export stay; without it they are thrown away. */
    keep: { type: 'string' },
  },
});
const terminal = processTerminal(root);

const needed =
  values.synthetic === undefined
    ? [values.corpora, values.truth, values.scorer]
    : [join(values.synthetic, 'all.mboxrd'), join(values.synthetic, 'truth.jsonl')];
for (const path of needed) {
  if (existsSync(path)) continue;
  terminal.tell(`score: there is nothing at ${path}. Name it: --corpora DIR, --truth DIR, --scorer FILE.`);
  process.exit(2);
}

const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'patchtrail-score-'));
try {
  await (values.synthetic === undefined ? scoreLists() : scoreSynthetic(values.synthetic));
} finally {
  if (values.keep === undefined) rmSync(folder, { recursive: true, force: true });
}

async function scoreLists(): Promise<void> {
  const files = readdirSync(values.corpora)
    .filter((name) => /\.mbox(\.gz)?$/.test(name) && name.includes(values.only))
    .sort()
    .map((name) => join(values.corpora, name));
  const exported = join(folder, 'export.jsonl');
  await withStore(files, async (store) => {
    const file = createWriteStream(exported);
    for await (const line of exportLines(store)) {
      if (!file.write(`${line}\n`)) await once(file, 'drain');
    }
    file.end();
    await once(file, 'finish');
    for (const line of await calibrationTable(store, values.truth)) terminal.tell(line);
  });
  const args = [values.scorer, '--truth', values.truth, '--export', exported];
  if (values.misses) args.push('--misses', values.misses);
  process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1;
}

async function scoreSynthetic(corpus: string): Promise<void> {
  await withStore([join(corpus, 'all.mboxrd')], async (store) => {
    for (const line of await syntheticTable(corpus, exportLines(store))) terminal.tell(line);
  });
}

/** Ingests the files into a new store and gives it away for a while. */
async function withStore(files: readonly string[], use: (store: Store) => Promise<void>): Promise<void> {
  const sources = (await Promise.all(files.map((file) => openSources(file)))).flat();
  const store = await openStore(join(folder, 'score.db'));
  const view = createProgressView(terminal, false);
  const startedMs = Date.now();
  try {
    const onProgress = view.update.bind(view);
    const result = await ingest({
      store,
      sources,
      trees: values.tree.map((text) => {
        const [tree = '', path = ''] = text.split('=');
        return { tree, path };
      }),
      nowMs: Date.now,
      onProgress,
      signal: terminal.signal,
    });
    view.finish();
    for (const { error } of result.failed) terminal.tell(`score: ${error.message}`);
    const seconds = (Date.now() - startedMs) / 1000;
    const rate = Math.round((result.added + result.known + result.joined) / seconds);
    terminal.tell(
      `${result.added} mails of ${files.length} lists in ${seconds.toFixed(0)} s (${rate} a second)`,
    );
    await use(store);
  } finally {
    view.finish();
    await store.close();
  }
}
