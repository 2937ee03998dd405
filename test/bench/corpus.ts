/**
 * Corpus: the mails of one mbox as a maildir for the peer, and questions that fit them.
 *
 * Questions are taken from the mails at even distances, so that they have answers, and the same corpus always gives the
 * same ones. Each is written once for us and once for notmuch; the two mean the same.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseMessage } from '../../ingest/mail/mime.ts';
import type { Message } from '../../ingest/model/message.ts';
import { openSources } from '../../ingest/source/open.ts';

export interface Question {
  readonly kind: 'author' | 'subject' | 'word' | 'phrase' | 'date';
  readonly ours: string;
  readonly notmuch: string;
}

export interface Corpus {
  readonly mails: number;
  readonly bytes: number;
  readonly questions: readonly Question[];
}

/** Words that are in nearly every mail find nothing out. */
const shortestWord = 6;
const questionsPerKind = 8;

/** Writes every mail into `maildir/cur` and gives what was read. */
export async function spreadCorpus(file: string, maildir: string): Promise<Corpus> {
  for (const name of ['cur', 'new', 'tmp']) mkdirSync(join(maildir, name), { recursive: true });
  let mails = 0;
  let bytes = 0;
  const sample: Message[] = [];
  for (const source of await openSources(file)) {
    for await (const event of source.read(null)) {
      if (event.type !== 'mail') continue;
      writeFileSync(join(maildir, 'cur', `${mails}.bench:2,S`), event.mail.raw);
      bytes += event.mail.raw.byteLength;
      // Few enough to keep, spread over the whole file: every 97th is as good as a random one.
      if (mails % 97 === 0) sample.push(await parseMessage(event.mail.raw));
      mails++;
    }
  }
  return { mails, bytes, questions: makeQuestions(sample) };
}

function makeQuestions(sample: readonly Message[]): Question[] {
  const rows: Record<Question['kind'], Question[]> = {
    author: [],
    subject: [],
    word: [],
    phrase: [],
    date: [],
  };
  for (const message of sample) {
    const [author] = words(message.from.name);
    if (author) rows.author.push({ kind: 'author', ours: `f:${author}`, notmuch: `from:${author}` });
    const subject = words(message.subject).at(-1);
    if (subject) rows.subject.push({ kind: 'subject', ours: `s:${subject}`, notmuch: `subject:${subject}` });
    const own = message.body.split('\n').filter((line) => /^[A-Za-z]/.test(line) && !line.endsWith(':'));
    const word = words(own[Math.floor(own.length / 2)] ?? '')[0];
    if (word) rows.word.push({ kind: 'word', ours: word, notmuch: word });
    const phrase = own.map((line) => line.match(/[a-z]{3,}(?: [a-z]{3,}){2}/)?.[0]).find(Boolean);
    if (phrase) rows.phrase.push({ kind: 'phrase', ours: `"${phrase}"`, notmuch: `"${phrase}"` });
    if (message.dateMs !== null) {
      const day = new Date(message.dateMs).toISOString().slice(0, 10);
      const end = new Date(message.dateMs + 7 * 86_400_000).toISOString().slice(0, 10);
      rows.date.push({ kind: 'date', ours: `d:${day}..${end}`, notmuch: `date:${day}..${end}` });
    }
  }
  return Object.values(rows).flatMap((all) =>
    [...new Map(all.map((row) => [row.ours, row])).values()].slice(0, questionsPerKind),
  );
}

function words(text: string): string[] {
  return text.split(/[^A-Za-z]+/).filter((word) => word.length >= shortestWord);
}
