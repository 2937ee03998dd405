/** Mails of real lists leave by us with the very bytes with which public-inbox gives them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { openMail } from '../../ingest/mail/plain.ts';
import { escapeId } from '../../server/urls.ts';
import { corporaOptions, corpusMails } from '../support/corpora.ts';
import { peerTools } from '../support/public-inbox.ts';
import { toolOptions } from '../support/tools.ts';
import { list, startPatchtrail, startPeer } from './archives.ts';

/** Few, since public-inbox runs git for each patch that it indexes. */
const mailsMost = 40;

test('raw and thread of real mails are those of public-inbox', {
  ...corporaOptions,
  ...toolOptions(...peerTools),
}, async (t) => {
  const mails = corpusMails('rseq-2019-2020.mbox.gz').slice(0, mailsMost);
  // Mails that name their list are on it; `all` holds every one.
  const archives = [`${await startPatchtrail(t, mails)}/all`, `${await startPeer(t, mails)}/${list}`];
  const get = async (archive: string, id: string, form: string) => {
    const answer = await fetch(`${archive}/${escapeId(id)}/${form}`);
    assert.equal(answer.status, 200, `${archive} ${id} ${form}`);
    return Buffer.from(await answer.arrayBuffer());
  };
  const both = (id: string, form: string) => Promise.all(archives.map((archive) => get(archive, id, form)));
  const ids = [...new Set(mails.map((raw) => openMail(raw).envelope.messageId))];
  for (const id of ids) {
    const [ours, theirs] = await both(id, 'raw');
    assert.equal(ours?.toString('latin1'), theirs?.toString('latin1'), id);
  }
  const entries = (mbox: Buffer | undefined) =>
    gunzipSync(mbox ?? '')
      .toString('latin1')
      .split(/^(?=From mboxrd@z )/m)
      .sort();
  for (const id of ids.slice(0, 5)) {
    const [ours, theirs] = await both(id, 't.mbox.gz');
    const held = new Set(entries(ours));
    // Threads may be joined otherwise, but what both hold is the same.
    assert.ok(
      entries(theirs).some((entry) => held.has(entry)),
      id,
    );
  }
});
