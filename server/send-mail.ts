/**
 * Send mail: one text mail to one person by SMTP.
 *
 * The server is an address such as `smtp://name@mail.example.org:587` or `smtps://...`; where it offers TLS it is used,
 * and a password is never sent without it, except on this machine.
 */
import { createTransport } from 'nodemailer';
import { PatchtrailError } from '../ingest/model/errors.ts';
import { isLoopbackHost } from './security.ts';

export interface MailToSend {
  readonly server: string;
  /** Empty: without signing in. */
  readonly password: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

const waitMs = 30_000;

/** @throws PatchtrailError `mail-failed` where the server does not take it */
export async function sendMail({ server, password, from, to, subject, text }: MailToSend): Promise<void> {
  const { protocol, hostname, port, username } = new URL(server);
  const isSecure = protocol === 'smtps:';
  const hasPassword = username !== '' && password !== '';
  const transport = createTransport({
    host: hostname,
    port: Number(port) || (isSecure ? 465 : 25),
    secure: isSecure,
    requireTLS: hasPassword && !isSecure && !isLoopbackHost(hostname),
    ...(hasPassword ? { auth: { user: decodeURIComponent(username), pass: password } } : {}),
    connectionTimeout: waitMs,
    greetingTimeout: waitMs,
    socketTimeout: waitMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await transport.sendMail({ from, to, subject, text, headers: { 'Auto-Submitted': 'auto-generated' } });
  } catch (cause) {
    throw new PatchtrailError('mail-failed', 'The mail server did not take the mail', {
      subject: `${hostname}: ${cause instanceof Error ? cause.message : ''}`,
      remedy: 'Check `smtp`, `mailFrom` and PATCHTRAIL_SMTP_PASSWORD.',
      cause,
    });
  } finally {
    transport.close();
  }
}
