/**
 * Mails for tests as raw text, written short by invented people.
 *
 * `mailText({ id: 'a', subject: '[PATCH] x', body: '...' })` is a whole RFC 5322 mail with LF line ends.
 */
import { Buffer } from 'node:buffer';

export interface MailShort {
  /** Local part of the Message-ID; the domain is test.example. */
  readonly id: string;
  readonly subject?: string;
  readonly from?: string;
  readonly to?: string;
  readonly cc?: string;
  /** Hours since 2020-01-01 00:00 UTC. */
  readonly hour?: number;
  readonly inReplyTo?: string;
  readonly references?: readonly string[];
  readonly headers?: readonly string[];
  readonly body?: string;
}

const start = Date.UTC(2020, 0, 1);

/** The Message-ID that a short id stands for. */
export function idOf(short: string): string {
  return `${short}@test.example`;
}

/** The mail as bytes. */
export function mailText(short: MailShort): Uint8Array {
  const date = new Date(start + (short.hour ?? 0) * 3_600_000).toUTCString().replace('GMT', '+0000');
  const references = [...(short.references ?? []), ...(short.inReplyTo ? [short.inReplyTo] : [])];
  const lines = [
    `From: ${short.from ?? 'Ada Example <ada@example.org>'}`,
    `To: ${short.to ?? 'pump@lists.example.org'}`,
    ...(short.cc ? [`Cc: ${short.cc}`] : []),
    `Subject: ${short.subject ?? 'no subject'}`,
    `Date: ${date}`,
    `Message-ID: <${idOf(short.id)}>`,
    ...(short.inReplyTo ? [`In-Reply-To: <${idOf(short.inReplyTo)}>`] : []),
    ...(references.length > 0 ? [`References: ${references.map((id) => `<${idOf(id)}>`).join(' ')}`] : []),
    ...(short.headers ?? []),
    '',
    short.body ?? 'Hello.\n',
  ];
  return Buffer.from(lines.join('\n'), 'utf8');
}

/** A commit message with a small diff of one file, as `git format-patch` writes it. */
export function patchBody(short: {
  readonly message?: string;
  readonly notes?: string;
  readonly file?: string;
  readonly old?: string;
  readonly now: readonly string[];
}): string {
  const file = short.file ?? 'pump.c';
  const added = short.now.map((line) => `+${line}`);
  return `${short.message ?? 'Make it so.'}

Signed-off-by: Ada Example <ada@example.org>
---
${short.notes ?? ''}
 ${file} | ${added.length + 1} +-
 1 file changed, ${added.length} insertions(+), 1 deletion(-)

diff --git a/${file} b/${file}
index 1111111..2222222 100644
--- a/${file}
+++ b/${file}
@@ -10,3 +10,${added.length + 2} @@ int pump_start(struct pump *pump)
 	int strokes = 0;
-	${short.old ?? 'return -1;'}
${added.join('\n')}
 	return strokes;
--${' '}
2.40.0
`;
}
