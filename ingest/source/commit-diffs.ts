/**
 * Commit diffs: patch ids of many commits, from one `git diff-tree` that is asked for one after the other.
 *
 * In: a repository and commits. Out: of each commit its ids: of the diff with renames told, and where there are any
 * also of the one without, since people send both. The ids are our own (../patch/patch-id.ts), so they equal those of
 * mails whichever git is installed. Diffs longer than a mail can be are passed over.
 */
import { limits } from '../model/limits.ts';
import { patchId } from '../patch/patch-id.ts';
import { readGitChunks } from './git-process.ts';

/** Every option that a site's settings could change is said. */
const common = [
  'diff-tree',
  '--stdin',
  '--root',
  '--always',
  '-r',
  '-p',
  '--full-index',
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
  '--diff-algorithm=myers',
  '--src-prefix=a/',
  '--dst-prefix=b/',
];

/** Ids of commits, in the order asked. @throws SourceError where git fails */
export async function* readPatchIds(
  folder: string,
  shas: readonly string[],
): AsyncGenerator<{ readonly sha: string; readonly patchIds: readonly string[] }> {
  const renamed: string[] = [];
  const told = new Map<string, string>();
  for await (const { sha, text } of readDiffs(folder, [...common, '--find-renames'], shas)) {
    const id = text === undefined ? null : patchId(text);
    if (text?.includes('\nrename from ')) {
      renamed.push(sha);
      if (id !== null) told.set(sha, id);
    } else yield { sha, patchIds: id === null ? [] : [id] };
  }
  if (renamed.length === 0) return;
  for await (const { sha, text } of readDiffs(folder, [...common, '--no-renames'], renamed)) {
    const id = text === undefined ? null : patchId(text);
    yield { sha, patchIds: [...new Set([told.get(sha), id].filter((one) => one != null))] };
  }
}

/** Diffs by commit; without text where it is too long. A line that is a whole id begins one: none of a diff is that. */
async function* readDiffs(
  folder: string,
  args: readonly string[],
  shas: readonly string[],
): AsyncGenerator<{ readonly sha: string; readonly text: string | undefined }> {
  let sha = '';
  let lines: string[] = [];
  let bytes = 0;
  let rest = '';
  const ended = () => ({
    sha,
    text: bytes > limits.mailBytes ? undefined : decode(lines.join('\n')),
  });
  for await (const chunk of readGitChunks(folder, args, `${shas.join('\n')}\n`)) {
    const parts = (rest + chunk.toString('latin1')).split('\n');
    rest = parts.pop() ?? '';
    for (const line of parts) {
      if ((line.length === 40 || line.length === 64) && /^[0-9a-f]+$/.test(line)) {
        if (sha !== '') yield ended();
        sha = line;
        lines = [];
        bytes = 0;
      } else {
        bytes += line.length + 1;
        if (bytes <= limits.mailBytes) lines.push(line);
        else lines = [];
      }
    }
  }
  if (sha !== '') yield ended();
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Bytes as mails would be decoded: UTF-8, else Latin-1. */
function decode(latin1: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is what is asked for.
  if (/^[\x00-\x7f]*$/.test(latin1)) return latin1;
  try {
    return utf8.decode(Buffer.from(latin1, 'latin1'));
  } catch {
    // Not UTF-8: Latin-1 is what is left.
    return latin1;
  }
}
