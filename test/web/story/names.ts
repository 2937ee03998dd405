/** Names: the people, ids and times of the story. All invented. */
import type { PersonName, Why } from '../../../server/wire.ts';

export const dayMs = 86_400_000;
export const startMs = Date.UTC(2026, 1, 3, 9, 30);

export const ada: PersonName = { name: 'Ada Moss', address: 'ada@moss.example' };
export const bo: PersonName = { name: 'Bo Lindqvist', address: 'bo@harbour.example' };
export const chidi: PersonName = { name: 'Chidi Okoro', address: 'chidi@okoro.example' };
export const dana: PersonName = { name: 'Dana Weiss', address: 'dana@weiss.example' };

export const patchId = '20260203.2-ada@moss.example';

export function why(rule: string, says: string, confidence: number, words: string[] = []): Why {
  return {
    rule,
    says,
    confidence,
    confidenceWord: confidence >= 0.95 ? 'certain' : confidence >= 0.7 ? 'likely' : 'guess',
    by: 'rule',
    evidence:
      words.length === 0
        ? []
        : [{ messageId: 'reply-1@harbour.example', part: 'body', start: 3, end: 5, words }],
  };
}
export const newTitle = 'alpha: Use the thread area in get_cpu() where there is one';
export const oldTitle = 'alpha: get_cpu(): read the CPU number from the thread area';

export function postingId(label: string): string {
  return label === 'v4' ? patchId : `${label}-2-ada@moss.example`;
}
