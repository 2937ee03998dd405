/** Webhooks: other programs are told what changes, once they took it no more, and nobody is told what they may not read. */
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { openStore } from '../../ingest/store/open.ts';
import { Courier } from '../../server/hooks/courier.ts';
import { afterDelivery, failuresMost, retryWaitMs, signatureOf } from '../../server/hooks/webhook.ts';
import { addWebhook, requireWebhook } from '../../server/hooks/webhooks.ts';
import { makeSecret, putAccount } from '../../server/rights/accounts.ts';
import { limitParts } from '../../server/rights/current.ts';
import type { MadeWebhook, Problem, WireWebhook } from '../../server/wire.ts';
import { addMails } from '../support/derived-store.ts';
import { idOf } from '../support/mail-text.ts';
import { type ServerUnderTest, sessionToken, startServer } from './server-under-test.ts';

interface Told {
  readonly body: string;
  readonly signature: string;
}

/** A program that is told, and answers as `status` says. */
class Receiver {
  readonly told: Told[] = [];
  status = 204;
  url = '';
  #server: Server | null = null;

  async start(): Promise<void> {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk) => chunks.push(chunk));
      request.on('end', () => {
        this.told.push({
          body: Buffer.concat(chunks).toString(),
          signature: String(request.headers['x-hub-signature-256']),
        });
        response.writeHead(this.status, { location: 'http://127.0.0.1:1/' }).end();
      });
    });
    await new Promise<void>((resolve) => this.#server?.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook`;
  }

  close(): void {
    this.#server?.close();
  }

  /** Subjects of the mails of each delivery. */
  mails(): string[][] {
    return this.told.map(({ body }) =>
      (JSON.parse(body).events as { kind: string; subject: string }[])
        .filter(({ kind }) => kind === 'message')
        .map(({ subject }) => subject),
    );
  }
}

const list = 'pump';
const vault = 'vault';
const never = { pollMs: 1e9, patienceMs: 2000 };
const all = { label: '', events: [], lists: null, isInternal: true, account: null, by: 'ada' } as const;

