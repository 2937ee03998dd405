/**
 * Digest: the mails inside a digest, which lists send to those who want few: `multipart/digest` (RFC 2046 5.1.5), or one
 * text (./plain-digest.ts).
 *
 * In: a source. Out: the same source, with each digest's mails before the digest itself, so that a run stopped
 * between them comes by again. The list is the digest's, since its mails lost the headers that named it. Where
 * the same mails came by themselves, too, they are one message.
 */
import { findLeaves } from '../mail/mime-tree.ts';
import { isPlain, type OpenedMail, openMail, readPlain } from '../mail/plain.ts';
import type { RawMail } from '../model/message.ts';
import { readPlainDigest } from './plain-digest.ts';
import type { Source, SourceEvent } from './source.ts';

export function withDigests(source: Source): Source {
  return {
    ...source,
    async *read(cursor, signal, range) {
      for await (const event of source.read(cursor, signal, range)) {
        if (event.type === 'mail') yield* unpackDigest(event.mail);
        yield event;
      }
    },
  };
}

function* unpackDigest(mail: RawMail): Generator<SourceEvent> {
  const bytes = Buffer.from(mail.raw.buffer, mail.raw.byteOffset, mail.raw.byteLength);
  const isParted = bytes.includes('multipart/digest');
  // Both are cheap to ask of every mail, and true of hardly any.
  if (!isParted && !bytes.includes('\nEnd of ')) return;
  const opened = openMail(bytes);
  const { content, envelope } = opened;
  const list = mail.list || (envelope.listIds[0]?.split('.')[0] ?? '');
  const inner = isParted && content.type.startsWith('multipart/') ? readParts(opened) : readText(opened);
  for (const [place, raw] of inner)
    yield { type: 'mail', mail: { ...mail, raw, list, place: `${mail.place}, part ${place}` }, cursor: null };
}

type Inner = Iterable<readonly [place: string, raw: Buffer]>;

function* readParts({ content, bodyBytes }: OpenedMail): Inner {
  for (const leaf of findLeaves(content, bodyBytes, [])) {
    if (leaf.isDigested && leaf.content.type === 'message/rfc822')
      yield [leaf.place, Buffer.from(leaf.bytes)] as const;
  }
}

function readText(mail: OpenedMail): Inner {
  if (!isPlain(mail.content)) return [];
  return readPlainDigest(readPlain(mail).body).map((raw, at) => [String(at + 1), raw] as const);
}
