/**
 * Following maintainers: keeps what the MAINTAINERS files of the configured repositories say.
 *
 * Where one says something new, every series waits to be made anew: whom it is for may have changed.
 */
import { basename } from 'node:path';
import { parseMaintainers } from './analyse/maintainers-file.ts';
import type { RepositoryConfig } from './config-keys.ts';
import { limits } from './model/limits.ts';
import { runGit } from './source/git-process.ts';
import type { Store } from './store/store.ts';

const pageRows = 200;

/** A tree whose file says something new, and patterns in it that cannot be matched safely. */
export interface ChangedTree {
  readonly tree: string;
  readonly unread: readonly string[];
}

/** Gives the trees whose file changed. A repository without one, or that git cannot read, has none. */
export async function followMaintainers(
  store: Store,
  repositories: readonly RepositoryConfig[],
): Promise<ChangedTree[]> {
  const known = new Map((await store.getMaintainers()).map(({ tree, text }) => [tree, text]));
  const changed: ChangedTree[] = [];
  for (const { path, tree } of repositories) {
    const name = tree || basename(path).replace(/\.git$/, '');
    const { code, output } = await runGit(path, ['show', 'HEAD:MAINTAINERS']);
    const text = code === 0 && output.length <= limits.bodyBytes ? output : '';
    if (text === (known.get(name) ?? '')) continue;
    await store.putMaintainers({ tree: name, text });
    changed.push({ tree: name, unread: parseMaintainers(text).flatMap(({ unread }) => unread) });
  }
  if (changed.length > 0) await wakeAll(store);
  return changed;
}

async function wakeAll(store: Store): Promise<void> {
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page = await store.listSeries({}, 'oldest', { limit: pageRows, ...(cursor ? { cursor } : {}) });
    await store.markWaiting(
      'series',
      page.items.map(({ id }) => id),
    );
    cursor = page.next;
  }
}
