/**
 * Draws the replies that labels/replies*.tsv label: at random, but the same at every run.
 *
 * `tsx test/corpus/draw-replies.ts [SALT [COUNT]]` prints ids of replies to postings, some of each of four lists; with
 * `--read` also their own lines, numbered, each stretch below the last line that it quotes. A reply is drawn by the hash
 * of its id, so what was labelled does not depend on what the analyser says of it. `--apart` draws of all lists, and
 * only of threads that are set apart: phrases are made from the others. `--others` leaves out what the author of the
 * patch says, who takes no stance; `--but FILE` all threads of which that file of labels has a mail.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Message } from '../../ingest/model/message.ts';
import { isByAuthor } from '../../ingest/reply/read-reply.ts';
import { ancestorsOf, type ListMails, readList } from './list-mails.ts';

export const labelledLists: Readonly<Record<string, number>> = {
  'linux-api': 40,
  'io-uring': 40,
  selinux: 35,
  'linux-man': 35,
};

/** Lists of which few replies are drawn. */
const otherLists = ['jailhouse-dev', 'b4-change-id', 'renamed'];

/** True for half of all threads, by the hash of their first mail: nobody reads these before they are labelled. */
export function isSetApart(firstMail: string): boolean {
  return (createHash('sha256').update(`half ${firstMail}`).digest('hex')[0] ?? '') >= '8';
}

/** The first mail of a thread, as far as a mail knows. */
export function firstMailOf({ references, inReplyTo, messageId }: Message): string {
  return references[0] ?? inReplyTo[0] ?? messageId;
}

/** Ids in the order of their hashes. */
export function inDrawnOrder(ids: readonly string[], salt: string): string[] {
  const key = (id: string) => createHash('sha256').update(`${salt} ${id}`).digest('hex');
  return [...new Set(ids)].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** Ids of the replies of one list that have a posting above them. */
export function repliesTo(mails: ListMails): string[] {
  return [...mails.values()]
    .filter(({ text }) => text.posting === null)
    .filter(({ message }) =>
      [...message.inReplyTo, ...message.references].some((id) => mails.get(id)?.text.posting),
    )
    .map(({ message }) => message.messageId);
}

/** Own lines with their numbers, and the last line of each quote. */
export function* ownLines(lines: readonly string[], most = 60): Iterable<string> {
  const signature = lines.findIndex((line) => /^-- ?$/.test(line));
  const end = signature < 0 ? lines.length : signature;
  let said = 0;
  for (const [at, line] of lines.slice(0, end).entries()) {
    const isLastQuoted = line.startsWith('>') && !(lines[at + 1] ?? '').startsWith('>');
    if (line.trim() === '' || (line.startsWith('>') && !isLastQuoted)) continue;
    yield `${String(at).padStart(5)} ${line.slice(0, 150)}`;
    if (++said >= most) return;
  }
}

/** Replies of somebody other than the author of what is answered. */
export function isByOther(id: string, mails: ListMails): boolean {
  const text = mails.get(id)?.text;
  const target = ancestorsOf(id, mails).find(({ posting }) => posting !== null);
  return text !== undefined && target !== undefined && !isByAuthor(text, target);
}

/** The first mails of all threads of which a file of labels has a mail. */
export function threadsIn(file: string, mails: ListMails): Set<string> {
  return new Set(labelledIds(file).map((id) => threadOf(id, mails)));
}

/** What a file of labels is about: the second column of each row. */
export function labelledIds(file: string): string[] {
  const rows = readFileSync(new URL(`./labels/${file}`, import.meta.url), 'utf8')
    .split('\n')
    .slice(1);
  return rows.flatMap((row) => row.split('\t')[1] ?? []);
}

/** The first mail of the thread of one that is held. */
export function threadOf(id: string, mails: ListMails): string {
  const mail = mails.get(id);
  return mail ? firstMailOf(mail.message) : id;
}

if (process.argv[1]?.endsWith('draw-replies.ts')) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      read: { type: 'boolean' },
      apart: { type: 'boolean' },
      others: { type: 'boolean' },
      but: { type: 'string', multiple: true },
    },
  });
  const [salt = 'draw', count] = positionals;
  for (const list of [...Object.keys(labelledLists), ...(values.apart ? otherLists : [])]) {
    const mails = await readList(list);
    const known = new Set((values.but ?? []).flatMap((file) => [...threadsIn(file, mails)]));
    const ids = repliesTo(mails).filter((id) => {
      const thread = threadOf(id, mails);
      if (known.has(thread) || (values.apart && !isSetApart(thread))) return false;
      return !values.others || isByOther(id, mails);
    });
    for (const id of inDrawnOrder(ids, salt).slice(0, Number(count ?? labelledLists[list] ?? 0))) {
      process.stdout.write(`${list}\t${id}\n`);
      if (!values.read) continue;
      const { from, lines, subject } = mails.get(id)?.text ?? { from: null, lines: [], subject: '' };
      process.stdout.write(`  ${from?.name}: ${subject}\n`);
      for (const line of ownLines(lines)) process.stdout.write(`${line}\n`);
    }
  }
}
