/**
 * Related mails: other mails that a message points to by URL, as links between threads.
 *
 * Only unquoted lines count, and ids above it in its own thread are no news. Archives mask addresses in URLs; a masked
 * id is kept as written and resolved when it is shown.
 */
import { bodyEvidence } from '../model/fact.ts';
import { limits } from '../model/limits.ts';
import { findMessageIdOfUrl } from '../patch/mail-url.ts';
import type { StoredFact } from '../store/store.ts';
import type { ThreadMail } from './thread-mails.ts';

export function relatedFacts(mail: ThreadMail): StoredFact[] {
  const known = new Set([mail.messageId, ...mail.message.references, ...mail.message.inReplyTo]);
  const facts: StoredFact[] = [];
  for (const [at, line] of mail.lines.entries()) {
    if (line.startsWith('>') || !line.includes('://')) continue;
    for (const url of urlsOf(line)) {
      const messageId = findMessageIdOfUrl(url);
      if (messageId === undefined || known.has(messageId) || facts.length >= limits.statedLinks) continue;
      known.add(messageId);
      facts.push({
        kind: 'related',
        owner: mail.messageId,
        subject: mail.messageId,
        value: { messageId, subject: '' },
        rule: 'url-of-mail',
        confidence: 0.99,
        evidence: [bodyEvidence(mail.messageId, at, at + 1)],
        by: 'rule',
      });
    }
  }
  return facts;
}

/** Words of a line that begin with http. */
function urlsOf(line: string): string[] {
  return line
    .slice(0, limits.patternLine)
    .split(/[\s<>()"]/)
    .filter((word) => word.startsWith('http://') || word.startsWith('https://'));
}
