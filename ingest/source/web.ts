/**
 * Web: which source a web address means: a list, its feed, or one thread of a public-inbox.
 *
 * In: `https://host/list/`, `https://host/list/new.atom`, `https://host/list/MESSAGE-ID/` (or its t.mbox.gz).
 */
import { UsageError } from '../model/errors.ts';
import type { Source } from './source.ts';
import { openWebAtom } from './web-atom.ts';
import { openWebInbox } from './web-inbox.ts';
import { openWebThread } from './web-thread.ts';

export interface WebOptions {
  /** Folder for mirrors of whole lists. */
  readonly mirrors?: string;
  /** How long a server may keep us waiting: ./patience.ts */
  readonly patienceMs?: number;
}

/** @throws UsageError for an address with a password, or of a whole list where no mirror can be kept. */
export function openWeb(spec: string, list: string | undefined, options: WebOptions): Source {
  const url = URL.canParse(spec) ? new URL(spec) : undefined;
  if (url === undefined || url.username !== '' || url.password !== '') {
    throw new UsageError('The web source is no plain address', { remedy: 'Write https://host/list/.' });
  }
  url.hash = '';
  url.search = '';
  const names = url.pathname.split('/').filter(Boolean);
  const last = names.at(-1) ?? '';
  if (last === 'new.atom') return openWebAtom(url, list ?? names.at(-2) ?? '', options);
  const isMail = names.some((name) => /@|%40/i.test(name));
  if (isMail) {
    const mail = /^(?:t\.mbox(?:\.gz)?|[tT]|raw)$/.test(last) ? names.slice(0, -1) : names;
    return openWebThread(new URL(`/${mail.join('/')}/`, url), list ?? mail.at(-2) ?? '', options);
  }
  if (names.length === 0 || options.mirrors === undefined) {
    throw new UsageError('The web source names no list', { remedy: 'Write https://host/list/.' });
  }
  const isRepository = last.endsWith('.git') || last === 'git';
  const inbox = isRepository ? names.slice(0, names.indexOf('git') >= 0 ? names.indexOf('git') : -1) : names;
  const name = isRepository && inbox.length === 0 ? last.replace(/\.git$/, '') : inbox.at(-1);
  const { mirrors } = options;
  return openWebInbox(new URL(`/${inbox.join('/')}/`, url), list ?? name ?? '', { ...options, mirrors });
}
