/** Web servers that do not end, say wrong lengths, or send what unpacks to too much: given up in words, in bounded time. */
import assert from 'node:assert/strict';
import { createServer, type ServerResponse } from 'node:http';
import { type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { openSources } from '../../ingest/source/open.ts';
import { makeFolder, pull, smallMail } from '../support/folders.ts';

/** Serves what `answer` writes; gives the address of a list there. */
async function serve(t: TestContext, answer: (to: ServerResponse) => void): Promise<string> {
  const server = createServer((_, to) => answer(to));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/list/`;
}

async function pullFrom(t: TestContext, spec: string, patienceMs?: number) {
  const [source] = await openSources(spec, {
    mirrors: makeFolder(t),
    ...(patienceMs === undefined ? {} : { patienceMs }),
  });
  assert.ok(source);
  return pull(source);
}

const forms = { list: '', feed: 'new.atom', thread: 'a@example.org/' };

test('an answer that does not end is given up at its bound', async (t) => {
  const block = Buffer.alloc(256 * 1024, 'x');
  const url = await serve(t, (to) => {
    const more = () => {
      while (!to.destroyed && to.write(block));
    };
    to.on('drain', more);
    more();
  });
  for (const form of [forms.list, forms.feed])
    await assert.rejects(pullFrom(t, url + form), { code: 'limit-exceeded', message: /too long/ }, form);
});

test('a length that is not kept is an answer that broke off', async (t) => {
  const url = await serve(t, (to) => {
    to.writeHead(200, { 'content-length': '5000' });
    to.write('half of it');
    setImmediate(() => to.destroy());
  });
  for (const form of Object.values(forms))
    await assert.rejects(pullFrom(t, url + form), { code: 'source-unreadable', isRetryable: true }, form);
});

test('a server that sends a byte now and then is given up', async (t) => {
  const url = await serve(t, (to) => {
    const timer = setInterval(() => to.write('x'), 10);
    to.on('close', () => clearInterval(timer));
  });
  for (const form of Object.values(forms))
    await assert.rejects(
      pullFrom(t, url + form, 100),
      { message: /it is too slow|cannot be unpacked/ },
      form,
    );
});

test('a thread that unpacks to a thousandfold, or to nothing, is told', async (t) => {
  const line = 'From mboxrd@z Thu Jan  1 00:00:00 1970\n';
  const start = `${line}${smallMail('a')}\n${line}${smallMail('b')}\n${line}`;
  const bomb = gzipSync(Buffer.concat([Buffer.from(start), Buffer.alloc(80 * 1024 * 1024, 0x20)]));
  for (const body of [bomb, Buffer.from('no gzip at all')]) {
    const url = await serve(t, (to) => to.end(body));
    await assert.rejects(pullFrom(t, url + forms.thread), { message: /cannot be unpacked|grows/ });
  }
});
