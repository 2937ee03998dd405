/**
 * Reply notes: that somebody answered a posting, and what he is going to do: its author to change something or to take
 * it back, another person to read or to take it.
 *
 * What a reply says of the patch: ./stance.ts. Who has the next move hangs on who spoke last: ../analyse/waiting-on.ts
 */
import { bodyEvidence, type Fact, headerEvidence } from '../model/fact.ts';
import type { Reply } from '../model/review.ts';
import { answerSaid } from './answer.ts';
import { answerKinds } from './answer-kinds.ts';
import { asksOf } from './ask.ts';
import type { OwnBlock, OwnSentence } from './own-text.ts';
import { findPhrase, findPlainPhrase } from './phrase.ts';
import { planKinds } from './plan-kinds.ts';
import { pointKinds } from './point-kinds.ts';
import { readDepth } from './quote-depth.ts';
import { isByAuthor, type ReadReply } from './read-reply.ts';
import { isRobot } from './robot.ts';
import { stancesOf } from './stance.ts';

/** More quoted lines than these above an answer are its surroundings. */
const quoteLines = 10;
/** Who goes on longer has something to say. */
const consentSentences = 8;
const changes: ReadonlySet<string> = new Set(['change-requested', 'objection', 'nit']);
const thanks = /\b(?:thanks|thank you|thx|no (?:problem|worries))\b/i;
const restriction = /\b(?:but|however|though|although|unless|until|still|waiting|yet)\b/i;

/** Null for a posting, in a discussion without one, and for what a program reports that asks nothing of anybody. */
export function noteReply(reply: ReadReply): Fact<Reply> | null {
  const { mail, target, blocks } = reply;
  if (mail.posting || !target) return null;
  if (isRobot(mail.from.address) && stancesOf(reply).length === 0) return null;
  const isAuthor = isByAuthor(mail, target);
  const plan = findPlan(reply, isAuthor);
  return {
    value: {
      messageId: mail.messageId,
      person: mail.from.address,
      personName: mail.from.name,
      posting: target.messageId,
      atMs: mail.sentMs,
      isPromise: plan?.rule === 'author-promised',
      willTake: plan?.rule === 'will-take-said',
      willReview: plan?.rule === 'will-review-said',
      isConsent: !isAuthor && isConsent(blocks),
      isWithdrawal: plan?.rule === 'author-withdrew',
    },
    rule: plan?.rule ?? 'answered',
    confidence: plan ? 0.8 : 0.95,
    evidence: [
      plan
        ? bodyEvidence(mail.messageId, plan.sentence.start, plan.sentence.end)
        : headerEvidence(mail.messageId, 'from'),
    ],
    by: 'rule',
  };
}

interface Plan {
  readonly rule: string;
  readonly sentence: OwnSentence;
}

/** What the sender is going to do; the author with his own patch, or somebody else. */
function findPlan(reply: ReadReply, isAuthor: boolean): Plan | undefined {
  const plans = reply.blocks.flatMap(({ sentences }) =>
    sentences.flatMap((sentence): Plan[] => {
      const found = findPlainPhrase(sentence.plain, planKinds);
      return found && (found.kind === 'withdrawn') === isAuthor ? [{ rule: found.rule, sentence }] : [];
    }),
  );
  if (!isAuthor) return plans.find(({ rule }) => rule === 'will-take-said') ?? plans[0];
  // Who takes a version back and says that another comes has something to do.
  const sentence = findPromise(reply);
  return sentence ? { rule: 'author-promised', sentence } : plans[0];
}

/** A comment is taken back by the one who made it. */
const authorsAnswers = answerKinds.filter(({ kind }) => kind !== 'withdrawn');

/** He says that he will, or agrees where a change was asked for; `Right` below a question promises nothing. */
function findPromise({ mail, aligned, blocks }: ReadReply): OwnSentence | undefined {
  for (const { above, sentences } of blocks) {
    for (const sentence of sentences) {
      const said = answerSaid(sentence);
      const kind = (said?.kind === 'withdrawn' ? findPlainPhrase(sentence.plain, authorsAnswers) : said)
        ?.kind;
      if (kind === 'promised') return sentence;
      if (kind === 'agreed' && asksForChange(quoteAbove(mail.lines, aligned, above))) return sentence;
    }
  }
  return undefined;
}

/** The lines of the quote that ends at a line. */
function quoteAbove(lines: readonly string[], aligned: ReadReply['aligned'], above: number): string {
  let start = above;
  while (start > 0 && above - start < quoteLines && aligned[start - 1]) start--;
  return lines
    .slice(Math.max(0, start), above + 1)
    .map((line) => readDepth(line).text.trim())
    .join(' ');
}

function asksForChange(text: string): boolean {
  return text
    .split(/(?<=[.?!])\s/)
    .some((sentence) => changes.has(findPhrase(sentence, pointKinds)?.kind ?? ''));
}

/** Thanks or consent in a few sentences, and nothing that asks, declines or restricts. */
function isConsent(blocks: readonly OwnBlock[]): boolean {
  const said = blocks.flatMap(({ sentences }) => sentences);
  if (said.length > consentSentences || blocks.some(({ hasPatch }) => hasPatch)) return false;
  const isContent = said.some((sentence) => {
    const kind = answerSaid(sentence)?.kind;
    return kind === 'agreed' || kind === 'withdrawn' || thanks.test(sentence.plain);
  });
  // Thanks alone are no block (./own-line.ts).
  return (
    (isContent || said.length === 0) &&
    blocks.every((block) => asksOf(block).length === 0) &&
    !said.some((sentence) => restriction.test(sentence.plain) || answerSaid(sentence)?.kind === 'declined')
  );
}
