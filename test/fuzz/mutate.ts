/**
 * Mutation: real mails made odd, as a stranger would who wants a parser to fall over.
 *
 * In: bytes of mails and a source of chance. Out: bytes that are almost mail. Each mail gets one to four changes, so
 * that most still reach the deeper readers.
 */

/** 0 to below 1. */
export type Chance = () => number;

/** A chain of chances (mulberry32): the same for the same seed. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One mail in two hundred may grow to the larger bound: what is quadratic shows there, and it costs as hundreds do. */
const longest = 24 * 1024;
const longestRarely = 256 * 1024;

/** Words that readers look for, in places where nobody expects them. */
const words = [
  '\n\n',
  '\r\n',
  '\r',
  '\0',
  '\n--',
  '\n-- \n',
  '\n---\n',
  '\n> ',
  '\n>>>>>>>>>>>>>>',
  '\n|',
  '\nFrom ',
  '\n>From ',
  '\ndiff --git a/x b/x\n',
  '\n--- a/x\n+++ b/x\n',
  '\n@@ -1,3 +1,4 @@\n',
  '\n@@ -1,999999999 +1,999999999 @@\n',
  '\n@@@ -1 -1 +1 @@@\n',
  '\nBinary files a/x and b/x differ\n',
  '\nGIT binary patch\nliteral 99999999\n',
  '\n\\ No newline',
  '\nrename from "\\377\\',
  '\nSubject: [PATCH v99 9/9] ',
  '\nRe: Re: Re: [PATCH ',
  '[',
  ']',
  '[[[[[[[[',
  '((((((((',
  '<<<<<<<<',
  '=?utf-8?q?=',
  '=?utf-8?b?////?=',
  '=?x?q?=3D=',
  '=C3=28',
  '=\n',
  'Content-Type: multipart/mixed; boundary="a"\n',
  'Content-Type: text/plain; charset=utf-7\n',
  'Content-Type: message/rfc822\n',
  'Content-Transfer-Encoding: base64\n',
  'Content-Transfer-Encoding: quoted-printable\n',
  'MIME-Version: 1.0\n',
  '\n--a\n',
  '\n--a--\n',
  'format=flowed; delsp=yes',
  '\nOn Mon, 1 Jan 2099 at 00:00, A <a@x> wrote:\n',
  '\nReviewed-by: ',
  '\nAcked-by: A <a@x> # ',
  '\nFixes: 0123456789ab ("',
  '\nCc: ',
  'Message-ID: <',
  'In-Reply-To: <a@b> <c@d> (',
  'References: ',
  '\nDate: Fri, 31 Feb 99999 25:61:61 +9999\n',
  '\u202e',
  '\u200b',
  '\ufeff',
  '\ud800',
  '𝒜',
  'Ａ',
  '\u0300'.repeat(40),
  '0'.repeat(400),
  '9'.repeat(40),
  '@',
  '@'.repeat(300),
  'https://lore.kernel.org/r/',
  'https://x/'.repeat(50),
  ' via ',
  ', ',
  ': ',
  '"',
  "'",
  '`',
  '\t\t\t\t',
  ' '.repeat(600),
  '-'.repeat(400),
];

/** One mail made odd; `other` lends it parts. */
export function mutate(mail: Buffer, other: Buffer, chance: Chance): Buffer {
  const bound = chance() < 0.005 ? longestRarely : longest;
  let bytes = mail;
  for (let left = 1 + Math.floor(chance() * 4); left > 0; left--) {
    const change = changes[Math.floor(chance() * changes.length)] ?? flipBytes;
    bytes = change(bytes, other, chance);
    if (bytes.length > bound) bytes = bytes.subarray(0, bound);
  }
  return bytes;
}

type Change = (bytes: Buffer, other: Buffer, chance: Chance) => Buffer;

const placeIn = (bytes: Buffer, chance: Chance) => Math.floor(chance() * (bytes.length + 1));

/** Early places are as likely as late ones, by orders of magnitude: headers are few bytes of a mail. */
const earlyIn = (bytes: Buffer, chance: Chance) => Math.floor((bytes.length + 1) ** chance()) - 1;

const flipBytes: Change = (bytes, _other, chance) => {
  const copy = Buffer.from(bytes);
  for (let left = 1 + Math.floor(chance() * 8); left > 0 && copy.length > 0; left--) {
    copy[Math.min(earlyIn(copy, chance), copy.length - 1)] = Math.floor(chance() * 256);
  }
  return copy;
};

const insertWord: Change = (bytes, _other, chance) => {
  const at = chance() < 0.5 ? earlyIn(bytes, chance) : placeIn(bytes, chance);
  const word = words[Math.floor(chance() * words.length)] ?? '';
  const times = chance() < 0.05 ? 1 + Math.floor(chance() * 2000) : 1;
  return Buffer.concat([bytes.subarray(0, at), Buffer.from(word.repeat(times)), bytes.subarray(at)]);
};

const cutOut: Change = (bytes, _other, chance) => {
  const at = placeIn(bytes, chance);
  const length = Math.floor(chance() ** 3 * bytes.length);
  return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
};

const cutShort: Change = (bytes, _other, chance) => bytes.subarray(0, placeIn(bytes, chance));

const repeatPart: Change = (bytes, _other, chance) => {
  const at = placeIn(bytes, chance);
  const part = bytes.subarray(at, at + 1 + Math.floor(chance() ** 3 * 4000));
  const times = 1 + Math.floor(chance() ** 4 * Math.min(5000, longestRarely / Math.max(part.length, 1)));
  return Buffer.concat([bytes.subarray(0, at), ...Array<Buffer>(times).fill(part), bytes.subarray(at)]);
};

const splice: Change = (bytes, other, chance) =>
  Buffer.concat([bytes.subarray(0, placeIn(bytes, chance)), other.subarray(placeIn(other, chance))]);

const borrow: Change = (bytes, other, chance) => {
  const at = placeIn(bytes, chance);
  const from = placeIn(other, chance);
  const part = other.subarray(from, from + Math.floor(chance() * 2000));
  return Buffer.concat([bytes.subarray(0, at), part, bytes.subarray(at)]);
};

/** Lines in another order: diffs, trailers and quotes torn apart. */
const shuffleLines: Change = (bytes, _other, chance) => {
  const lines = bytes.toString('latin1').split('\n');
  for (let left = 1 + Math.floor(chance() * 10); left > 0; left--) {
    const [line = ''] = lines.splice(Math.floor(chance() * lines.length), 1);
    lines.splice(Math.floor(chance() * lines.length), 0, line);
  }
  return Buffer.from(lines.join('\n'), 'latin1');
};

const quoteAll: Change = (bytes, _other, chance) => {
  const text = bytes.toString('latin1');
  const blank = text.indexOf('\n\n') + 2;
  const mark = '> '.repeat(1 + Math.floor(chance() ** 3 * 60));
  return Buffer.from(text.slice(0, blank) + text.slice(blank).replace(/^/gm, mark), 'latin1');
};

const joinLines: Change = (bytes) =>
  Buffer.from(bytes.toString('latin1').replace(/(?<!\n)\n(?!\n)/g, ' '), 'latin1');

const changes: readonly Change[] = [
  flipBytes,
  flipBytes,
  insertWord,
  insertWord,
  insertWord,
  cutOut,
  cutShort,
  repeatPart,
  splice,
  borrow,
  shuffleLines,
  quoteAll,
  joinLines,
];
