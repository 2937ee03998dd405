/** Our reading of every mail of the corpora, held against mailparser's. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser';
import { parseMessage } from '../../ingest/mail/mime.ts';
import type { Address, Message } from '../../ingest/model/message.ts';
import { corporaOptions, corpusMails, corpusNames, oddMails } from '../support/corpora.ts';

interface Difference {
  readonly field: string;
  readonly ours: string;
  readonly theirs: string;
  readonly message: Message;
  readonly raw: Buffer;
}

/** Differences that are meant, with the reason; each must occur, or it has no business here. */
const allowed: Readonly<Record<string, (one: Difference) => boolean>> = {
  'a mail inside a mail is an attachment to us, words of the body to mailparser': ({ field, message }) =>
    /^(?:body|attachments)$/.test(field) && hasPart(message, 'message/rfc822'),
  'HTML is made text (mailparser was told not to, its own way of joining parts differs)': ({
    field,
    message,
  }) => field === 'body' && hasTrouble(message, 'html-only'),
  'bytes that are not what the charset says are read as Latin-1, mailparser gives U+FFFD': ({
    field,
    message,
    theirs,
  }) =>
    field === 'body' && theirs.includes('\uFFFD') && hasTrouble(message, 'charset-missing', 'charset-wrong'),
  'blanks at line ends stay in quoted-printable, mailparser drops them': ({ field, ours, theirs, raw }) =>
    field === 'body' &&
    /^content-transfer-encoding: *quoted-printable/im.test(raw.toString('latin1')) &&
    ours.replace(/[ \t]+$/gm, '') === theirs.replace(/[ \t]+$/gm, ''),
  'a subject longer than the limit is cut': ({ field, message }) =>
    field === 'subject' && hasTrouble(message, 'subject-long'),
  'an address without name and address is left out': ({ field, theirs }) =>
    field === 'to' && theirs.split(', ').includes(' <>'),
  'application/octet-stream stays that, mailparser guesses by the file name': ({ field, ours, theirs }) =>
    field === 'attachments' && ours.includes('application/octet-stream') && sizes(ours) === sizes(theirs),
};

test('our reading of every mail agrees with mailparser', corporaOptions, async (t) => {
  const unexplained: string[] = [];
  const used = new Map(Object.keys(allowed).map((rule) => [rule, 0]));
  let mails = 0;
  for (const [place, raw] of everyMail()) {
    mails++;
    for (const difference of await compare(raw)) {
      const rule = Object.keys(allowed).find((name) => allowed[name]?.(difference));
      if (rule) used.set(rule, (used.get(rule) ?? 0) + 1);
      else unexplained.push(`${place} ${difference.field}: ${excerpt(difference)}`);
    }
  }
  for (const [rule, count] of used) t.diagnostic(`${count}: ${rule}`);
  t.diagnostic(`${mails} mails`);
  assert.deepEqual(unexplained, []);
  assert.deepEqual(
    [...used].filter(([, count]) => count === 0).map(([rule]) => rule),
    [],
  );
});

function* everyMail(): Generator<[place: string, raw: Buffer]> {
  yield* oddMails();
  for (const name of corpusNames()) {
    for (const [index, raw] of corpusMails(name).entries()) yield [`${name} #${index}`, raw];
  }
}

async function compare(raw: Buffer): Promise<Difference[]> {
  const message = await parseMessage(raw);
  // Same length, so that nothing moves: mailparser would unfold format=flowed.
  const fixed = Buffer.from(
    raw.toString('latin1').replace(/format=("?)flowed/gi, 'format=$1fixed '),
    'latin1',
  );
  const options = { skipHtmlToText: true, skipTextToHtml: true, skipTextLinks: true, skipImageLinks: true };
  const theirs = await simpleParser(fixed, { ...options, checksumAlgo: false });
  const fields: [field: string, ours: string, theirs: string][] = [
    ['subject', message.subject, (theirs.subject ?? '').replace(/\s+/g, ' ').trim()],
    ['from', showOurs([message.from]), showTheirs(theirs.from)],
    ['to', showOurs(message.to), showTheirs(theirs.to)],
    ['cc', showOurs(message.cc), showTheirs(theirs.cc)],
    ['date', String(message.dateMs), String(theirs.date?.getTime())],
    ['body', message.body.replace(/\n+$/, ''), (theirs.text ?? '').replace(/\n+$/, '')],
    ['attachments', showOurParts(message), showTheirParts(theirs)],
  ];
  return fields
    .filter(([, ours, other]) => ours !== other)
    .map(([field, ours, other]) => ({ field, ours, theirs: other, message, raw }));
}

function showOurs(addresses: readonly Address[]): string {
  return addresses.map(({ name, address }) => `${name} <${address}>`).join(', ');
}

function showTheirs(header: AddressObject | AddressObject[] | undefined): string {
  const entries = [header ?? []].flat().flatMap((one) => one.value);
  return showOurs(
    entries
      .flatMap((entry) => entry.group ?? [entry])
      .map(({ name, address }) => ({
        name: name.replace(/\s+/g, ' ').trim(),
        address: (address ?? '').toLowerCase(),
      })),
  );
}

function showOurParts(message: Message): string {
  return message.attachments.map((one) => `${one.contentType} ${one.filename} ${one.sizeBytes}`).join(', ');
}

function showTheirParts(mail: ParsedMail): string {
  return mail.attachments.map((one) => `${one.contentType} ${one.filename ?? ''} ${one.size}`).join(', ');
}

function sizes(parts: string): string {
  return (parts.match(/\d+(?=,|$)/g) ?? []).join();
}

function hasTrouble(message: Message, ...codes: string[]): boolean {
  return message.troubles.some((trouble) => codes.includes(trouble.code));
}

function hasPart(message: Message, contentType: string): boolean {
  return message.attachments.some((one) => one.contentType === contentType);
}

/** Where two texts part, without quoting more of a stranger's mail than needed. */
function excerpt({ ours, theirs }: Difference): string {
  let at = 0;
  while (at < ours.length && ours[at] === theirs[at]) at++;
  return `${JSON.stringify(ours.slice(at, at + 30))} and ${JSON.stringify(theirs.slice(at, at + 30))}`;
}
