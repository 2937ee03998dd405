/**
 * Shell: the one HTML page, filled for a request: the session's token and the first page's data.
 *
 * Data stands in a script block of type application/json, which the CSP lets be since nothing runs it; every `<` in it is
 * written \u003c, so a mail that says `</script>` ends nothing. Without built pages a plain one says what to do.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { escapeHtml } from '../present/archive/html.ts';

/** What the first page asks the API, and the answer as JSON text. */
export interface FirstData {
  readonly path: string;
  readonly json: string;
}

/** The same page without scripts: as text, and where it is a mail's as the archive shows it; empty for none. */
export interface Twins {
  readonly text: string;
  readonly archive: string;
}

const noTwins: Twins = { text: '', archive: '' };

const plainShell = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Patchtrail</title>
</head>
<body>
<main>
<h1>Patchtrail</h1>
<p>The pages are not built. Run <code>npm run build</code> and start again, or read <a href="?as=text">this page as text</a>.</p>
<form action="/search"><input type="hidden" name="as" value="text"><label>Search <input name="q" type="search"></label></form>
</main>
</body>
</html>
`;

/** Where the shell leads people without scripts; filled for each address, which keeps its query. */
const plainLink = 'href="?as=text"';

const sessionMeta = '<meta name="patchtrail-session" content="">';
const dataBlock = '<script type="application/json" id="first-data"></script>';

export function readShell(webRoot: string | null): string {
  return webRoot === null ? plainShell : readFileSync(join(webRoot, 'index.html'), 'utf8');
}

/**
 * `sessionToken`: empty where the page may change nothing. `first`: null where the page reads nothing or its reading
 * failed; the page then asks itself and shows why.
 */
export function fillShell(
  shell: string,
  sessionToken: string,
  first: FirstData | null,
  twins: Twins = noTwins,
): string {
  const withToken = fillTwins(shell, twins).replace(sessionMeta, () =>
    sessionMeta.replace('""', `"${sessionToken}"`),
  );
  if (first === null) return withToken;
  const [before, after] = cutShell(withToken);
  return before + firstDataText(first) + after;
}

/** The shell up to the place of its data, and from there on. */
export function cutShell(shell: string): readonly [before: string, after: string] {
  const at = shell.indexOf(dataBlock);
  const cut = at < 0 ? shell.length : at + dataBlock.indexOf('</');
  return [shell.slice(0, cut), shell.slice(cut)];
}

/** Data as it stands in the shell. */
export function firstDataText({ path, json }: FirstData): string {
  return `{"path":${JSON.stringify(path)},"data":${json}}`.replaceAll('<', '\\u003c');
}

function fillTwins(shell: string, { text, archive }: Twins): string {
  if (text === '') return shell;
  const alternate = `<link rel="alternate" type="text/plain" title="This page as text" href="${escapeHtml(text)}">\n  </head>`;
  const lore =
    archive === ''
      ? ''
      : `\n      <p><a href="${escapeHtml(archive)}">The thread as plain HTML</a>, as an archive shows it.</p>`;
  return shell
    .replaceAll(plainLink, () => `href="${escapeHtml(text)}"`)
    .replace('</head>', () => alternate)
    .replace('<form action="/search">', () => `${lore.trimStart()}\n      <form action="/search">`);
}
