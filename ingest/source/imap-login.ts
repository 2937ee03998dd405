/**
 * IMAP login: where a mail server is, and a connection to it.
 *
 * In: `imap(s)://user@host[:port]/folder`. Out: its parts, and a client that is logged in.
 * Password or token come from the environment, a file or a command, never from the URL, so that it stands in no
 * process list, log or store. Reading mail with the client: ./imap.ts. Whoever watches a folder (IDLE)
 * connects here too.
 */
import { exec } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { ImapFlow } from 'imapflow';
import { SourceError, UsageError } from '../model/errors.ts';
import { limits } from '../model/limits.ts';
import { Patience } from './patience.ts';

const socketTimeoutMs = 120_000;

/** Why a server was given up. */
export const tooSlow = new Error('the server is too slow');

export interface ImapPlace {
  readonly host: string;
  readonly port: number;
  /**
   * True for imaps: TLS from the first byte. Else STARTTLS, except to this machine itself (a tunnel, a
   * bridge).
   */
  readonly isSecure: boolean;
  readonly user: string;
  readonly folder: string;
}

export interface ImapOptions {
  /** Command whose first line of output is the password (a keyring); without one of these PATCHTRAIL_IMAP_PASSWORD is. */
  readonly passwordCommand?: string;
  /** File whose first line is the password. */
  readonly passwordFile?: string;
  /** Command whose first line of output is an OAuth2 access token, asked anew for each connection. */
  readonly tokenCommand?: string;
  /** File with the certificates (PEM) that vouch for the server, where the usual ones do not. */
  readonly certificateFile?: string;
  /** How long a server may keep us waiting: ./patience.ts */
  readonly patienceMs?: number;
}

/** Takes an IMAP URL apart. @throws UsageError for a URL with a password, or without user or folder. */
export function parseImapUrl(spec: string): ImapPlace {
  const url = URL.canParse(spec) ? new URL(spec) : undefined;
  if (url?.password) {
    throw new UsageError('An IMAP URL must not hold a password', {
      remedy: 'Put it into PATCHTRAIL_IMAP_PASSWORD or give a password command.',
    });
  }
  const user = decodePart(url?.username);
  const folder = decodePart(url?.pathname.slice(1));
  if (!url?.hostname || !user || !folder) {
    throw new UsageError('The IMAP source is incomplete', { remedy: 'Write imaps://user@host/folder.' });
  }
  const isSecure = url.protocol === 'imaps:';
  const port = url.port ? Number(url.port) : isSecure ? 993 : 143;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return { host, port, isSecure, user, folder };
}

/** Undoes `%40`; empty for what is missing or no such code. */
function decodePart(part = ''): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A lone `%`: the caller says what a source must look like.
    return '';
  }
}

/** Connects and logs in. The caller ends it with `logout` or `close`. @throws SourceError */
export async function connectImap(
  place: ImapPlace,
  options: ImapOptions = {},
  more: { readonly maxIdleTime?: number } = {},
): Promise<ImapFlow> {
  const auth = { user: place.user, ...(await readSecret(options)) };
  const { certificateFile } = options;
  const isHere = place.host === 'localhost' || place.host === '::1' || place.host.startsWith('127.');
  const client = new ImapFlow({
    host: place.host,
    port: place.port,
    secure: place.isSecure,
    doSTARTTLS: !place.isSecure && (!isHere || certificateFile !== undefined),
    auth,
    ...(certificateFile === undefined ? {} : { tls: { ca: await readSecretFile(certificateFile) } }),
    logger: false,
    disableAutoIdle: true,
    // Mail on this machine is not worth the time to squeeze it.
    disableCompression: isHere,
    socketTimeout: socketTimeoutMs,
    maxLiteralSize: limits.mailBytes,
    maxResponseSize: limits.mailBytes * 2,
    ...more,
  });
  // Errors outside of a command arrive as events; the next command fails with them.
  client.on('error', () => {});
  const received = () => client.stats().received;
  const patience = new Patience({ ...options, received, giveUp: () => client.close() });
  try {
    await patience.wait(client.connect());
  } catch (cause) {
    client.close();
    throw imapFailed(place, patience.isOver ? tooSlow : cause);
  }
  return client;
}

async function readSecret(options: ImapOptions): Promise<{ pass: string } | { accessToken: string }> {
  const { passwordCommand, passwordFile, tokenCommand } = options;
  if (tokenCommand !== undefined) return { accessToken: firstLine(await runCommand(tokenCommand)) };
  if (passwordCommand !== undefined) return { pass: firstLine(await runCommand(passwordCommand)) };
  if (passwordFile !== undefined) return { pass: firstLine(await readSecretFile(passwordFile)) };
  const pass = process.env.PATCHTRAIL_IMAP_PASSWORD;
  if (pass) return { pass };
  throw new UsageError('No password for the IMAP source', {
    remedy: 'Set PATCHTRAIL_IMAP_PASSWORD, or a password command, password file or token command.',
  });
}

function firstLine(text: string): string {
  return text.split(/\r?\n/, 1)[0] ?? '';
}

async function runCommand(command: string): Promise<string> {
  try {
    return (await promisify(exec)(command)).stdout;
  } catch {
    // The command's own words may hold the secret, so they are not repeated.
    throw new SourceError('source-unreadable', 'The password command failed', {
      remedy: 'Run it by hand: its first line of output must be the password, or the token.',
    });
  }
}

async function readSecretFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new SourceError('source-unreadable', 'The file cannot be read', {
      subject: path,
      remedy: 'Check passwordFile and certificateFile.',
      cause,
    });
  }
}

function wordsOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

/** The error for a server that did not do what was asked. */
export function imapFailed(place: ImapPlace, cause: unknown): SourceError {
  const isDenied = cause instanceof Error && 'authenticationFailed' in cause;
  const text =
    cause instanceof Error && 'responseText' in cause ? String(cause.responseText) : wordsOf(cause);
  return new SourceError(
    'source-unreadable',
    isDenied ? 'The server refused the login' : `IMAP failed (${text})`,
    {
      subject: `${place.user}@${place.host}/${place.folder}`,
      remedy: isDenied ? 'Check user and password.' : 'Check host, port and folder; then try again.',
      isRetryable: !isDenied,
      cause,
    },
  );
}
