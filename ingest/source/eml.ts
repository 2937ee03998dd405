/**
 * Eml source: mails and archive texts in files of their own, alone or loose in a folder.
 *
 * In: a file or a folder. Out: the mails in it, whatever the files are called; a file that is none is a
 * trouble. One source for all loose files of a folder: a row in the store for each would be too many. Mbox
 * files of the folder are sources of their own and passed over here.
 */
import { basename } from 'node:path';
import { fileCursor, type ListedFile, listFiles } from './file-list.ts';
import { readMailFile } from './mail-file.ts';
import type { Cursor, Source, SourceEvent } from './source.ts';
import { watchPaths } from './watch-paths.ts';

const progressStep = 100;

/** A source for the loose files of the folder at an absolute `path`. */
export function openLooseFiles(path: string, list: string): Source {
  return {
    kind: 'eml',
    location: path,
    list,
    watch: (signal) => watchPaths(async () => [path], signal),
    async *read(cursor, signal) {
      const files = await listFiles([path], cursor);
      for (const [index, file] of files.entries()) {
        if (signal?.aborted) return;
        if (index % progressStep === 0)
          yield { type: 'progress', done: index, total: files.length, unit: 'mails' };
        yield* readOne(file, list, fileCursor(file));
      }
      yield { type: 'progress', done: files.length, total: files.length, unit: 'mails' };
    },
  };
}

/** A source for one file with one mail at an absolute `path`. It is small, so it is always read again. */
export function openMailFile(path: string, list: string, kind: 'eml' | 'archive-text'): Source {
  return {
    kind,
    location: path,
    list,
    read: () => readOne({ path, name: basename(path) }, list, '{}'),
  };
}

async function* readOne(
  file: Pick<ListedFile, 'path' | 'name'>,
  list: string,
  cursor: Cursor,
): AsyncGenerator<SourceEvent> {
  const read = await readMailFile(file.path);
  const place = file.name;
  if (read.kind === 'mail') yield { type: 'mail', mail: { raw: read.raw, list, place }, cursor };
  else if (read.kind === 'trouble') yield { type: 'trouble', place, code: read.code, detail: read.detail };
}
