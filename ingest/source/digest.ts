/**
 * Digest: the mails inside a digest (`multipart/digest`, RFC 2046 5.1.5), which lists send to those who want few.
 *
 * In: a source. Out: the same source, with each digest's mails before the digest itself, so that a run stopped
 * between them comes by again. The list is the digest's, since its mails lost the headers that named it. Where
 * the same mails came by themselves, too, they are one message.
 */
import { findLeaves } from '../mail/mime-tree.ts';
import { openMail } from '../mail/plain.ts';
import type { RawMail } from '../model/message.ts';
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
  if (!bytes.includes('multipart/digest')) return;
  const { content, bodyBytes, envelope } = openMail(bytes);
  if (!content.type.startsWith('multipart/')) return;
  const list = mail.list || (envelope.listIds[0]?.split('.')[0] ?? '');
  for (const leaf of findLeaves(content, bodyBytes, [])) {
    if (!leaf.isDigested || leaf.content.type !== 'message/rfc822') continue;
    const inner = { ...mail, raw: Buffer.from(leaf.bytes), list, place: `${mail.place}, part ${leaf.place}` };
    yield { type: 'mail', mail: inner, cursor: null };
  }
}
