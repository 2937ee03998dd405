/** Mails that come within one tick of the file clock: names have no order, so a later one may stand before the cursor. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openMaildir } from '../../ingest/source/maildir.ts';
import type { Cursor } from '../../ingest/source/source.ts';
import { makeFolder, pull, smallMail } from '../support/folders.ts';

test('of mails that keep coming under ever smaller names none is passed over', async (t) => {
  const folder = makeFolder(t);
  for (const name of ['cur', 'new', 'tmp']) mkdirSync(join(folder, name));
  const maildir = openMaildir(folder, '');
  const ids = Array.from({ length: 60 }, (_, at) => `m${at}`);
  const found: string[] = [];
  let cursor: Cursor | null = null;
  let looking: Promise<void> = Promise.resolve();
  const look = async () => {
    const pulled = await pull(maildir, cursor);
    cursor = pulled.cursor;
    found.push(...pulled.mails);
  };
  for (const [at, id] of ids.entries()) {
    writeFileSync(join(folder, 'new', `${999 - at}.${id}`), smallMail(id));
    // A look between two mails of one tick, over and over.
    if (at % 3 === 0) looking = looking.then(look);
    await new Promise(setImmediate);
  }
  await looking;
  await look();
  assert.deepEqual(found.sort(), [...ids].sort());
});
