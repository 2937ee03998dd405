/**
 * HTML of the archive: text made safe, links, and the frame of every page. No scripts and no styles of its own.
 *
 * All text of strangers passes `escapeHtml`; nothing else makes markup of it.
 */
import { stripEnd } from '../../../ingest/model/strip-end.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Text as HTML. Control characters, which HTML knows none of, and those that turn
 * the direction of what follows become a replacement sign.
 */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? '').replace(controls, '\u{fffd}');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g;

/** An address within a text ends before the sign that ends the sentence. */
const webAddress = /https?:\/\/[^\s<>"'`]{1,1000}/g;

/** Text with its web addresses as links. */
export function linkedText(text: string): string {
  if (!text.includes('://')) return escapeHtml(text);
  let html = '';
  let at = 0;
  for (const { 0: found, index } of text.matchAll(webAddress)) {
    const address = stripEnd(found, ').,;:!?]}');
    html += `${escapeHtml(text.slice(at, index))}<a rel="noopener nofollow" href="${escapeHtml(address)}">${escapeHtml(address)}</a>`;
    at = index + address.length;
  }
  return html + escapeHtml(text.slice(at));
}

export interface PageFrame {
  readonly title: string;
  /** Where the feed of what is shown stands; empty for none. */
  readonly feed: string;
  /** Address of the list's page from here; empty: there is no search box. */
  readonly listHref: string;
  readonly query?: string;
}

/** A whole page; `body` is HTML. */
export function archivePage({ title, feed, listHref, query = '' }: PageFrame, body: string): string {
  const alternate =
    feed === ''
      ? ''
      : `<link rel="alternate" type="application/atom+xml" title="Atom feed" href="${escapeHtml(feed)}">\n`;
  const box =
    listHref === ''
      ? ''
      : `<header><form action="${escapeHtml(listHref)}"><label>Search: <input name="q" type="search" value="${escapeHtml(query)}"></label> <button>search</button> <a href="${escapeHtml(listHref)}_/text/help/">help</a> / <a href="${escapeHtml(listHref)}">newest</a>${feed === '' ? '' : ` / <a href="${escapeHtml(feed)}">Atom feed</a>`} / <a href="/">Patchtrail</a></form></header>\n`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>${escapeHtml(title)}</title>
${alternate}<link rel="stylesheet" href="/archive.css"></head><body>
${box}<main>
${body}</main></body></html>
`;
}

/** The one style sheet of the archive's pages. */
export const archiveStyle = `:root { color-scheme: light dark; }
body { margin: 1rem; font-family: ui-monospace, "DejaVu Sans Mono", monospace; }
h1 { font-size: 1.2rem; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; tab-size: 8; }
mark { font-weight: bold; }
`;
