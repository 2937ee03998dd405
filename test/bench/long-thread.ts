/** Long threads: invented mails that answer each other as people do, deep and wide, with quotes, for stores of any list. */
import { idOf, mailText } from '../support/mail-text.ts';

/** Every mail answers one of the few before it. The first has the id `<name>-0`. */
export function longThread(name: string, mails: number): Uint8Array[] {
  return Array.from({ length: mails }, (_, at) => {
    const parent = at === 0 ? null : Math.max(0, at - 1 - ((at * 7) % 5));
    const quoted = parent === null ? [] : wordsOf(parent).map((line) => `> ${line}`);
    return mailText({
      id: `${name}-${at}`,
      hour: at,
      from: `Person ${at % 23} <person${at % 23}@example.org>`,
      subject: at === 0 ? `A long talk: ${name}` : `Re: A long talk: ${name}`,
      ...(parent === null ? {} : { inReplyTo: `${name}-${parent}` }),
      body: [
        ...(parent === null ? [] : [`On some day, Person ${parent % 23} wrote:`]),
        ...quoted,
        '',
        ...wordsOf(at),
        '',
      ].join('\n'),
    });
  });
}

/** Address of a long thread's first mail. */
export function longThreadRoot(name: string): string {
  return idOf(`${name}-0`);
}

function wordsOf(at: number): string[] {
  return Array.from(
    { length: 6 + (at % 30) },
    (_, line) =>
      `Line ${line} of mail ${at}: the pump counts strokes while valve ${(at * line) % 97} is open.`,
  );
}
