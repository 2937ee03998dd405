/**
 * List names: what the name of a file or folder says of the list whose mails it holds.
 *
 * In: a path. Out: a name such as `io-uring`. Only where that is a custom: mbox files of archives and
 * public-inbox mirrors are named for their list, a maildir or a .eml is not.
 */
import { basename, dirname } from 'node:path';

/** `io-uring.mbox.gz` is of `io-uring`, and so is pipermail's `io-uring/2020-July.txt.gz`. */
export function mboxListName(path: string): string {
  const name = withoutEndings(path);
  // pipermail has a file for each month (or week, quarter, year), in a folder of the list's name.
  return /^\d{4}(?:-?(?:[A-Z][a-z]+|q[1-4]|\d+)|Week-of-.*)?\.txt$/.test(name)
    ? basename(dirname(path))
    : name;
}

function withoutEndings(path: string): string {
  return basename(path)
    .replace(/\.(?:gz|bz2|xz|zst)$/i, '')
    .replace(/\.(?:mbox|mboxrd|mboxo|mboxcl2?|mbx)$/i, '');
}

/** `io-uring`, `io-uring.git` and the epoch `io-uring/git/0.git` are all of `io-uring`. */
export function gitListName(path: string): string {
  const name = basename(path, '.git');
  if (/^\d+$/.test(name) && basename(dirname(path)) === 'git') return basename(dirname(dirname(path)));
  return name;
}
