/**
 * Mbox separators: is this `From ` line the start of a mail?
 *
 * In: bytes and the offset of a line that begins with `From `. Out: yes, no, or that more bytes are needed.
 * A mail's text can hold such lines (mboxcl2 and careless writers do not escape them), so the line must carry
 * a time and a year, and a header must follow it. Lines of `git format-patch` look just like that and are
 * often pasted into mails: they count only where the file itself is made of them.
 */

export type SeparatorAnswer = 'yes' | 'no' | 'more';

/** Longest separator looked at; a real one has below 200 bytes. */
const longestLine = 500;
/** Longest header name looked for behind it. */
const longestName = 120;
const newline = 0x0a;

/** Looks at the line that starts at `at`. `isEnd`: no bytes will follow those given. */
export function isSeparatorAt(bytes: Buffer, at: number, isEnd: boolean): SeparatorAnswer {
  if (bytes.toString('latin1', at, at + 5) !== 'From ')
    return bytes.length - at < 5 && !isEnd ? 'more' : 'no';
  const lineEnd = bytes.subarray(at, at + longestLine).indexOf(newline);
  if (lineEnd < 0) return !isEnd && bytes.length - at < longestLine ? 'more' : 'no';
  const line = bytes.toString('latin1', at + 5, at + lineEnd);
  if (!/\d{1,2}:\d{2}/.test(line) || !/\d{4}/.test(line)) return 'no';
  return startsWithHeader(bytes, at + lineEnd + 1, isEnd);
}

/** True for the separators that git format-patch writes: `From <sha> Mon Sep 17 00:00:00 2001`. */
export function isGitSeparator(bytes: Buffer, at: number): boolean {
  return /^From [0-9a-f]{40,64} Mon Sep 17 00:00:00 2001/.test(bytes.toString('latin1', at, at + 120));
}

/** True for the separators of public-inbox and b4, whose mboxes escape every `From ` line of a mail. */
export function isMboxrdSeparator(bytes: Buffer, at: number): boolean {
  return /^From (?:mboxrd|git)@z /.test(bytes.toString('latin1', at, at + 20));
}

function startsWithHeader(bytes: Buffer, at: number, isEnd: boolean): SeparatorAnswer {
  for (let index = at; index < at + longestName; index++) {
    const code = bytes[index];
    if (code === undefined) return isEnd ? 'no' : 'more';
    if (code === 0x3a) return index > at ? 'yes' : 'no';
    // A second `From ` line, escaped or not, stands at the top of mails that went through several mboxes.
    if (code === 0x20) return /^>?From /.test(bytes.toString('latin1', at, at + 6)) ? 'yes' : 'no';
    if (code < 0x21 || code > 0x7e) return 'no';
  }
  return 'no';
}
