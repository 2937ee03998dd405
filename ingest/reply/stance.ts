/**
 * Stances: what a reply's sender thinks of the posting above it, each with the words that say so.
 *
 * In: a reply that was read. Out: at most one fact of each kind, the surest.
 * Only own words count, and own trailers: nothing quoted, pasted, signed or given for somebody else. The author of a
 * patch takes no stance on it, except that he may say that he applied it. What is unclear is no stance.
 */
import { bodyEvidence, type Fact, surestOf } from '../model/fact.ts';
import { once } from '../model/once.ts';
import type { Stance, StanceKind } from '../model/review.ts';
import { asksMeant, findAsk, saysTaken } from './ask.ts';
import { findGivenTrailers } from './given-trailer.ts';
import { findPlainPhrase } from './phrase.ts';
import { aboutOf, isByAuthor, type ReadReply } from './read-reply.ts';
import { approvalKinds, condition } from './stance-kinds.ts';

/** Trailers that are a stance. */
const trailerStances: Readonly<Record<string, readonly StanceKind[]>> = {
  'acked-by': ['ack'],
  'reviewed-by': ['review'],
  'tested-by': ['test'],
  'reviewed-and-tested-by': ['review', 'test'],
  'tested-and-reviewed-by': ['review', 'test'],
  'nacked-by': ['objection'],
  'naked-by': ['objection'],
  'nak-by': ['objection'],
};

/** What giving a trailer says of a patch; nothing where it is no opinion. */
export function stancesOfTrailer(name: string): readonly StanceKind[] {
  return trailerStances[name.toLowerCase()] ?? [];
}

/** Names the stances that only a trailer gives. */
export const trailerRule = 'stance-trailer';

const approvals: ReadonlySet<StanceKind> = new Set(['ack', 'review', 'test', 'agreement']);

interface Said {
  readonly kind: StanceKind;
  readonly rule: string;
  readonly confidence: number;
  readonly start: number;
  readonly end: number;
  readonly isOfAll?: boolean;
}

/** What a reply says of the nearest posting above it; each point that it may settle asks for that. */
export const stancesOf = once((reply: ReadReply): readonly Fact<Stance>[] =>
  surestOf(stancesSaid(reply), ({ value }) => value.kind),
);

/** The same, but who gives a trailer and says it in words, too, has said both: somebody may take the trailer back. */
export const stancesSaid = once((reply: ReadReply): readonly Fact<Stance>[] => {
  const { mail, target } = reply;
  if (mail.posting || !target) return [];
  const isAuthor = isByAuthor(mail, target);
  const said = [
    ...trailersSaid(reply),
    ...(isAuthor ? [] : asksSaid(reply)),
    ...phrasesSaid(reply, isAuthor),
  ];
  const inOrder = [...said].sort((a, b) => a.start - b.start || a.kind.localeCompare(b.kind));
  const surest = surestOf(inOrder, ({ kind, rule }) => `${kind} ${rule === trailerRule}`);
  return surest.map(({ kind, rule, confidence, start, end, isOfAll }) => ({
    value: {
      messageId: mail.messageId,
      person: mail.from.address,
      personName: mail.from.name,
      posting: target.messageId,
      kind,
      atMs: mail.sentMs,
      isConditional: approvals.has(kind) && hasCondition(reply, start),
      ...(isOfAll ? { isOfAll } : {}),
    },
    rule,
    confidence,
    evidence: [bodyEvidence(mail.messageId, start, end)],
    by: 'rule',
  }));
});

function trailersSaid({ mail, ancestors }: ReadReply): Said[] {
  const above = ancestors.map(({ messageId, posting }) => ({ messageId, isPosting: posting !== null }));
  return findGivenTrailers({ ...mail, isPosting: false }, above).flatMap((fact) => {
    const kinds = fact.value.isOwn ? stancesOfTrailer(fact.value.name) : [];
    const { start, end } = fact.evidence[0] ?? { start: 0, end: 0 };
    return kinds.map((kind) => ({ kind, rule: trailerRule, confidence: fact.confidence, start, end }));
  });
}

/** What is asked of the author: who answers a third person may mean his words, and not the patch. */
function asksSaid(reply: ReadReply): Said[] {
  return reply.blocks.flatMap((block): Said[] => {
    if (aboutOf(reply, block) === 'other') return [];
    const isTaken = saysTaken(block);
    const asks = asksMeant(reply, block)
      .filter(({ kind }) => !(kind === 'change-requested' && isTaken))
      .flatMap(({ kind, ...rest }) => (isPointStance(kind) ? [{ kind, ...rest }] : []));
    const whole = findAsk(reply, block);
    return whole.kind === 'suggested-diff' ? [...asks, { ...whole, kind: 'change-requested' }] : asks;
  });
}

function isPointStance(kind: string): kind is 'objection' | 'change-requested' | 'question' {
  return kind === 'objection' || kind === 'change-requested' || kind === 'question';
}

/** More than the one patch that is answered. */
const ofAll =
  /\b(?:series|patch ?set|both|everything|(?:all|these|two|three|four|five|six|seven|eight|nine|ten|\d{1,3}) (?:\w{1,8} )?patches)\b/i;

function phrasesSaid(reply: ReadReply, isAuthor: boolean): Said[] {
  return reply.blocks.flatMap((block) =>
    block.sentences.flatMap(({ plain, start, end }): Said[] => {
      const phrase = findPlainPhrase(plain, approvalKinds);
      if (!phrase) return [];
      // That an idea in the discussion sounds good is no word on the patch.
      if (phrase.kind !== 'applied' && (isAuthor || aboutOf(reply, block) !== 'patch')) return [];
      const { kind, rule, confidence } = phrase;
      return [{ kind, rule: `stance-${rule}`, confidence, start, end, isOfAll: ofAll.test(plain) }];
    }),
  );
}

/** A condition in the block that approves, or in the last one above a trailer that stands alone. */
function hasCondition({ blocks }: ReadReply, start: number): boolean {
  const near = blocks.findLast((block) => block.start <= start);
  return near?.sentences.some(({ plain }) => condition.test(plain)) ?? false;
}
