/**
 * Mboxrd: a mail as one entry of an mbox, as public-inbox writes it.
 *
 * In: the mail as received. Out: the same bytes behind a separator, each `From ` at the start of a line (quoted or not)
 * with one `>` more. Nothing else is changed, since signatures over the mail must hold; only the headers that an mbox
 * reader takes for its own marks are left out.
 */

const separator = 'From mboxrd@z Thu Jan  1 00:00:00 1970';
/** Headers that mbox readers take for length and state, each with its folded lines. */
const boxHeaders = /^(?:lines|bytes|content-length|status):.*\n(?:[ \t].*\n)*/gim;
const strayFrom = /^>?From .*\n/;

/** One entry, with the empty line behind it. */
export function mboxrdEntry(raw: Uint8Array): Buffer {
  // Latin-1 keeps each byte as one character.
  const text = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString('latin1');
  const bodyStart = startOfBody(text);
  const headers = text.slice(0, bodyStart).replace(strayFrom, '').replace(boxHeaders, '');
  const body = text.slice(bodyStart).replace(/^(?=>*From )/gm, '>');
  const lineEnd = /^[^\n]*\r\n/.test(headers) ? '\r\n' : '\n';
  return Buffer.from(`${separator}${lineEnd}${headers}${body}\n`, 'latin1');
}

/** Behind the first empty line; the end where there is none. */
function startOfBody(text: string): number {
  if (text.startsWith('\n')) return 1;
  const at = text.indexOf('\n\n');
  const crlf = text.indexOf('\n\r\n');
  if (at < 0 && crlf < 0) return text.length;
  return crlf >= 0 && (at < 0 || crlf < at) ? crlf + 3 : at + 2;
}

/** `Re: [PATCH 1/2] x: y` as the name of a file, as public-inbox does: `PATCH-1-2-x-y`. */
export function subjectFileName(subject: string): string {
  const name = subject
    .replace(/^re:\s+/i, '')
    .replace(/[^A-Za-z0-9_.]+/g, '-')
    .replace(/^[.-]+|[.-]+$/g, '')
    .slice(0, 200);
  return name === '' ? 'no-subject' : name;
}
