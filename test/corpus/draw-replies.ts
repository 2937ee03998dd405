/**
 * Draws the replies that labels/replies.tsv labels: at random, but the same at every run.
 *
 * Prints ids of replies to postings, some of each of four lists: `tsx test/corpus/draw-replies.ts`. A reply is drawn by the
 * hash of its id, so what was labelled does not depend on what the analyser says of it.
 */
import { createHash } from 'node:crypto';
import { parseMessage } from '../../ingest/mail/mime.ts';
import { readPosting } from '../../ingest/patch/posting.ts';
import { corpusMails } from '../support/corpora.ts';

export const labelledLists: Readonly<Record<string, number>> = {
  'linux-api': 40,
  'io-uring': 40,
  selinux: 35,
  'linux-man': 35,
};

/** Ids of the replies of one list, in the order of their hashes, as many as asked for. */
export async function drawReplies(list: string, count: number): Promise<string[]> {
  const postings = new Set<string>();
  const replies: { readonly id: string; readonly above: readonly string[] }[] = [];
  for (const raw of corpusMails(`${list}.mbox.gz`)) {
    const message = await parseMessage(raw);
    if (readPosting(message)) postings.add(message.messageId);
    else replies.push({ id: message.messageId, above: [...message.inReplyTo, ...message.references] });
  }
  const key = (id: string) => createHash('sha256').update(`draw ${id}`).digest('hex');
  const answers = replies.filter(({ above }) => above.some((id) => postings.has(id))).map(({ id }) => id);
  return [...new Set(answers)].sort((a, b) => (key(a) < key(b) ? -1 : 1)).slice(0, count);
}

if (process.argv[1]?.endsWith('draw-replies.ts')) {
  for (const [list, count] of Object.entries(labelledLists)) {
    for (const id of await drawReplies(list, count)) process.stdout.write(`${list}\t${id}\n`);
  }
}
