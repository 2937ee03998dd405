/**
 * Why: the basis of a fact with the words that prove it.
 *
 * In: a basis and the messages that its evidence names, as far as they are held. Out: Why of wire.ts. Words are cut at
 * ten lines, since they are a proof to look at, not the mail; the span says where to read on.
 */
import { type Basis, confidenceWord, type Evidence } from '../../ingest/model/fact.ts';
import type { Message } from '../../ingest/model/message.ts';
import type { Why, WireEvidence } from '../wire.ts';
import { ruleSentence } from './rule-sentences.ts';

/** Messages at hand, by id. */
export type Mails = ReadonlyMap<string, Message>;

const wordLines = 10;

export function presentWhy(basis: Basis, mails: Mails): Why {
  const { rule, confidence, by } = basis;
  return {
    rule,
    says: ruleSentence(rule),
    confidence,
    confidenceWord: confidenceWord(confidence),
    by,
    evidence: basis.evidence.map((evidence) => presentEvidence(evidence, mails)),
  };
}

/** A span with its words. */
export function presentEvidence(evidence: Evidence, mails: Mails): WireEvidence {
  const { messageId, part, start, end } = evidence;
  return { messageId, part, start, end, words: evidenceWords(evidence, mails.get(messageId)) };
}

function evidenceWords(evidence: Evidence, message: Message | undefined): string[] {
  if (!message) return [];
  if (evidence.part === 'body') return bodyLines(message, evidence.start, evidence.end).slice(0, wordLines);
  if (evidence.part === 'subject') return [message.subject];
  const header = message.headers.find(({ name }) => name.toLowerCase() === evidence.part);
  return header ? [header.value.replace(/\s+/g, ' ').trim()] : [];
}

/** Lines `start` to `end` (exclusive) of a message's body. */
export function bodyLines(message: Message, start: number, end: number): string[] {
  return start < 0 || end <= start ? [] : message.body.split('\n').slice(start, end);
}

/** Ids of all messages whose words prove these. */
export function evidenceIds(bases: readonly (Basis | null)[]): string[] {
  return bases.flatMap((basis) => basis?.evidence.map(({ messageId }) => messageId) ?? []);
}
