/**
 * Draws the comments whose outcome labels/outcomes.tsv tells, out of those that labels/replies*.tsv have.
 *
 * `tsx test/corpus/draw-points.ts [--read]`. With `--read` what a labeller needs: the comment below the line that it is
 * about, own words of all mails below and of later ones of its sender in the thread, and later postings of the same
 * title or place with what they say of that line. `--apart STORE` draws, for labels/outcomes-fourth.tsv, points that a
 * store holds in threads that are set apart (./draw-replies.ts); what the store says became of them is not shown.
 * `--salt WORD` draws others, `--but FILE` leaves out threads of which a file of labels has a mail.
 */
import { parseArgs } from 'node:util';
import type { Point } from '../../ingest/model/review.ts';
import { parseSubject } from '../../ingest/patch/subject.ts';
import { readDepth } from '../../ingest/reply/quote-depth.ts';
import { openStore } from '../../ingest/store/open.ts';
import { inDrawnOrder, isSetApart, ownLines, repliesTo, threadOf, threadsIn } from './draw-replies.ts';
import { readLabels } from './label-score.ts';
import { ancestorsOf, type ListMail, type ListMails, readList } from './list-mails.ts';

const perList = 15;
const apartPerList = 13;
const lists = ['linux-api', 'io-uring', 'selinux', 'linux-man'];

interface Drawn {
  readonly id: string;
  readonly start: number;
  readonly above: number;
}

/** Comments that ask something, as `id start above`. */
function asked(list: string): Drawn[] {
  return ['replies.tsv', 'replies-unseen.tsv']
    .flatMap(readLabels)
    .filter((label) => label.list === list)
    .flatMap(({ messageId, points }) =>
      points
        .filter(({ kinds, isArguable }) => !isArguable && kinds[0] !== 'remark')
        .map(({ start, above }) => ({ id: messageId, start, above })),
    );
}

/** Points that ask something, found in threads that are set apart; `above` is the line before the point's words. */
async function foundApart(location: string, mails: ListMails, but: readonly string[]): Promise<Drawn[]> {
  const known = new Set(but.flatMap((file) => [...threadsIn(file, mails)]));
  const owners = repliesTo(mails).filter((id) => {
    const thread = threadOf(id, mails);
    return isSetApart(thread) && !known.has(thread);
  });
  const store = await openStore(location, { readOnly: true });
  const facts = await store.getFacts({ kinds: ['point'], owners });
  await store.close();
  return facts
    .map((fact) => fact.value as Point)
    .filter(({ kind }) => kind !== 'remark')
    .map(({ messageId, start }) => ({ id: messageId, start, above: lastQuoted(messageId, start, mails) }));
}

function lastQuoted(id: string, start: number, mails: ListMails): number {
  const lines = mails.get(id)?.text.lines ?? [];
  for (let at = start - 1; at >= 0; at--) if (/^>[>\s]*[^>\s]/.test(lines[at] ?? '')) return at;
  return -1;
}

function isBelow(mail: ListMail, id: string, mails: ListMails): boolean {
  return ancestorsOf(mail.message.messageId, mails).some(({ messageId }) => messageId === id);
}

function* describe({ id, start, above }: Drawn, mails: ListMails): Iterable<string> {
  const mail = mails.get(id);
  if (!mail) return;
  const { lines, from, subject, sentMs } = mail.text;
  yield `  ${day(sentMs)} ${from.name}: ${subject}`;
  for (let at = Math.max(0, above - 3); at < Math.min(start + 10, lines.length); at++)
    yield `  ${String(at).padStart(5)} ${lines[at]}`;
  const anchor = readDepth(lines[above] ?? '').text;
  const target = ancestorsOf(id, mails).find(({ posting }) => posting !== null);
  const later = [...mails.values()].filter(({ text }) => text.sentMs > sentMs);
  for (const one of later.filter((other) => isBelow(other, id, mails)).slice(0, 8)) {
    yield `  -- ${day(one.text.sentMs)} ${one.text.from.name}: ${one.text.subject}`;
    for (const line of ownLines(one.text.lines, 16)) yield `     ${line}`;
  }
  const key = parseSubject(target?.subject ?? '').titleKey;
  const versions = later.filter(
    ({ text }) => text.posting && text.sentMs > sentMs && parseSubject(text.subject).titleKey === key,
  );
  const even = (text: string) => text.replace(/\s+/g, '');
  for (const { text } of versions.slice(-2)) {
    const has = text.lines.some((line) => even(line) === even(anchor));
    yield `  ++ ${day(text.sentMs)} ${text.from.name}: ${text.subject}: the line above is ${has ? 'there as it was' : 'not there'}`;
  }
  const senders = later.filter(
    ({ text }) =>
      text.from.address === from.address &&
      !text.posting &&
      isBelow(
        { ...mail, text, message: mails.get(text.messageId)?.message ?? mail.message },
        target?.messageId ?? '',
        mails,
      ),
  );
  for (const { text } of senders.slice(0, 4)) {
    yield `  .. ${day(text.sentMs)} ${text.from.name}: ${text.subject}`;
    for (const line of ownLines(text.lines, 6)) yield `     ${line}`;
  }
}

function day(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16);
}

const { values } = parseArgs({
  options: {
    read: { type: 'boolean' },
    apart: { type: 'string' },
    salt: { type: 'string' },
    but: { type: 'string', multiple: true },
  },
});
const { apart, salt = apart === undefined ? 'outcome' : 'fourth', but = [] } = values;
for (const list of lists) {
  const mails = await readList(list);
  const points = apart === undefined ? asked(list) : await foundApart(apart, mails, but);
  const drawn = new Map(points.map((one) => [`${one.id} ${one.start}`, one]));
  const most = apart === undefined ? perList : apartPerList;
  for (const key of inDrawnOrder([...drawn.keys()], salt).slice(0, most)) {
    const one = drawn.get(key);
    if (!one) continue;
    process.stdout.write(`${list}\t${one.id}\t${one.start}\n`);
    if (!values.read) continue;
    for (const line of describe(one, mails)) process.stdout.write(`${line.slice(0, 150)}\n`);
  }
}
