/**
 * Probe: one mail through everything that reads what strangers write: parser, posting and diff reader, quote aligner,
 * review, threading, linkers, range-diff.
 *
 * It keeps some mails read before: each new one is read as an answer to one of them, and linked with the others.
 */
import { type PatchText, rangeDiff } from '../../ingest/compare/range-diff.ts';
import { placeSeries } from '../../ingest/link/lineage.ts';
import { noOverrides } from '../../ingest/link/override.ts';
import { choosePredecessor } from '../../ingest/link/predecessor.ts';
import { assembleSendings } from '../../ingest/link/sending.ts';
import { groupSeries, type SendingLink } from '../../ingest/link/series.ts';
import { threadMessages } from '../../ingest/link/thread.ts';
import { parseMessage } from '../../ingest/mail/mime.ts';
import { senderOf } from '../../ingest/patch/identity.ts';
import { readPosting } from '../../ingest/patch/posting.ts';
import { findPoints } from '../../ingest/reply/point.ts';
import { readReply, type ThreadText } from '../../ingest/reply/read-reply.ts';
import { sniffContent } from '../../ingest/source/sniff.ts';
import { prepareMail } from '../../ingest/stage/prepare-mail.ts';
import { reviewMessage } from '../../ingest/stage/review-message.ts';
import type { ThreadMail } from '../../ingest/stage/thread-mails.ts';

/** Mails kept: enough for the linkers to have candidates. */
const kept = 12;
/** Linking looks at all that are kept, so each mail is linked even if not each is followed by linking. */
const linkEvery = 6;

export class Probe {
  readonly #before: ThreadMail[] = [];
  #read = 0;

  /** Reads a mail; throws what a reader throws. */
  async read(raw: Buffer): Promise<void> {
    sniffContent(raw);
    await prepareMail({ raw, list: '', place: '' });
    const message = await parseMessage(raw);
    const posting = readPosting(message);
    const lines = message.body.split('\n');
    const { messageId, sortMs } = message;
    const mail: ThreadMail = { messageId, message, posting, sortMs, lines };
    const ancestors = this.#before.slice(-2).reverse();
    const reply = readReply(
      textOf(mail),
      ancestors.map((ancestor) => textOf(ancestor)),
    );
    reviewMessage(mail, {
      reply,
      ancestors,
      points: findPoints(reply),
      below: () => this.#before.slice(-1).map((one) => readReply(textOf(one), [textOf(mail)])),
      successors: new Map(),
    });
    this.#before.push(mail);
    if (this.#before.length > kept) this.#before.shift();
    if (this.#read++ % linkEvery === 0) this.#link();
    if (posting && ancestors[0]?.posting) rangeDiff([patchOf(ancestors[0])], [patchOf(mail)]);
  }

  #link(): void {
    threadMessages(this.#before.map(({ message }) => message));
    const sendings = assembleSendings(this.#before.flatMap(({ posting }) => posting ?? []));
    const links = new Map<string, SendingLink>();
    for (const sending of sendings) {
      const found = choosePredecessor(sending, sendings);
      if (found) links.set(sending.id, { previous: found.older.id, basis: found.basis });
    }
    for (const group of groupSeries(sendings, links)) placeSeries(group[0]?.id ?? '', group, noOverrides);
  }
}

function textOf({ messageId, message, posting, sortMs, lines }: ThreadMail): ThreadText {
  const author = posting && { name: posting.authorName, address: posting.authorAddress };
  const sign = author && { isCover: posting.isCover, author };
  return {
    messageId,
    subject: message.subject,
    from: senderOf(message),
    sentMs: sortMs,
    lines,
    posting: sign,
  };
}

function patchOf({ messageId, lines, posting }: ThreadMail): PatchText {
  return { messageId, lineage: 'x', position: 1, title: posting?.subject.title ?? '', lines };
}
