/**
 * IMAP script: as much of a mail server as reading a folder needs, for servers that a test cannot install: Gmail, and
 * those that answer oddly. Real servers are ./dovecot.ts and public-inbox.
 */
import { createServer } from 'node:net';
import type { Ending } from './public-inbox.ts';

export interface ScriptedMail {
  readonly uid: number;
  readonly raw: string;
}

export interface ImapScript {
  /** Capabilities beside IMAP4rev1. */
  readonly capabilities?: readonly string[];
  readonly folders: Readonly<Record<string, readonly ScriptedMail[]>>;
  /** What a FETCH of these mails answers, instead of each mail once and in order. */
  readonly fetch?: (mails: readonly ScriptedMail[], round: number) => readonly string[];
  /** More items of each fetched mail, such as labels. */
  readonly items?: (mail: ScriptedMail) => string;
}

/** `* 1 FETCH (UID 7 ... BODY[] {5}...)` */
export function fetchLine({ uid, raw }: ScriptedMail, more = ''): string {
  const items = `UID ${uid} INTERNALDATE "06-Jul-2020 17:08:32 +0000"${more === '' ? '' : ` ${more}`}`;
  return `* ${uid} FETCH (${items} BODY[] {${Buffer.byteLength(raw)}}\r\n${raw})`;
}

/** Serves it on loopback; gives the port, and every command that came, without tags. */
export async function startImapScript(
  t: Ending,
  script: ImapScript,
): Promise<{ readonly port: number; readonly commands: readonly string[] }> {
  const commands: string[] = [];
  const server = createServer((socket) => {
    const session = new Session(script);
    const say = (lines: readonly string[]) => socket.write(lines.map((line) => `${line}\r\n`).join(''));
    socket.on('error', () => socket.destroy());
    say(['* OK ready']);
    let rest = '';
    socket.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const blank = line.indexOf(' ');
        const [tag, command] = [line.slice(0, blank), line.slice(blank + 1)];
        commands.push(command.startsWith('LOGIN') ? 'LOGIN' : command);
        say([...session.answer(command), `${tag} OK done`]);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const address = server.address();
  return { port: typeof address === 'object' && address ? address.port : 0, commands };
}

class Session {
  readonly #script: ImapScript;
  #mails: readonly ScriptedMail[] = [];
  #round = 0;

  constructor(script: ImapScript) {
    this.#script = script;
  }

  answer(command: string): readonly string[] {
    const { capabilities = [], folders, fetch, items } = this.#script;
    const [verb = ''] = command.split(' ');
    if (verb === 'CAPABILITY') return [`* CAPABILITY ${['IMAP4rev1', ...capabilities].join(' ')}`];
    if (verb === 'NAMESPACE') return ['* NAMESPACE (("" "/")) NIL NIL'];
    // With an empty name only the separator is asked for.
    if (command.endsWith(' ""')) return ['* LIST (\\Noselect) "/" ""'];
    if (verb === 'LIST') return Object.keys(folders).map((name) => `* LIST (\\HasNoChildren) "/" "${name}"`);
    if (verb === 'EXAMINE' || verb === 'SELECT') {
      this.#mails =
        folders[
          command
            .slice(verb.length + 1)
            .replace(/ \(.*$/, '')
            .replaceAll('"', '')
        ] ?? [];
      const next = Math.max(0, ...this.#mails.map(({ uid }) => uid)) + 1;
      const sizes = [`* ${this.#mails.length} EXISTS`, `* OK [UIDVALIDITY 7] x`, `* OK [UIDNEXT ${next}] x`];
      return ['* FLAGS (\\Seen)', ...sizes];
    }
    const asked = this.#mails.filter(({ uid }) =>
      isIn(uid, command.split(' ')[verb === 'UID' ? 2 : 1] ?? ''),
    );
    if (command.startsWith('UID SEARCH')) {
      const range = / UID (\S+)/.exec(command.slice(3))?.[1] ?? '1:*';
      const found = this.#mails.filter(({ uid }) => isIn(uid, range)).map(({ uid }) => uid);
      return [`* SEARCH ${found.join(' ')}`.trimEnd()];
    }
    if (command.startsWith('UID FETCH')) {
      if (fetch) return fetch(asked, ++this.#round);
      return asked.map((mail) => fetchLine(mail, items?.(mail)));
    }
    return verb === 'LOGOUT' ? ['* BYE'] : [];
  }
}

/** `1:3,5`, `4:*` */
function isIn(uid: number, set: string): boolean {
  return set.split(',').some((range) => {
    const [from = '', to = from] = range.split(':');
    return uid >= Number(from) && (to === '*' || uid <= Number(to));
  });
}
