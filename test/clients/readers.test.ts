/** lei, curl and a feed reader, unmodified, against a server that holds a series. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { makeFolder } from '../support/folders.ts';
import { peerTools } from '../support/public-inbox.ts';
import { runClient, toolOptions } from '../support/tools.ts';
import { list, startPatchtrail, startPeer } from './archives.ts';
import { sendSeries } from './pump-series.ts';

const subjectsOf = (mbox: string) =>
  [...mbox.matchAll(/^Subject: (.*)$/gm)].map(([, subject = '']) => subject).sort();

test('lei finds the same mails as on public-inbox', toolOptions('lei', ...peerTools), async (t) => {
  const { mails } = sendSeries(t);
  const archives = [await startPatchtrail(t, mails), await startPeer(t, mails)];
  const ask = async (archive: string, words: readonly string[]) => {
    const home = makeFolder(t);
    const env = { HOME: home, XDG_RUNTIME_DIR: home, XDG_CACHE_HOME: home, XDG_CONFIG_HOME: home };
    const out = join(home, 'out');
    try {
      const only = ['-O', `${archive}/${list}/`, '-o', `mboxrd:${out}`, '--no-save', '--quiet'];
      await runClient('lei', ['q', ...only, ...words], { env });
      return readFileSync(out, 'latin1');
    } finally {
      await runClient('lei', ['daemon-kill'], { env });
    }
  };
  for (const words of [['s:count'], ['s:count', '-t'], ['dfn:say.c', 's:v2']] as const) {
    const [ours = '', theirs = ''] = await Promise.all(archives.map((archive) => ask(archive, words)));
    assert.ok(ours.length > 0, words.join(' '));
    assert.deepEqual(subjectsOf(ours), subjectsOf(theirs), words.join(' '));
  }
});

test('curl unpacks what is compressed and leaves files alone', toolOptions('git', 'curl'), async (t) => {
  const { mails, covers } = sendSeries(t);
  const url = `${await startPatchtrail(t, mails)}/${list}/${covers[0]}`;
  const get = async (path: string) =>
    (await runClient('curl', ['-Sfs', '--compressed', `${url}/${path}`])).stdout;
  const [cover] = mails;
  assert.equal(
    (await get('raw')).toString('latin1'),
    `From mboxrd@z Thu Jan  1 00:00:00 1970\n${Buffer.from(cover ?? []).toString('latin1')}\n`,
  );
  assert.match(
    gunzipSync(await get('t.mbox.gz')).toString(),
    /^>From here it looks right\.\n\n>>From the start/m,
  );
  assert.match((await get('')).toString(), /<h1>\[PATCH 0\/2\] pump: count strokes<\/h1>/);
});

test('raw and thread are byte for byte those of public-inbox', toolOptions(...peerTools), async (t) => {
  const { mails, covers } = sendSeries(t);
  const archives = [await startPatchtrail(t, mails), await startPeer(t, mails)];
  const get = async (archive: string, path: string) => {
    const answer = await fetch(`${archive}/${list}/${path}`);
    return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) };
  };
  for (const id of ['review@test.example', ...covers]) {
    const [ours, theirs] = await Promise.all(archives.map((archive) => get(archive, `${id}/raw`)));
    assert.deepEqual(ours?.bytes.toString('latin1'), theirs?.bytes.toString('latin1'));
    const [our, their] = await Promise.all(archives.map((archive) => get(archive, `${id}/t.mbox.gz`)));
    const mbox = (answer: { bytes: Buffer } | undefined) =>
      gunzipSync(answer?.bytes ?? '').toString('latin1');
    assert.deepEqual(mbox(our).length, mbox(their).length);
    assert.deepEqual(subjectsOf(mbox(our)), subjectsOf(mbox(their)));
  }
  for (const path of [
    'no@such/raw',
    'no@such/t.mbox.gz',
    'no@such/',
    `${covers[0]}`,
    '?q=s:count',
    '?q=s:nothing',
  ]) {
    const [ours, theirs] = await Promise.all(archives.map((archive) => get(archive, path)));
    assert.equal(ours?.status, theirs?.status, path);
  }
});

const readFeed = `
import feedparser, json, sys
feed = feedparser.parse(sys.argv[1])
print(json.dumps({'bozo': bool(feed.bozo), 'titles': sorted(e.title for e in feed.entries),
  'authors': sorted({e.author for e in feed.entries}), 'links': all(e.link.startswith('http') for e in feed.entries)}))`;

test(
  'a feed reader understands list, thread and search',
  toolOptions('git', '/usr/share/doc/python3-feedparser'),
  async (t) => {
    const { mails, covers } = sendSeries(t);
    const url = `${await startPatchtrail(t, mails)}/${list}`;
    for (const path of ['new.atom', `${covers[0]}/t.atom`, '?q=pump&x=A']) {
      const { stdout } = await runClient('/usr/bin/python3', ['-c', readFeed, `${url}/${path}`]);
      const feed = JSON.parse(stdout.toString());
      assert.deepEqual([feed.bozo, feed.links], [false, true], path);
      assert.ok(feed.titles.includes('[PATCH 1/2] pump: count them'), path);
      assert.deepEqual(feed.authors, ['Ada Example (ada@example.org)', 'Bo Example (bo@example.org)'], path);
    }
  },
);