describe('a webhook', () => {
  let server: ServerUnderTest;
  let receiver: Receiver;
  let nowMs = 0;
  let courier: Courier;
  const clock = { nowMs: () => nowMs };
  const mail = (id: string, on = list) => addMails(server.store, [{ id }], on);
  const add = (request: object = {}) =>
    addWebhook(server.store.tracker, { ...all, url: receiver.url, ...request }, { sequence: 0, atMs: 0 });
  const removeAll = async () => {
    for (const { number } of await server.store.tracker.getRecords('webhook')) {
      await server.store.tracker.removeRecord(number);
    }
    receiver.told.length = 0;
    receiver.status = 204;
    nowMs = 0;
  };

  before(async () => {
    receiver = new Receiver();
    await receiver.start();
    server = await startServer(
      {
        access: {
          ...{ sessionToken, isLoopback: true, hostNames: null, tokens: [], person: 'local' },
          privateLists: [vault],
        },
        ...clock,
      },
      (location) => openStore(location),
    );
    courier = new Courier(limitParts(server.parts), never);
    await mail('first');
  });
  after(async () => {
    await courier.close();
    await server.close();
    receiver.close();
  });

  it('is told what changed, signed, and is not told it again', async () => {
    await removeAll();
    const hook = await add();
    await courier.deliver();
    await courier.deliver();
    assert.deepEqual(receiver.mails(), [[idOf('first')]]);
    const [told] = receiver.told;
    const digest = createHmac('sha256', hook.secret)
      .update(told?.body ?? '')
      .digest('hex');
    assert.equal(told?.signature, `sha256=${digest}`);
    const { log } = await requireWebhook(server.store.tracker, hook.number);
    assert.deepEqual(
      log.map(({ status, error, attempt }) => [status, error, attempt]),
      [[204, '', 1]],
    );
  });

  it('that does not take it is told again later each time, also by a server that started anew', async () => {
    await removeAll();
    receiver.status = 500;
    const hook = await add();
    await courier.deliver();
    await courier.deliver();
    assert.equal(receiver.told.length, 1, 'not before its time');
    nowMs = retryWaitMs(1);
    receiver.status = 204;
    const other = new Courier(limitParts(server.parts), never);
    await other.deliver();
    await other.close();
    assert.deepEqual(receiver.mails(), [[idOf('first')], [idOf('first')]]);
    const { log, failures } = await requireWebhook(server.store.tracker, hook.number);
    assert.deepEqual(
      [failures, ...log.map(({ attempt, error }) => `${attempt} ${error}`)],
      [0, '2 ', '1 it answered 500'],
    );
  });

  it('is given up after many failures, or at once where it is gone, and is told on when it is resumed', async () => {
    await removeAll();
    receiver.status = 410;
    const hook = await add();
    await courier.deliver();
    nowMs = 1e12;
    await courier.deliver();
    assert.equal(receiver.told.length, 1);
    receiver.status = 204;
    const path = `/api/v1/webhooks/${hook.number}/resume`;
    const resumed = await server.ask(path, own({ method: 'POST', body: '{}' }));
    assert.equal(((await resumed.json()) as WireWebhook).stopped, '');
    await courier.deliver();
    assert.equal(receiver.told.length, 2);
    const made = { ...{ id: 'x', atMs: 0, sequence: 1, events: 1, attempt: 1 }, status: 500, error: 'no' };
    let tried = afterDelivery(hook, made);
    for (let count = 1; count < failuresMost; count++) {
      assert.equal(tried.stopped, '');
      tried = afterDelivery(tried, made);
    }
    assert.equal(tried.stopped, 'no');
    assert.deepEqual([1, 2, 3, 100].map(retryWaitMs), [15_000, 30_000, 60_000, 12 * 3_600_000]);
  });

  it('is told of its lists and kinds only, and never of what its maker may not read', async () => {
    await removeAll();
    await mail('hidden', vault);
    const { number } = await putAccount(server.store.tracker, 'bo', (value) => value);
    await add({ account: number });
    await courier.deliver();
    assert.deepEqual(receiver.mails(), [[idOf('first')]]);
    await removeAll();
    await add({ lists: [vault] });
    await courier.deliver();
    assert.deepEqual(receiver.mails(), [[idOf('hidden')]]);
    await removeAll();
    await add({ events: ['source'] });
    await courier.deliver();
    assert.deepEqual(receiver.told, []);
  });

  it('is never an address of the own network, nor led to one, unless who rules the site named it so', async () => {
    await removeAll();
    await assert.rejects(add({ isInternal: false }), { code: 'source-unreadable' });
    const hook = await add({ url: receiver.url.replace('127.0.0.1', 'localhost'), isInternal: false });
    await courier.deliver();
    assert.deepEqual(receiver.told, []);
    const { log } = await requireWebhook(server.store.tracker, hook.number);
    assert.match(log[0]?.error ?? '', /not public/);
    await removeAll();
    receiver.status = 302;
    const led = await add();
    await courier.deliver();
    const { log: tries } = await requireWebhook(server.store.tracker, led.number);
    assert.equal(tries[0]?.error, 'it answered 302');
  });

  it('is made, seen and removed by whoever it belongs to, and its secret is shown once', async () => {
    await removeAll();
    const { number } = await putAccount(server.store.tracker, 'ada', (value) => value);
    const secret = { label: '', account: number, address: '', lists: null, createdMs: 0, expiresMs: null };
    const token = await makeSecret(server.store.tracker, 'token', {
      ...secret,
      scopes: ['write'],
      revokedMs: null,
    });
    const ada = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const ask = (method: string, path: string, body?: object) =>
      server.ask(`/api/v1/webhooks${path}`, {
        method,
        headers: ada,
        ...(body && { body: JSON.stringify(body) }),
      });
    const made = (await (await ask('POST', '', { url: 'https://example.org/x' })).json()) as MadeWebhook;
    assert.match(made.secret, /^pth_/);
    const listed = await (await ask('GET', '')).text();
    assert.equal(JSON.parse(listed).items.length, 1);
    assert.ok(!listed.includes(made.secret));
    for (const body of [
      { url: receiver.url, isInternal: true },
      { url: 'https://a:b@example.org/' },
      { url: 'x' },
    ]) {
      const problem = (await (await ask('POST', '', body)).json()) as Problem;
      assert.ok([400, 403].includes(problem.status), JSON.stringify(problem));
    }
    const other = await add();
    assert.equal((await ask('DELETE', `/${other.number}`)).status, 404);
    assert.equal((await ask('DELETE', `/${made.id}`)).status, 200);
    assert.equal(
      (await server.ask('/api/v1/webhooks', { headers: { 'x-forwarded-for': '192.0.2.1' } })).status,
      403,
    );
  });

  it('is signed as GitHub signs', () => {
    assert.equal(
      signatureOf("It's a Secret to Everybody", 'Hello, World!'),
      'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
    );
  });
});

function own(init: RequestInit): RequestInit {
  const headers = {
    'x-patchtrail-session': sessionToken,
    origin: 'http://localhost',
    'sec-fetch-site': 'same-origin',
    'content-type': 'application/json',
  };
  return { ...init, headers };
}
