/**
 * Login pages: plain HTML, so that they work where scripts do not. Pure.
 */
import { escapeHtml } from './archive/html.ts';

export interface LoginPage {
  /** Who is signed in; empty for nobody. */
  readonly name: string;
  /** What a form must send with it, where somebody is signed in. */
  readonly csrf: string;
  /** Where to go afterwards, a path of our own. */
  readonly next: string;
  /** True where codes can be mailed. */
  readonly hasMail: boolean;
  /** True where a code was just mailed, or would have been. */
  readonly isCodeSent: boolean;
  /** What went wrong; empty where nothing did. */
  readonly trouble: string;
}

export function renderLogin(page: LoginPage): string {
  const body = page.name === '' ? renderForms(page) : renderSigned(page);
  const trouble = page.trouble === '' ? '' : `<p role="alert">${escapeHtml(page.trouble)}</p>\n`;
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>Sign in: Patchtrail</title>
<link rel="stylesheet" href="/archive.css"></head>
<body>
<main>
<h1>Patchtrail</h1>
${trouble}${body}<p><a href="/">To the pages</a></p>
</main>
</body>
</html>
`;
}

function renderSigned({ name, csrf }: LoginPage): string {
  return `<p>You are signed in as <strong>${escapeHtml(name)}</strong>.</p>
<form method="post" action="/logout"><input type="hidden" name="csrf" value="${escapeHtml(csrf)}">
<button>Sign out</button></form>
`;
}

function renderForms({ next, hasMail, isCodeSent }: LoginPage): string {
  const hidden = `<input type="hidden" name="next" value="${escapeHtml(next)}">`;
  const token = `<form method="post" action="/login">${hidden}
<p><label>Token or mailed code: <input name="secret" type="password" required maxlength="200"
autocomplete="current-password"></label> <button>Sign in</button></p></form>
`;
  if (!hasMail) return token;
  const sent = isCodeSent
    ? '<p role="status">If somebody has that address here, a code is on its way to it. It holds for 15 minutes.</p>\n'
    : '';
  return `${sent}${token}<form method="post" action="/login/mail">${hidden}
<p><label>No token? Your mail address: <input name="address" type="email" required maxlength="250"
autocomplete="email"></label> <button>Mail a code</button></p></form>
`;
}
