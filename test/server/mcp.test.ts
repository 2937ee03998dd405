/** The Model Context Protocol: tools over HTTP and stdio, as a client of it asks. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, it } from 'node:test';
import { evidenceLinks } from '../../server/mcp/evidence.ts';
import { tools } from '../../server/mcp/tools.ts';
import { startSite } from '../clients/site.ts';
import { idOf } from '../support/mail-text.ts';
import { checkout } from '../support/terminal.ts';
import { seriesId } from './corpus.ts';
import { type ServerUnderTest, startServer } from './server-under-test.ts';

interface Answer {
  readonly result: {
    readonly tools: readonly { readonly name: string; readonly annotations: { readOnlyHint: boolean } }[];
    readonly content: readonly { readonly text: string }[];
    readonly isError?: boolean;
    readonly serverInfo: { readonly name: string };
  };
}

const request = (id: number, method: string, params: object = {}) =>
  JSON.stringify({ jsonrpc: '2.0', id, method, params });
const call = (name: string, given: object) => request(2, 'tools/call', { name, arguments: given });
const greeting = request(1, 'initialize', {
  protocolVersion: '2025-06-18',
  capabilities: {},
  clientInfo: { name: 'test', version: '1' },
});

describe('tools for language models over HTTP', () => {
  let server: ServerUnderTest;
  before(async () => {
    server = await startServer();
  });
  after(() => server.close());

  const post = async (body: string): Promise<Answer['result']> => {
    const answer = await server.ask('/mcp', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        host: 'localhost',
      },
      body,
    });
    const text = await answer.text();
    assert.equal(answer.status, 200, text);
    const json = text.startsWith('{') ? text : (/^data: (.*)$/m.exec(text)?.[1] ?? '');
    return (JSON.parse(json) as Answer).result;
  };
  const textOf = async (name: string, given: object) => {
    const { content, isError } = await post(call(name, given));
    return { text: content[0]?.text ?? '', isError: isError === true };
  };

  it('are listed with what they take, and only read', async () => {
    assert.equal((await post(greeting)).serverInfo.name, 'patchtrail');
    const listed = (await post(request(2, 'tools/list'))).tools;
    assert.deepEqual(listed.map(({ name }) => name).sort(), tools.map(({ name }) => name).sort());
    assert.ok(listed.every(({ annotations }) => annotations.readOnlyHint));
  });

  it('answer with links to the mails that prove it', async () => {
    const { text } = await textOf('show_series', { id: idOf('report') });
    assert.match(text, /pump: count strokes/);
    assert.match(text, /^Pages:\n- http:\/\/localhost\/series\/count@test\.example$/m);
    assert.match(text, /^Evidence:\n(?:- http:\/\/localhost\/thread\/\S+(?:: .*)?\n?)+$/m);
    const points = await textOf('open_points', { id: seriesId });
    assert.match(points.text, /1 open comment\n\nquestion by Bo Example, open/);
    assert.match(points.text, / {2}> \+strokes = 1;\n {2}Why not zero\?/);
    assert.match(points.text, /thread\/question@test\.example/);
    const landed = await textOf('landings', { id: seriesId });
    assert.match(landed.text, /2020-01-03 pump: count strokes: 0123456789ab \(applied-reply, likely\)/);
    assert.match(landed.text, /thread\/applied@test\.example: Applied as 0123456789ab, thanks\./);
  });

  it('answer each question of their table', async () => {
    const given: Readonly<Record<string, object>> = {
      search_mail: { query: 's:pump', limit: 3 },
      list_series: { turn: 'author' },
    };
    for (const { name } of tools) {
      const { text, isError } = await textOf(name, given[name] ?? { id: idOf('count') });
      assert.equal(isError, false, text);
      assert.match(text, /^- http:\/\/localhost\//m, name);
    }
  });

  it('say in words what is not held, or cannot be asked', async () => {
    const missing = await textOf('read_mail', { id: 'none@test.example' });
    assert.deepEqual([missing.isError, missing.text.includes('not held')], [true, true]);
    assert.equal((await textOf('search_mail', { query: 'd:nonsense..' })).isError, true);
  });
});

it('evidence is each mail and its words once, wherever it stands', () => {
  const proof = { messageId: 'a@b', part: 'body', start: 1, end: 2, words: ['Fine,', ' thanks.'] };
  const links = evidenceLinks(
    { x: [{ why: { evidence: [proof, proof] } }], y: { evidence: [] } },
    'https://p.example',
  );
  assert.deepEqual(links, [{ url: 'https://p.example/thread/a@b', words: 'Fine, thanks.' }]);
});

it('`patchtrail mcp` speaks on stdin and stdout, and ends with its input', async () => {
  const site = await startSite();
  const store = join(site.folder, 'store.db');
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(checkout, 'server/cli/main.ts'), 'mcp', '--store', store],
    { cwd: checkout, stdio: ['pipe', 'pipe', 'inherit'] },
  );
  try {
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const ask = async (body: string): Promise<Answer['result']> => {
      child.stdin.write(`${body}\n`);
      return (JSON.parse((await lines.next()).value) as Answer).result;
    };
    assert.equal((await ask(greeting)).serverInfo.name, 'patchtrail');
    child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' })}\n`);
    const { content } = await ask(call('search_mail', { query: 's:valve' }));
    assert.match(content[0]?.text ?? '', /valve: close slowly[\s\S]*\/thread\/with%2Fslash@test\.example/);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.stdin.end();
    assert.equal(await ended, 0);
  } finally {
    child.kill();
    await site.close();
  }
});
