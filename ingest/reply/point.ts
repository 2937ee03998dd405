/**
 * Points: review comments, each anchored to the words that it answers.
 *
 * In: a reply that was read, and the posting above it. Out: points without their status (./point-status.ts).
 * A point is a block of own words of somebody other than the patch's author, anchored to the lines just above it, in
 * the mail that really wrote them. What the author answers, mere approval and words between reviewers that ask nothing
 * are no points: they say what became of one. Kinds: ./point-kinds.ts
 */
import { type Basis, bodyEvidence } from '../model/fact.ts';
import type { Point } from '../model/review.ts';
import { answerSaid, isConsent } from './answer.ts';
import { type Ask, findAsk, saysTaken } from './ask.ts';
import type { OwnBlock, OwnSentence } from './own-text.ts';
import { findPlainPhrase } from './phrase.ts';
import { isBlank, isGap, readDepth } from './quote-depth.ts';
import { isByAuthor, type ReadReply } from './read-reply.ts';
import { isRobot } from './robot.ts';
import { approvalKinds } from './stance-kinds.ts';

/** A point before anybody looked at what became of it, and why it is held to be one of its kind. */
export interface FoundPoint {
  readonly point: Omit<Point, 'status'>;
  readonly basis: Basis;
}

/** More quoted lines than these above a remark are its surroundings, not what it is about. */
const anchorLines = 8;

/** The review comments of a reply; none in a posting, or by the author of the patch under review. */
export function findPoints(reply: ReadReply): FoundPoint[] {
  const { mail, target } = reply;
  if (mail.posting || !target || isByAuthor(mail, target)) return [];
  const isReport = isRobot(mail.from.address);
  return reply.blocks.flatMap((block) => {
    const anchor = findAnchor(reply, block);
    const ask = findCorrection(reply, block) ?? findAsk(reply, block);
    const isOnPatch = reply.ancestors.some(
      ({ messageId, posting }) => posting && messageId === anchor.message,
    );
    if (isHeading(block) || (ask.kind === 'remark' && (!isOnPatch || isReport || !isRemark(block))))
      return [];
    const { kind, rule, confidence, start, end } = ask;
    return [
      {
        point: {
          id: `${mail.messageId}#${block.start}`,
          messageId: mail.messageId,
          start: block.start,
          end: block.end,
          kind,
          author: mail.from.address,
          anchorMessage: anchor.message,
          anchorStart: anchor.start,
          anchorEnd: anchor.end,
          posting: target.messageId,
        },
        basis: { rule, confidence, evidence: [bodyEvidence(mail.messageId, start, end)], by: 'rule' },
      },
    ];
  });
}

/** A remark says something of its own: not only `Looks good` or `Agreed`, and not what was applied. */
function isRemark(block: OwnBlock): boolean {
  if (saysTaken(block)) return false;
  return block.sentences.some(
    (sentence) =>
      !isTooShort(sentence.text) &&
      !isThanks(sentence.text) &&
      !findPlainPhrase(sentence.plain, approvalKinds) &&
      !asksNoMore(sentence),
  );
}

/** `Nit:` above a quote says what comes below it. */
function isHeading({ sentences, hasPatch }: OwnBlock): boolean {
  return !hasPatch && sentences.every(({ text }) => text.endsWith(':') && isTooShort(text));
}

/** Two words are an exclamation, and few before a comma or colon lead to a trailer: `For the core parts,`. */
function isTooShort(text: string): boolean {
  const count = text.split(' ').length;
  return count < 3 || (count <= 8 && /[,:]$/.test(text));
}

/** `Thanks for the patch.` */
function isThanks(text: string): boolean {
  return text.length < 60 && /^(?:many )?(?:thanks|thank you|(?:sorry|apologies) for)\b/i.test(text);
}

function asksNoMore(sentence: OwnSentence): boolean {
  const said = answerSaid(sentence);
  return isConsent(said) || said?.kind === 'withdrawn';
}

/** One or two words below a quoted line that holds one much like them: `hierarchy` below `heirarchy`. */
function findCorrection({ mail }: ReadReply, block: OwnBlock): Ask | undefined {
  const [sentence, more] = block.sentences;
  const word =
    sentence?.text
      .toLowerCase()
      .replace(/[^\p{L}_()-]/gu, ' ')
      .trim() ?? '';
  if (!sentence || more || word.length < 4 || word.split(/\s+/).length > 1) return undefined;
  const quoted = (mail.lines[block.above] ?? '').toLowerCase().split(/[^\p{L}_()-]+/u);
  if (!quoted.some((other) => isMisspelt(other, word))) return undefined;
  return { kind: 'nit', rule: 'point-corrected-word', confidence: 0.9, start: block.start, end: block.end };
}

/** Same letter first, about as long, and three of four letters in common. */
function isMisspelt(one: string, other: string): boolean {
  if (one === other || one[0] !== other[0] || Math.abs(one.length - other.length) > 2) return false;
  const left = [...other];
  let common = 0;
  for (const letter of one) {
    const at = left.indexOf(letter);
    if (at < 0) continue;
    left.splice(at, 1);
    common++;
  }
  return common * 4 >= Math.max(one.length, other.length) * 3;
}

interface Anchor {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** The lines just above a block, in the mail that wrote them; the mail answered as a whole where none are known. */
function findAnchor({ mail, ancestors, aligned, target }: ReadReply, block: OwnBlock): Anchor {
  const last = aligned[block.above];
  const source = ancestors[last?.source ?? -1];
  const whole = { message: ancestors[0]?.messageId ?? target?.messageId ?? '', start: -1, end: -1 };
  if (!last || !source) return whole;
  let start = -1;
  let end = -1;
  for (let at = block.above; at >= 0 && block.above - at < anchorLines; at--) {
    const line = aligned[at];
    if (!line || line.source !== last.source || line.depth !== last.depth) break;
    const { text } = readDepth(mail.lines[at] ?? '');
    if (end < 0 ? isBlank(text) || isGap(text) : isBlank(text)) {
      if (end < 0) continue;
      break;
    }
    if (line.sourceLine < 0) continue;
    if (end < 0) end = line.sourceEnd;
    if (start < 0 || line.sourceLine < start) start = line.sourceLine;
  }
  return { message: source.messageId, start, end };
}
