/**
 * Related mails: other mails that a message points to by URL or by Message-ID, as links between threads.
 *
 * Only unquoted lines count, and ids above it in its own thread are no news. Archives mask addresses in URLs; a masked
 * id is kept as written and resolved when it is shown.
 */
import { bodyEvidence } from '../model/fact.ts';
import { limits } from '../model/limits.ts';
import { cleanMessageId, findMessageIdOfUrl } from '../patch/mail-url.ts';
import type { StoredFact } from '../store/store.ts';
import type { ThreadMail } from './thread-mails.ts';

export function relatedFacts(mail: ThreadMail): StoredFact[] {
  const known = new Set([mail.messageId, ...mail.message.references, ...mail.message.inReplyTo]);
  const facts: StoredFact[] = [];
  for (const [at, line] of mail.lines.entries()) {
    if (line.startsWith('>') || !line.includes('@')) continue;
    for (const { messageId, rule, confidence } of mailsNamed(line.slice(0, limits.patternLine))) {
      if (known.has(messageId) || facts.length >= limits.statedLinks) continue;
      known.add(messageId);
      facts.push({
        kind: 'related',
        owner: mail.messageId,
        subject: mail.messageId,
        value: { messageId, subject: '' },
        rule,
        confidence,
        evidence: [bodyEvidence(mail.messageId, at, at + 1)],
        by: 'rule',
      });
    }
  }
  return facts;
}

interface NamedMail {
  readonly messageId: string;
  readonly rule: string;
  readonly confidence: number;
}

const idWord = /\b(?:message-?id|msg-?id|mid)\b/i;

function mailsNamed(line: string): NamedMail[] {
  const found: NamedMail[] = [];
  for (const url of line.includes('://') ? urlsOf(line) : []) {
    const messageId = findMessageIdOfUrl(url);
    if (messageId !== undefined) found.push({ messageId, rule: 'url-of-mail', confidence: 0.99 });
  }
  for (const [, text = ''] of line.matchAll(/<([^\s<>@/]{1,300}@[^\s<>@/]{1,200})>/g)) {
    const messageId = cleanMessageId(text);
    if (messageId === undefined || !(idWord.test(line) || looksMade(messageId))) continue;
    found.push({ messageId, rule: 'id-of-mail', confidence: 0.9 });
  }
  return found;
}

/** An address of a person hardly has eight digits; a Message-ID does: it tells the time or is drawn by lot. */
function looksMade(id: string): boolean {
  return !id.includes('noreply') && (id.slice(0, id.indexOf('@')).match(/\d/g)?.length ?? 0) >= 8;
}

/** Words of a line that begin with http. */
function urlsOf(line: string): string[] {
  return line.split(/[\s<>()"]/).filter((word) => word.startsWith('http://') || word.startsWith('https://'));
}
