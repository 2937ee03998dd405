/**
 * Mail ranges: a part of a corpus as a source of its own, for stores that grow.
 */
import type { RawMail } from '../../ingest/model/message.ts';
import { openSources } from '../../ingest/source/open.ts';
import type { Source } from '../../ingest/source/source.ts';

/** The first `most` mails of a corpus, as one source. */
export async function firstMails(file: string, most: number): Promise<Source> {
  const sources = await openSources(file);
  return asSource(file, async function* () {
    let count = 0;
    for (const source of sources) {
      for await (const event of source.read(null)) {
        if (event.type !== 'mail') continue;
        if (count++ >= most) return;
        yield event.mail;
      }
    }
  });
}

/** What one of several workers takes of the first `most` mails. */
export async function mailsOfWorker(
  file: string,
  most: number,
  { workers, which }: { readonly workers: number; readonly which: number },
): Promise<Source> {
  const all = await firstMails(file, most);
  return asSource(`${file}#${which}`, async function* () {
    let count = 0;
    for await (const event of all.read(null)) {
      if (event.type === 'mail' && count++ % workers === which) yield event.mail;
    }
  });
}

/** All but the last mails of a corpus, as one source; `last` holds those once it was read. */
export async function allButLast(file: string, count: number): Promise<{ source: Source; last: RawMail[] }> {
  const all = await firstMails(file, Number.MAX_SAFE_INTEGER);
  const last: RawMail[] = [];
  const source = asSource(file, async function* () {
    for await (const event of all.read(null)) {
      if (event.type !== 'mail') continue;
      last.push(event.mail);
      const passed = last.length > count ? last.shift() : undefined;
      if (passed) yield passed;
    }
  });
  return { source, last };
}

/** One mail as a source. */
export function oneMail(mail: RawMail): Source {
  return asSource(mail.place, async function* () {
    yield mail;
  });
}

function asSource(location: string, mails: () => AsyncIterable<RawMail>): Source {
  return {
    kind: 'mbox',
    location,
    list: 'bench',
    read: async function* () {
      for await (const mail of mails()) yield { type: 'mail', mail, cursor: mail.place };
    },
  };
}
