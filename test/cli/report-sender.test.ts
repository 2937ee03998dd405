/**
 * Sending a report: what a server gets, and what is said when it does not take it.
 */
import assert from 'node:assert/strict';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { sealReport } from '../../server/check/report-seal.ts';
import { readReportUrl, sendReport } from '../../server/cli/report-sender.ts';

interface Received {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly authorization: string | undefined;
  readonly seal: string | string[] | undefined;
  readonly body: string;
}

/** A server that answers once with this status; gives what it got. */
async function withServer(
  status: number,
  answer: string,
  send: (address: string) => Promise<unknown>,
): Promise<Received | undefined> {
  let received: Received | undefined;
  const server = createServer(async (request: IncomingMessage, response) => {
    let body = '';
    for await (const piece of request) body += String(piece);
    const { method, url, headers } = request;
    received = {
      method,
      url,
      authorization: headers.authorization,
      seal: headers['x-patchtrail-seal'],
      body,
    };
    response.writeHead(status, { location: 'http://127.0.0.1:9/elsewhere' }).end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await send(`http://127.0.0.1:${(server.address() as AddressInfo).port}/patches`);
  } finally {
    server.close();
  }
  return received;
}

test('the lines go to the API below the address, with the token in the header', async () => {
  const received = await withServer(201, '{}', (address) =>
    sendReport(readReportUrl(address), ['{"type":"end"}'], 'secret', 7),
  );
  assert.deepEqual(received, {
    method: 'POST',
    url: '/patches/api/v1/reports',
    authorization: 'Bearer secret',
    seal: sealReport('secret', 7, ['{"type":"end"}']),
    body: '{"lines":["{\\"type\\":\\"end\\"}"]}',
  });
});

test('a redirect is not followed, for it would carry the token elsewhere', async () => {
  await assert.rejects(
    withServer(302, '', (address) => sendReport(readReportUrl(address), [], 'secret', 7)),
    /The report was not sent: http:.*\/patches\/api\/v1\/reports\. Check the address/,
  );
});

test('a refusal is told with what the server said and what to do', async () => {
  await assert.rejects(
    withServer(403, '{"detail":"A token is needed"}', (address) =>
      sendReport(readReportUrl(address), [], undefined, 7),
    ),
    /The report was refused \(403\): A token is needed\. Set PATCHTRAIL_TOKEN\./,
  );
  const problem = '{"detail":"The report was not sealed just now.","remedy":"Set the clock of the machine."}';
  await assert.rejects(
    withServer(403, problem, (address) => sendReport(readReportUrl(address), [], 'secret', 7)),
    /The report was refused \(403\): The report was not sealed just now\. Set the clock of the machine\.$/,
  );
  await assert.rejects(
    withServer(502, '<html>', (address) => sendReport(readReportUrl(address), [], 'secret', 7)),
    /The report was refused \(502\): http:\S+\. See its log\.$/,
  );
});
