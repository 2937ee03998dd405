/**
 * A site for other programs: a real server on loopback, on invented mails, with an account for each role.
 *
 *   [PATCH 0/2] pump: count and report                ada   hour 1   cover
 *     [PATCH 1/2] pump: count strokes                 ada   hour 1   count    (adds count.c)
 *       Re: [PATCH 1/2] pump: count strokes           bö    hour 5   review   (Reviewed-by)
 *     [PATCH 2/2] pump: report strokes                ada   hour 1   report   (adds report.c)
 *   [PATCH v2] valve: close slowly                    cy    hour 9   with/slash
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readConfig } from '../../ingest/config.ts';
import { derive } from '../../ingest/stage/derive.ts';
import { prepareMail } from '../../ingest/stage/prepare-mail.ts';
import { openStore } from '../../ingest/store/open.ts';
import type { Store } from '../../ingest/store/store.ts';
import { serve } from '../../server/main.ts';
import { makeSecret, putAccount } from '../../server/rights/accounts.ts';
import type { Role, Scope } from '../../server/rights/asker.ts';
import { source } from '../store/letters.ts';
import { mailText } from '../support/mail-text.ts';

export const heldMs = Date.UTC(2020, 0, 3);

const bo = 'B\u00f6 Example <bo@example.org>';

/** A commit message with a diff that adds one file: it applies anywhere. */
export function addsFile(file: string, words: string): string {
  return `${words}

Signed-off-by: Ada Example <ada@example.org>
---
 ${file} | 1 +
 1 file changed, 1 insertion(+)
 create mode 100644 ${file}

diff --git a/${file} b/${file}
new file mode 100644
index 0000000..e965047
--- /dev/null
+++ b/${file}
@@ -0,0 +1 @@
+Hello
--${' '}
2.40.0
`;
}

const utf8 = [
  'MIME-Version: 1.0',
  'Content-Type: text/plain; charset=UTF-8',
  'Content-Transfer-Encoding: 8bit',
];

const mails = [
  mailText({ id: 'cover', subject: '[PATCH 0/2] pump: count and report', hour: 1, body: 'Two patches.\n' }),
  mailText({
    id: 'count',
    subject: '[PATCH 1/2] pump: count strokes',
    hour: 1,
    inReplyTo: 'cover',
    headers: utf8,
    body: addsFile('count.c', 'Count them, gr\u00fcndlich.'),
  }),
  mailText({
    id: 'report',
    subject: '[PATCH 2/2] pump: report strokes',
    hour: 1,
    inReplyTo: 'cover',
    body: addsFile('report.c', 'Report them.'),
  }),
  mailText({
    id: 'review',
    subject: 'Re: [PATCH 1/2] pump: count strokes',
    from: bo,
    hour: 5,
    inReplyTo: 'count',
    headers: utf8,
    body: `> Count them\n\nGood.\n\nReviewed-by: ${bo}\n`,
  }),
  mailText({
    id: 'with/slash',
    subject: '[PATCH v2] valve: close slowly',
    from: 'Cy Example <cy@example.org>',
    hour: 9,
    body: addsFile('valve.c', 'Slowly.'),
  }),
];

export interface Site {
  readonly url: string;
  readonly folder: string;
  readonly store: Store;
  readonly tokens: Readonly<Record<'ada' | 'mia' | 'ci' | 'eve', string>>;
  /** Number of a message. */
  number(short: string): Promise<number>;
  close(): Promise<void>;
}

/** Accounts: ada sent the patches, mia maintains the list, ci is a bot, eve is nothing. */
const people: readonly (readonly ['ada' | 'mia' | 'ci' | 'eve', string[], Record<string, Role>, Scope[]])[] =
  [
    ['ada', ['ada@example.org'], {}, ['write']],
    ['mia', ['mia@example.org'], { pump: 'maintainer' }, ['write']],
    ['ci', [], { pump: 'bot' }, ['check']],
    ['eve', ['eve@example.org'], {}, ['write']],
  ];

export async function startSite(): Promise<Site> {
  const folder = mkdtempSync(join(tmpdir(), 'patchtrail-clients-'));
  const store = await openStore(join(folder, 'store.db'));
  const batch = await Promise.all(
    mails.map((raw, at) => prepareMail({ raw, list: 'pump', place: String(at), arrivedMs: heldMs })),
  );
  await store.putMails(batch, source({ list: 'pump' }), heldMs);
  const signal = new AbortController().signal;
  const settle = () => derive(store, { nowMs: () => heldMs, signal });
  await settle();
  const tokens: Record<string, string> = {};
  for (const [name, addresses, roles, scopes] of people) {
    const value = { fullName: `${name} Example`, addresses, roles, isAdmin: false };
    const { number } = await putAccount(store.tracker, name, () => value);
    const secret = { label: '', account: number, address: '', lists: null, createdMs: 0, expiresMs: null };
    tokens[name] = await makeSecret(store.tracker, 'token', { ...secret, scopes, revokedMs: null });
  }
  const server = await serve({
    store,
    config: readConfig(null, {}),
    host: '127.0.0.1',
    port: 0,
    log: { info: () => {}, error: () => {} },
  });
  return {
    url: server.url,
    folder,
    store,
    tokens: tokens as Site['tokens'],
    number: async (short) =>
      (await store.tracker.getNumbers([`${short}@test.example`])).values().next().value ?? 0,
    async close() {
      await server.close();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Runs a program; gives what it wrote, and its error's words instead of throwing. */
export async function runClient(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
): Promise<{ readonly out: string; readonly err: string; readonly status: number }> {
  const env = { PATH: process.env.PATH ?? '', HOME: options.cwd, LC_ALL: 'C.UTF-8', ...options.env };
  try {
    const { stdout, stderr } = await promisify(execFile)(command, [...args], { cwd: options.cwd, env });
    return { out: stdout, err: stderr, status: 0 };
  } catch (error) {
    const { stdout = '', stderr = '', code } = error as { stdout?: string; stderr?: string; code?: number };
    return { out: stdout, err: stderr, status: code ?? 1 };
  }
}
