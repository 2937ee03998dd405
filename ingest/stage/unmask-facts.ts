/**
 * Unmask facts: whom the masked addresses of a print can mean, as far as people are known when it is reviewed.
 *
 * Only prints are looked at: nobody else masks addresses. The fact is shown beside the text, which stays as it came.
 */
import { isPrintId } from '../link/print-match.ts';
import { findMaskedAddresses, localPart, unmask } from '../link/unmask.ts';
import { bodyEvidence } from '../model/fact.ts';
import type { Store, StoredFact } from '../store/store.ts';
import type { ThreadMail } from './thread-mails.ts';

/** People looked at for one local part. */
const peopleMost = 50;

export async function unmaskFacts(
  store: Pick<Store, 'listPeople'>,
  { messageId, lines }: ThreadMail,
): Promise<StoredFact[]> {
  if (!isPrintId(messageId)) return [];
  const facts: StoredFact[] = [];
  for (const { masked, line } of findMaskedAddresses(lines)) {
    const known = await store.listPeople({ text: `${localPart(masked)}@` }, { limit: peopleMost });
    const person = unmask(masked, known.items);
    if (!person) continue;
    facts.push({
      kind: 'unmasked',
      owner: messageId,
      subject: messageId,
      value: { masked, address: person.address, name: person.name },
      rule: 'mask-fits-one-person',
      confidence: 0.8,
      evidence: [bodyEvidence(messageId, line, line + 1)],
      by: 'rule',
    });
  }
  return facts;
}
