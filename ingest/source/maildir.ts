/**
 * Maildir source: a folder with `cur`, `new` and `tmp`, one file a mail.
 *
 * In: its path. Out: its mails in order of arrival. `tmp` holds mails that are still being written, so it is
 * left alone. Subfolders are sources of their own (./open.ts finds them). Order and cursor: ./file-list.ts
 */
import { join } from 'node:path';
import { fileCursor, listFiles } from './file-list.ts';
import { readMailFile } from './mail-file.ts';
import type { Cursor, Source, SourceEvent } from './source.ts';
import { watchPaths } from './watch-paths.ts';

const progressStep = 100;

/** A source for the maildir at an absolute `path`. */
export function openMaildir(path: string, list: string): Source {
  return {
    kind: 'maildir',
    location: path,
    list,
    read: (cursor, signal) => readMaildir(path, list, { cursor, signal }),
    watch: (signal) => watchPaths(async () => [join(path, 'cur'), join(path, 'new')], signal),
  };
}

async function* readMaildir(
  path: string,
  list: string,
  options: { readonly cursor: Cursor | null; readonly signal: AbortSignal | undefined },
): AsyncGenerator<SourceEvent> {
  const files = await listFiles([join(path, 'cur'), join(path, 'new')], options.cursor);
  for (const [index, file] of files.entries()) {
    if (options.signal?.aborted) return;
    if (index % progressStep === 0)
      yield { type: 'progress', done: index, total: files.length, unit: 'mails' };
    const read = await readMailFile(file.path, true);
    const place = file.name;
    if (read.kind === 'mail')
      yield { type: 'mail', mail: { raw: read.raw, list, place }, cursor: fileCursor(file) };
    else if (read.kind === 'trouble') yield { type: 'trouble', place, code: read.code, detail: read.detail };
  }
  yield { type: 'progress', done: files.length, total: files.length, unit: 'mails' };
}
