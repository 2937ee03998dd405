/**
 * Review of one message: every fact that it gives, from pure functions, as the store keeps them.
 */
import { landingFact, type Notice } from '../analyse/landing.ts';
import { readNotice } from '../analyse/notice.ts';
import { bodyEvidence } from '../model/fact.ts';
import { parseSubject } from '../patch/subject.ts';
import { findGivenTrailers } from '../reply/given-trailer.ts';
import { joinQuotes } from '../reply/quote-align.ts';
import { type ReadReply, readReply, type ThreadText } from '../reply/read-reply.ts';
import { stancesOf } from '../reply/stance.ts';
import type { StoredFact } from '../store/store.ts';
import { noticeSubject } from './notice-subject.ts';
import { relatedFacts } from './related-facts.ts';
import { ancestorsOf, type ThreadMail } from './thread-mails.ts';

/** Kinds of facts that a message owns. */
export const reviewKinds = ['quotes', 'trailer', 'stance', 'point', 'notice', 'landing', 'related'] as const;

export function reviewMessage(mail: ThreadMail, mails: ReadonlyMap<string, ThreadMail>): StoredFact[] {
  const ancestors = ancestorsOf(mail, mails);
  const reply = readReply(threadText(mail), ancestors.map(threadText));
  return [
    ...quoteFacts(reply),
    ...trailerFacts(mail, ancestors),
    ...stanceFacts(reply),
    ...noticeFacts(mail, ancestors),
    ...relatedFacts(mail),
  ];
}

function threadText({ messageId, message, posting, sortMs, lines }: ThreadMail): ThreadText {
  const { subject, from } = message;
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

function trailerFacts(
  { messageId, message, lines, posting }: ThreadMail,
  ancestors: readonly ThreadMail[],
): StoredFact[] {
  const { subject, from } = message;
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
