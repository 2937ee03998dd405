/**
 * Point status: what became of a review comment, by what was said below it and what changed after it.
 *
 * In: a point, the replies below the mail that made it, and whether a later revision changed the anchored lines. Out: a
 * status with the words (or the revision) that show it. Steps are taken in order of time, and the last word counts; a
 * changed line outranks talk, since a review is about the patch. What nobody answered is open.
 * Finding points: ./point.ts. Phrases of answers: ./answer-kinds.ts
 */
import { bodyEvidence, type Fact } from '../model/fact.ts';
import type { PointKind, PointStatus } from '../model/review.ts';
import { answerOf, answerSaid, consentsToAll, isConsent } from './answer.ts';
import type { AnswerKind } from './answer-kinds.ts';
import { asksOf } from './ask.ts';
import { isSamePerson } from './attribution-source.ts';
import type { OwnBlock } from './own-text.ts';
import type { FoundPoint } from './point.ts';
import { isByAuthor, type ReadReply } from './read-reply.ts';
import { stancesOf } from './stance.ts';

/**
 * What became of the anchored lines in the revisions after the one that was reviewed; `followed`: the comment is about no
 * lines, and a newer revision was sent.
 */
export type LaterChange = 'changed' | 'unchanged' | 'gone' | 'followed' | 'unknown';

/** A point, the mail that made it, and what is known of what came after. */
export interface PointInquiry {
  readonly found: FoundPoint;
  readonly reply: ReadReply;
  /** Replies below that mail, and later ones of its sender under the same posting, oldest first. */
  readonly below: readonly ReadReply[];
  readonly changedSince: LaterChange;
}

type Status = Fact<PointStatus>;

