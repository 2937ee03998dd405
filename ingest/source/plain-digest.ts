/**
 * Plain digest: the mails inside a digest that is one text (RFC 1153), as Mailman sends them to those who want no parts.
 *
 * In: the text of a mail. Out: the mails in it, as bytes; none where it is no such digest. A line of 70 hyphens ends the
 * contents, lines of 30 with a blank line on both sides part the mails, and `End of ... Digest` ends the whole. All of
 * that must be there: a mail that shows rulers is no digest. The text is decoded already, so what its mails said of
 * their encoding goes.
 */
import { limits } from '../model/limits.ts';

const contentsEnd = '-'.repeat(70);
const between = '-'.repeat(30);
/** Headers that digests keep. */
const headerLine =
  /^(?:From|To|Cc|Date|Subject|Message-ID|In-Reply-To|References|Reply-To|Content-Type|Content-Transfer-Encoding|MIME-Version): ?/i;
const aboutEncoding = /^(?:Content-|MIME-Version)/i;

export function readPlainDigest(text: string): Buffer[] {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const start = lines.indexOf(contentsEnd);
  const end = lines.findLastIndex(
    (line) => line.startsWith('End of ') && /digest/i.test(line.slice(0, limits.patternLine)),
  );
  if (start < 0 || end < start) return [];
  const mails: Buffer[] = [];
  let from = start + 1;
  for (let at = from; at < end && mails.length < limits.mimeParts; at++) {
    if (lines[at] !== between || lines[at - 1] !== '' || lines[at + 1] !== '') continue;
    const mail = readMail(lines.slice(from, at));
    if (mail) mails.push(mail);
    from = at + 1;
  }
  return mails;
}

/** A mail of its lines; undefined for the digest's footer, and for what has no sender or no time. */
function readMail(lines: readonly string[]): Buffer | undefined {
  const first = lines.findIndex((line) => headerLine.test(line));
  // Before the headers stands the number of the mail, at most.
  if (first < 0 || first > 4) return undefined;
  const blank = lines.indexOf('', first);
  if (blank < 0) return undefined;
  const headers = foldedHeaders(lines.slice(first, blank));
  const names = new Set(headers.map((header) => header.slice(0, header.indexOf(':')).toLowerCase()));
  if (!names.has('from') || !names.has('date')) return undefined;
  const kept = headers.filter((header) => !aboutEncoding.test(header));
  const encoding = [
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
  ];
  const body = lines
    .slice(blank + 1)
    .join('\n')
    .trimEnd();
  return Buffer.from(`${[...kept, ...encoding].join('\n')}\n\n${body}\n`);
}

/** Each header with the lines that go on with it. */
function foldedHeaders(lines: readonly string[]): string[] {
  const headers: string[] = [];
  for (const line of lines) {
    const isFolded = line.startsWith(' ') || line.startsWith('\t');
    if (isFolded && headers.length > 0) headers.push(`${headers.pop()}\n${line}`);
    else if (headerLine.test(line)) headers.push(line);
  }
  return headers;
}
