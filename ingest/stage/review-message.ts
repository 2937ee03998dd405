/**
 * Review of one message: every fact that it gives, from pure functions, as the store keeps them.
 */
import { landingFact, type Notice } from '../analyse/landing.ts';
import { readNotice } from '../analyse/notice.ts';
import { bodyEvidence } from '../model/fact.ts';
import { senderOf } from '../patch/identity.ts';
import { parseSubject } from '../patch/subject.ts';
import { findGivenTrailers } from '../reply/given-trailer.ts';
import { joinQuotes } from '../reply/quote-align.ts';
import { type ReadReply, readReply, type ThreadText } from '../reply/read-reply.ts';
import { stancesOf } from '../reply/stance.ts';
import { findTurnings } from '../reply/turning.ts';
import type { StoredFact } from '../store/store.ts';
import type { Successor } from './later-change.ts';
import { mentionFacts } from './mention-facts.ts';
import { noticeSubject } from './notice-subject.ts';
import { pointFacts } from './point-facts.ts';
import { relatedFacts } from './related-facts.ts';
import { ancestorsOf, type ThreadMail } from './thread-mails.ts';

/** Kinds of facts that a message owns. */
export const reviewKinds = [
  'quotes',
  'trailer',
  'stance',
  'point',
  'notice',
  'landing',
  'related',
  'mention',
  'turning',
  'unmasked',
] as const;

/** Reads replies of a thread, each once. */
export function replyReader(mails: ReadonlyMap<string, ThreadMail>): (mail: ThreadMail) => ReadReply {
  const read = new Map<string, ReadReply>();
  return (mail) => {
    const known = read.get(mail.messageId);
    if (known) return known;
    const reply = readReply(threadText(mail), ancestorsOf(mail, mails).map(threadText));
    read.set(mail.messageId, reply);
    return reply;
  };
}

export function reviewMessage(
  mail: ThreadMail,
  mails: ReadonlyMap<string, ThreadMail>,
  read: (mail: ThreadMail) => ReadReply,
  successors: ReadonlyMap<string, Successor>,
): StoredFact[] {
  const ancestors = ancestorsOf(mail, mails);
  const reply = read(mail);
  const below = () => repliesAfter(mail, mails).map(read);
  return [
    ...quoteFacts(reply),
    ...trailerFacts(mail, ancestors),
    ...stanceFacts(reply),
    ...pointFacts(reply, { below, successors }),
    ...noticeFacts(mail, ancestors),
    ...relatedFacts(mail),
    ...mentionFacts(mail),
    ...turningFacts(reply),
  ];
}

/** Replies below a mail, and later ones of its sender under the same posting, oldest first. */
function repliesAfter(mail: ThreadMail, mails: ReadonlyMap<string, ThreadMail>): ThreadMail[] {
  const targetOf = (one: ThreadMail) =>
    ancestorsOf(one, mails).find(({ posting }) => posting !== null)?.messageId;
  const target = targetOf(mail);
  return [...mails.values()]
    .filter((one) => one !== mail && one.posting === null)
    .filter(
      (one) =>
        one.ancestors.includes(mail.messageId) ||
        (isSameSender(one, mail) && one.sortMs > mail.sortMs && targetOf(one) === target),
    )
    .sort((a, b) => a.sortMs - b.sortMs || (a.messageId < b.messageId ? -1 : 1));
}

function isSameSender(a: ThreadMail, b: ThreadMail): boolean {
  return a.message.from.address === b.message.from.address;
}

function threadText({ messageId, message, posting, sortMs, lines }: ThreadMail): ThreadText {
  const { subject } = message;
  const from = senderOf(message);
  const author = posting && { name: posting.authorName, address: posting.authorAddress };
  const sign = author && { isCover: posting.isCover, author };
  return { messageId, subject, from, sentMs: sortMs, lines, posting: sign };
}

/** All quotes of a mail are one fact: they are read together, and there are many. */
function quoteFacts({ mail, ancestors, aligned }: ReadReply): StoredFact[] {
  const texts = ancestors.map(({ messageId, lines, from }) => ({
    messageId,
    lines,
    fromName: from.name || from.address,
  }));
  const quotes = joinQuotes(aligned, texts);
  if (quotes.length === 0) return [];
  const confidence = Math.min(...quotes.map((quote) => quote.confidence));
  const fact = { kind: 'quotes', owner: mail.messageId, subject: mail.messageId, value: quotes };
  return [{ ...fact, rule: 'quote-align', confidence, evidence: [], by: 'rule' }];
}

function stanceFacts(reply: ReadReply): StoredFact[] {
  return stancesOf(reply).map((stance) => ({
    ...stance,
    kind: 'stance',
    owner: reply.mail.messageId,
    subject: stance.value.posting,
  }));
}

function turningFacts(reply: ReadReply): StoredFact[] {
  const { messageId } = reply.mail;
  return findTurnings(reply).map((fact) => ({
    ...fact,
    kind: 'turning',
    owner: messageId,
    subject: messageId,
  }));
}

function trailerFacts(
  { messageId, message, lines, posting }: ThreadMail,
  ancestors: readonly ThreadMail[],
): StoredFact[] {
  const { subject } = message;
  const from = senderOf(message);
  const above = ancestors.map((ancestor) => ({
    messageId: ancestor.messageId,
    isPosting: ancestor.posting !== null,
  }));
  const reply = { messageId, subject, from, lines, isPosting: posting !== null };
  return findGivenTrailers(reply, above).map((given) => ({
    ...given,
    kind: 'trailer',
    owner: messageId,
    subject: given.value.messageId,
  }));
}

/** What the mail says became of patches. One that it answers but that is not held gets its landing right away. */
function noticeFacts(mail: ThreadMail, ancestors: readonly ThreadMail[]): StoredFact[] {
  const { messageId, message, sortMs, lines } = mail;
  const { subject, from, inReplyTo } = message;
  const answers = ancestors.find((ancestor) => ancestor.posting !== null)?.messageId ?? null;
  return readNotice({ messageId, subject, fromAddress: from.address, inReplyTo, lines }).flatMap(
    (item): StoredFact[] => {
      const notice: Notice = { ...item, messageId, atMs: sortMs, answers };
      const named = inReplyTo[0];
      const isLost = item.aim === 'answered' && answers === null;
      if (isLost) return named && item.sha ? [lostLanding(notice, named)] : [];
      const about = item.aim === 'answered' ? answers : null;
      return [
        {
          kind: 'notice',
          owner: messageId,
          subject: about ?? noticeSubject(parseSubject(item.title).titleKey),
          value: notice,
          rule: `notice-${item.kind}`,
          confidence: item.confidence,
          evidence: [bodyEvidence(messageId, item.start, item.end)],
          by: 'rule',
        },
      ];
    },
  );
}

/** The patch is known by id only: whoever holds it elsewhere can still be told. */
function lostLanding(notice: Notice, messageId: string): StoredFact {
  return { ...landingFact(notice, messageId), kind: 'landing', owner: notice.messageId, subject: messageId };
}
