/**
 * Evidence: the mails that prove an answer of the API, as links with the words that count.
 *
 * Answers carry evidence at many depths, so it is looked for by its form (WireEvidence), wherever it stands. Pure.
 */
import { z } from 'zod';
import { threadUrl } from '../urls.ts';

const evidence = z.object({ messageId: z.string(), part: z.string(), words: z.array(z.string()) });

export interface EvidenceLink {
  readonly url: string;
  readonly words: string;
}

const linksMost = 40;
const wordsMost = 200;

/** Each mail and its words once, in the order in which they stand; `origin` is where people reach the pages. */
export function evidenceLinks(answer: unknown, origin: string): EvidenceLink[] {
  const found = new Map<string, EvidenceLink>();
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || found.size >= linksMost) return;
    const proof = evidence.safeParse(value);
    if (proof.success) {
      const words = proof.data.words.join(' ').replace(/\s+/g, ' ').trim().slice(0, wordsMost);
      const url = `${origin}${threadUrl(proof.data.messageId)}`;
      found.set(`${url} ${words}`, { url, words });
      return;
    }
    for (const part of Object.values(value)) walk(part);
  };
  walk(answer);
  return [...found.values()];
}
