/**
 * Review of one message: every fact that it gives, from pure functions, as the store keeps them.
 */
import { landingFact, type Notice } from '../analyse/landing.ts';
import { readNotice } from '../analyse/notice.ts';
import type { NoticeItem } from '../analyse/notice-item.ts';
import { mergedItems } from '../analyse/notices/pull-request.ts';
import { bodyEvidence } from '../model/fact.ts';
import { senderOf } from '../patch/identity.ts';
import { parseSubject } from '../patch/subject.ts';
import { findGivenTrailers } from '../reply/given-trailer.ts';
import type { FoundPoint } from '../reply/point.ts';
import { joinQuotes } from '../reply/quote-align.ts';
import type { ReadReply } from '../reply/read-reply.ts';
import { noteReply } from '../reply/reply-note.ts';
import { stancesSaid } from '../reply/stance.ts';
import { findTurnings } from '../reply/turning.ts';
import type { StoredFact } from '../store/store.ts';
import type { Successor } from './later-change.ts';
import { mentionFacts } from './mention-facts.ts';
import { noticeSubject } from './notice-subject.ts';
import { pointFacts } from './point-facts.ts';
import { relatedFacts } from './related-facts.ts';
import type { ThreadMail } from './thread-mails.ts';

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
  'reply',
  'unmasked',
] as const;

/** What is known around a message that is reviewed. */
export interface ReviewContext {
  readonly reply: ReadReply;
  /** Held ancestors, nearest first. */
  readonly ancestors: readonly ThreadMail[];
  /** What the reply comments on. */
  readonly points: readonly FoundPoint[];
  /** Replies below, and later ones of the same sender under the same posting, oldest first; asked for points only. */
  readonly below: () => readonly ReadReply[];
  /** By posting that is commented on. */
  readonly successors: ReadonlyMap<string, Successor>;
}

export function reviewMessage(mail: ThreadMail, context: ReviewContext): StoredFact[] {
  const { reply, ancestors } = context;
  return [
    ...quoteFacts(reply),
    ...trailerFacts(mail, ancestors),
    ...stanceFacts(reply),
    ...pointFacts(context),
    ...noticeFacts(mail, ancestors),
    ...relatedFacts(mail),
    ...mentionFacts(mail),
    ...turningFacts(reply),
    ...replyFacts(reply),
  ];
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
  return stancesSaid(reply).map((stance) => ({
    ...stance,
    kind: 'stance',
    owner: reply.mail.messageId,
    subject: stance.value.posting,
  }));
}

function replyFacts(reply: ReadReply): StoredFact[] {
  const note = noteReply(reply);
  if (!note) return [];
  return [{ ...note, kind: 'reply', owner: note.value.messageId, subject: note.value.posting }];
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
  const items = readNotice({ messageId, subject, fromAddress: from.address, inReplyTo, lines });
  return items
    .flatMap((item) => withMerged(item, ancestors))
    .flatMap((item): StoredFact[] => {
      const notice: Notice = { ...item, messageId, atMs: sortMs, answers };
      const named = inReplyTo[0];
      const isLost = item.aim === 'answered' && answers === null;
      if (isLost) return named && item.sha ? [lostLanding(notice, named)] : [];
      const about = item.aim === 'answered' ? answers : item.aim === 'itself' ? messageId : null;
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
    });
}

/** A merged pull request brought all patches of its shortlog. */
function withMerged(item: NoticeItem, ancestors: readonly ThreadMail[]): NoticeItem[] {
  const request = item.kind === 'pull-merged' ? ancestors[0] : undefined;
  if (!request) return [item];
  return [item, ...mergedItems(item, { subject: request.message.subject, lines: request.lines })];
}

/** The patch is known by id only: whoever holds it elsewhere can still be told. */
function lostLanding(notice: Notice, messageId: string): StoredFact {
  return { ...landingFact(notice, messageId), kind: 'landing', owner: notice.messageId, subject: messageId };
}