const requesting =
  /^\W{0,3}(?:(?:so|and|maybe|perhaps|then|also),? )?(?:can|could|should|shall|can't|couldn't|shouldn't|why not|how about|what about)(?: we| you| this| it|\b)/i;
/** These are done in a newer version or nowhere; a question or an objection may outlive it. */
const doneInNext: ReadonlySet<PointKind> = new Set(['change-requested', 'suggested-diff', 'nit']);

/** Kinds that ask for something to be done; a question only asks to be told. */
const blocking: ReadonlySet<PointKind> = new Set([
  'objection',
  'change-requested',
  'suggested-diff',
  'nit',
  'remark',
]);
/** Who says this of a posting later asks for nothing more. */
const approvals = new Set(['ack', 'review', 'applied']);

/** The status of one point. */
export function findPointStatus(inquiry: PointInquiry): Status {
  const { found, reply, below } = inquiry;
  let status: Status = { ...found.basis, value: 'open', rule: 'point-unanswered', confidence: 0.9 };
  const said: Said[] = [found.point];
  for (const answer of below) status = takeAnswer(inquiry, answer, status, said);
  if (status.value === 'withdrawn') return status;
  return reply.target === null ? status : takeChange(inquiry, status);
}

/** Lines that were said about a point: it and what answered it; who answers those goes on about it. */
interface Said {
  readonly messageId: string;
  readonly start: number;
  readonly end: number;
}

/** One step: what a later mail makes of the point. Adds what it says about it. */
function takeAnswer(inquiry: PointInquiry, answer: ReadReply, status: Status, about: Said[]): Status {
  const { reply } = inquiry;
  const isByReviewer = isSamePerson(answer.mail.from, reply.mail.from);
  if (isByReviewer) {
    const approval = findApproval(answer);
    // No approval answers a question.
    if (approval && status.value !== 'withdrawn' && inquiry.found.point.kind !== 'question')
      return { ...approval, value: 'agreed', rule: 'reviewer-approved-later' };
  }
  const block = findAnswer(inquiry, answer, about);
  // Who approved of the whole has no more to say of one line.
  if (!block || status.rule === 'reviewer-approved-later') return status;
  about.push({ messageId: answer.mail.messageId, start: block.start, end: block.end });
  return isByReviewer
    ? reviewerSays(inquiry, answer, block, status)
    : othersSay(inquiry, answer, block, status);
}

/** Approval of the posting without a condition settles what its giver asked before. */
function findApproval(answer: ReadReply): Omit<Status, 'value'> | undefined {
  return stancesOf(answer).find(({ value }) => approvals.has(value.kind) && !value.isConditional);
}

/**
 * The block that answers the point: below a quote of what was said about it, the last one that says where it leads, or
 * the first words of a reply that quotes none.
 */
function findAnswer(
  { found, reply }: PointInquiry,
  answer: ReadReply,
  about: readonly Said[],
): OwnBlock | undefined {
  const direct = answer.blocks.filter((block) => about.some((said) => isQuotedAbove(answer, block, said)));
  if (direct.length > 0) return direct.findLast((block) => answerOf(block)) ?? direct.at(-1);
  const at = answer.ancestors.findIndex(({ messageId }) => messageId === found.point.messageId);
  if (at !== 0) return undefined;
  const toAll = answer.blocks.find(consentsToAll);
  if (toAll || answer.aligned.some((line) => line?.source === at)) return toAll;
  if (reply.blocks.length === 1) return answer.blocks[0];
  // Consent above no quote is said of every comment.
  return answer.blocks.length === 1 ? answer.blocks.find((block) => isConsent(answerOf(block))) : undefined;
}

/** True where the quote that ends just above a block holds these lines; what stands farther above is their past. */
function isQuotedAbove({ ancestors, aligned }: ReadReply, block: OwnBlock, said: Said): boolean {
  const source = ancestors.findIndex(({ messageId }) => messageId === said.messageId);
  if (source < 0) return false;
  for (let at = block.above; at >= 0; at--) {
    const line = aligned[at];
    if (!line || (line.sourceLine >= 0 && line.source !== source)) return false;
    if (line.sourceLine >= said.start && line.sourceLine < said.end) return true;
  }
  return false;
}

function reviewerSays(inquiry: PointInquiry, answer: ReadReply, block: OwnBlock, status: Status): Status {
  const said = answerOf(block);
  const step = stepOf(answer, block);
  if (said?.kind === 'withdrawn')
    return { ...step, value: 'withdrawn', rule: 'point-withdrawn', confidence: 0.85 };
  if (said?.kind === 'agreed') return { ...step, value: 'agreed', rule: 'reviewer-agreed', confidence: 0.8 };
  // What he asks of an answer or a promise is a point of its own.
  if (status.value === 'open' || status.value === 'agreed' || inquiry.found.point.kind === 'question')
    return status;
  const insists = asksOf(block).length > 0 || said?.kind === 'declined';
  if (!insists) return status;
  return { ...step, value: 'contested', rule: 'reviewer-insisted', confidence: 0.7 };
}

function othersSay(inquiry: PointInquiry, answer: ReadReply, block: OwnBlock, status: Status): Status {
  const { found, reply } = inquiry;
  const said = answerOf(block);
  const step = stepOf(answer, block);
  const isAuthor = reply.target !== null && isByAuthor(answer.mail, reply.target);
  if (found.point.kind === 'question') {
    const asksBack = block.sentences.length > 0 && block.sentences.every(({ text }) => text.endsWith('?'));
    if (asksBack) return status;
    // Deep in an explanation it may be promised of another thing.
    if (isAuthor && said?.kind === 'promised' && (isRequest(inquiry) || isFirst(block, 'promised')))
      return { ...step, value: 'agreed', rule: 'author-promised', confidence: 0.8 };
    if (isAuthor && said?.kind === 'agreed' && isRequest(inquiry))
      return { ...step, value: 'agreed', rule: 'author-agreed', confidence: 0.75 };
    // What was promised stays so, whatever is explained later.
    if (status.value === 'agreed') return status;
    return {
      ...step,
      value: 'answered',
      rule: isAuthor ? 'author-answered' : 'somebody-answered',
      confidence: 0.85,
    };
  }
  // A maintainer does what was asked when he takes the patch.
  if (!isAuthor)
    return said?.kind === 'promised'
      ? { ...step, value: 'agreed', rule: 'somebody-promised', confidence: 0.75 }
      : status;
  if (said?.kind === 'promised')
    return { ...step, value: 'agreed', rule: 'author-promised', confidence: 0.85 };
  // Nobody takes back what another asked for: `my mistake` from the author is consent.
  if (said?.kind === 'agreed' || said?.kind === 'withdrawn')
    return { ...step, value: 'agreed', rule: 'author-agreed', confidence: 0.85 };
  if (said?.kind === 'declined')
    return { ...step, value: 'contested', rule: 'author-declined', confidence: 0.75 };
  if (status.value === 'agreed') return status;
  return { ...step, value: 'answered', rule: 'author-answered', confidence: 0.75 };
}

/** True where a block says so at once. */
function isFirst({ sentences }: OwnBlock, kind: AnswerKind): boolean {
  return sentences.slice(0, 2).some((sentence) => answerSaid(sentence)?.kind === kind);
}

/** `Can we split this?` is a request in the form of a question. */
function isRequest({ found, reply }: PointInquiry): boolean {
  const block = reply.blocks.find(({ start }) => start === found.point.start);
  return block?.sentences.some(({ plain }) => requesting.test(plain)) ?? false;
}

function stepOf(answer: ReadReply, block: OwnBlock): Pick<Status, 'evidence' | 'by'> {
  return { evidence: [bodyEvidence(answer.mail.messageId, block.start, block.end)], by: 'rule' };
}

/**
 * A later revision outranks words: lines that changed address a point that was agreed to or left open, and a promise
 * without a change is open again.
 */
function takeChange({ found, changedSince }: PointInquiry, status: Status): Status {
  // Where the author argued, the lines may have changed for another reason; a remark and a question that was answered
  // ask for no change.
  const isArgued = status.value === 'answered' || status.value === 'contested';
  const asksNothing = !blocking.has(found.point.kind) && status.value !== 'open';
  const isRemark = found.point.kind === 'remark' && changedSince === 'changed' && status.value !== 'agreed';
  if (isArgued || asksNothing || isRemark) return status;
  const { evidence, by } = status;
  if (changedSince === 'changed') {
    return {
      value: 'addressed',
      rule: 'anchored-lines-changed',
      confidence: status.value === 'agreed' ? 0.9 : 0.7,
      evidence,
      by,
    };
  }
  if (changedSince === 'gone') {
    return {
      value: 'addressed',
      rule: 'anchored-lines-gone',
      confidence: status.value === 'agreed' ? 0.85 : 0.6,
      evidence,
      by,
    };
  }
  if (changedSince === 'followed' && status.value === 'open' && doneInNext.has(found.point.kind))
    return { value: 'addressed', rule: 'newer-revision-sent', confidence: 0.6, evidence, by };
  const isPromise = status.rule === 'author-promised' && changedSince === 'unchanged';
  return isPromise
    ? { value: 'open', rule: 'promised-but-unchanged', confidence: 0.6, evidence, by }
    : status;
}
