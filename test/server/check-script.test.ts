/**
 * Another machine: a folder of its own, the script that the server offers, a real report over a real socket.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readConfig } from '../../ingest/config.ts';
import type { Store } from '../../ingest/store/store.ts';
import { checkScript } from '../../server/check/check-script.ts';
import { sealHeader, sealReport } from '../../server/check/report-seal.ts';
import { type RunningServer, serve } from '../../server/main.ts';
import { prepared } from '../native/checker.ts';
import { openCorpus } from './corpus.ts';

const token = 'secret-of-the-box';

describe('a machine that runs the script of a server', () => {
  let folder: string;
  let machine: string;
  let store: Store;
  let server: RunningServer;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'patchtrail-served-'));
    machine = mkdtempSync(join(tmpdir(), 'patchtrail-machine-'));
    store = await openCorpus(join(folder, 'store.db'));
    const sha256 = createHash('sha256').update(token).digest('hex');
    const config = { ...readConfig(null, {}), tokens: [{ name: 'box', sha256 }] };
    server = await serve({ store, config, host: '127.0.0.1', port: 0 });
  });
  after(async () => {
    await server.close();
    await store.close();
    for (const path of [folder, machine]) rmSync(path, { recursive: true });
  });

  /** What a person types there, in that folder, without anything of this checkout. */
  const oneLine = () =>
    `curl -fsS ${server.url}/native/check.sh | sh -s -- --check new-task-cpu-id --time 3 --effective 300`;
  const check = (own: Record<string, string>, line = oneLine()) =>
    new Promise<{ exit: number | null; told: string }>((resolve, reject) => {
      const env = { PATH: process.env.PATH, TMPDIR: machine, ...own };
      const child = spawn('sh', ['-c', line], { cwd: machine, env, stdio: ['ignore', 'pipe', 'pipe'] });
      let told = '';
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (piece: string) => {
          told += piece;
        });
      child.on('error', reject).on('close', (exit) => resolve({ exit, told }));
    });
  const send = async (seal: string, lines: readonly string[]) => {
    const answer = await fetch(`${server.url}/api/v1/reports`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        [sealHeader]: seal,
      },
      body: JSON.stringify({ lines }),
    });
    return answer.status;
  };

  it('prints the verdict, sends nothing without a token, and leaves nothing behind', async (t) => {
    if (!prepared(t, 'curl')) return;
    const { exit, told } = await check({});
    assert.match(told, /"type":"machine".*\n[\s\S]*"type":"end"/, 'what would be sent is shown');
    assert.ok(exit !== null && exit <= 4, told);
    assert.deepEqual(await store.getReports({}), []);
    assert.deepEqual(readdirSync(machine), []);
  });

  it('is told when its token is not known', async (t) => {
    if (!prepared(t, 'curl', 'python3')) return;
    const { exit, told } = await check({ PATCHTRAIL_TOKEN: 'another' });
    assert.equal(exit, 70);
    assert.match(told, /The report was refused/);
    assert.deepEqual(await store.getReports({}), []);
  });

  it('sends a report that is kept once: a copy of it changes nothing, an old or changed one is refused', async (t) => {
    if (!prepared(t, 'curl', 'python3')) return;
    const { exit, told } = await check({ PATCHTRAIL_TOKEN: token });
    assert.match(told, /report sent to /);
    const [report, ...more] = await store.getReports({});
    assert.ok(report && more.length === 0);
    const verdicts = ['fixed', 'broken', 'inconclusive', 'unsupported', 'not-affected'];
    assert.equal(verdicts.indexOf(report.verdict), exit);
    const { lines } = report;
    const sealed = sealReport(token, Date.now(), lines);
    assert.deepEqual([await send(sealed, lines), await send(sealed, lines)], [200, 409]);
    assert.equal(await send(sealReport(token, Date.now() - 16 * 60_000, lines), lines), 403);
    assert.equal(
      await send(sealed, [...lines.slice(0, -1), lines.at(-1)?.replace('"exit":', '"exit":1') ?? '']),
      403,
    );
    assert.deepEqual(await store.getReports({}), [report], 'nothing of it changed, not even its time');
  });

  it('reports that a filter kills whoever calls rseq: the checker dies before its first line', async (t) => {
    if (!prepared(t, 'python3')) return;
    const before = await store.getReports({});
    writeFileSync(join(folder, 'check.sh'), checkScript(server.url));
    // In the place of curl: it brings a checker that ends as one under such a filter does.
    const curl = '#!/bin/sh\nprintf \'#!/bin/sh\\nkill -s SYS $$\\n\' > "$3"\n';
    writeFileSync(join(folder, 'curl'), curl, { mode: 0o700 });
    const env = { PATH: `${folder}:${process.env.PATH}`, PATCHTRAIL_TOKEN: token };
    const { exit, told } = await check(env, `sh ${folder}/check.sh`);
    assert.equal(exit, 3, told);
    const [report] = (await store.getReports({})).filter(({ id }) => before.every((one) => one.id !== id));
    assert.deepEqual([report?.verdict, report?.reason], ['unsupported', 'killed-by-filter']);
    assert.equal(report?.release, release());
  });
});
