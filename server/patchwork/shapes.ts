/**
 * Shapes: people, projects, series, patches and covers as Patchwork embeds them in other things.
 *
 * A field that is newer than the version asked for is left out; all others are there, null where there is nothing.
 */
import type { PatchRow, SendingRow, Submitter } from '../../ingest/store/tracker.ts';
import type { Account } from '../rights/asker.ts';
import type { Links } from './links.ts';
import { dateText } from './words.ts';

/** Numbers of lists and accounts, by name: what embedded forms need beside their row. */
export interface Site {
  readonly lists: ReadonlyMap<string, number>;
  readonly accounts: readonly Account[];
}

export function personShape(links: Links, { number, name, address }: Submitter) {
  return { id: number, url: links.thing('people', number), name: name || null, email: address };
}

export function userShape(links: Links, { number, name, fullName, addresses }: Account) {
  const [first = '', ...rest] = fullName.split(' ');
  return {
    id: number,
    url: links.thing('users', number),
    username: name,
    first_name: first,
    last_name: rest.join(' '),
    email: addresses[0] ?? '',
  };
}

export function projectShape(links: Links, site: Site, list: string) {
  const number = site.lists.get(list) ?? 0;
  return {
    id: number,
    url: links.thing('projects', number),
    name: list,
    link_name: list,
    list_id: list,
    list_email: '',
    web_url: '',
    scm_url: '',
    webscm_url: '',
    ...(links.minor >= 2 ? { list_archive_url: '', list_archive_url_format: '', commit_url_format: '' } : {}),
  };
}

export function seriesShape(links: Links, row: SendingRow) {
  return {
    id: row.number,
    url: links.thing('series', row.number),
    ...(links.minor >= 1 ? { web_url: links.seriesPage(row.lists[0] ?? '', row.number) } : {}),
    date: dateText(row.sentMs),
    name: seriesName(row),
    version: row.version,
    mbox: links.seriesMbox(row.number),
  };
}

/** A cover's subject without its prefix, else the name of the first patch. */
export function seriesName({ name, hasCover }: SendingRow): string | null {
  const text = hasCover ? name.replace(/^\[[^\]]*\] */, '') : name;
  return text === '' ? null : text;
}

export function patchShape(links: Links, row: PatchRow) {
  const list = row.lists[0] ?? '';
  const kind = row.isCover ? 'cover' : 'patch';
  const hasWeb = links.minor >= 1;
  return {
    id: row.number,
    url: links.thing(row.isCover ? 'covers' : 'patches', row.number),
    ...(hasWeb ? { web_url: links.mail(kind, list, row.messageId) } : {}),
    msgid: `<${row.messageId}>`,
    ...(links.minor >= 2 ? { list_archive_url: null } : {}),
    date: dateText(row.sentMs),
    name: row.name,
    ...(hasWeb || !row.isCover ? { mbox: links.mail(kind, list, row.messageId, 'mbox/') } : {}),
  };
}
