/**
 * Folders: temporary folders with files, and what a source gives when it is read.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Cursor, Source, SourceEvent } from '../../ingest/source/source.ts';

/** A new folder with these files, removed after the test. */
export function makeFolder(
  t: Pick<TestContext, 'after'>,
  files: Readonly<Record<string, string | Buffer>> = {},
): string {
  const folder = mkdtempSync(join(tmpdir(), 'patchtrail-test-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** A small mail whose Message-ID is `<id@example.org>`. */
export function smallMail(id: string, body = `words of ${id}\n`): string {
  const head = `From: Ada <ada@example.org>\nMessage-ID: <${id}@example.org>\n`;
  return `${head}Date: Mon, 6 Jul 2020 17:08:32 +0000\n\n${body}`;
}

/** What a run over a source gave, in short. */
export interface Pulled {
  /** `id` for a mail that came, `-id` for one taken back. */
  readonly mails: string[];
  /** `place code`. */
  readonly troubles: string[];
  /** The cursor to go on from. */
  readonly cursor: Cursor | null;
  readonly events: SourceEvent[];
}

/** Reads a source to its end. */
export async function pull(source: Source, cursor: Cursor | null = null): Promise<Pulled> {
  const pulled = { mails: [] as string[], troubles: [] as string[], events: [] as SourceEvent[] };
  let last = cursor;
  for await (const event of source.read(cursor)) {
    pulled.events.push(event);
    if (event.type === 'mail') pulled.mails.push(idOf(event.mail.raw));
    if (event.type === 'removed') pulled.mails.push(`-${event.messageId.replace('@example.org', '')}`);
    if (event.type === 'trouble') pulled.troubles.push(`${event.place} ${event.code}`);
    if (event.type === 'mail' || event.type === 'removed') last = event.cursor;
  }
  return { ...pulled, cursor: last };
}

function idOf(raw: Uint8Array): string {
  const text = Buffer.from(raw).toString('latin1');
  return /^Message-ID: <(.+)@example\.org>/m.exec(text)?.[1] ?? '?';
}
