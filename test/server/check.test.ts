/** The local check: lines of the checker to a report, and the run that a page starts and watches. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { CheckError, PatchtrailError } from '../../ingest/model/errors.ts';
import { buildChecker } from '../../server/check/build-checker.ts';
import { LocalCheck } from '../../server/check/local-check.ts';
import { makeReport } from '../../server/check/report.ts';
import { runChecker } from '../../server/check/run-checker.ts';
import { parseTrackedFixes, readTrackedFixes } from '../../server/check/tracked-fixes.ts';
import { presentReport } from '../../server/present/report.ts';
import type { CheckEvent, CheckStatus, WireReport } from '../../server/wire.ts';
import { brokenLine, endLine, machineLine, runLines, startLine } from './checker-lines.ts';
import { nowMs } from './corpus.ts';
import { ownPage, startServer } from './server-under-test.ts';

describe('a report', () => {
  it('is made of a whole run', () => {
    const report = makeReport(runLines, nowMs);
    assert.deepEqual(report, {
      id: report.id,
      receivedMs: nowMs,
      release: '5.4.52',
      kernelVersion: '#1 SMP',
      arch: 'x86_64',
      machine: 'x86_64 Pump 9 01234567',
      isVirtual: false,
      verdict: 'broken',
      reason: '',
      lines: runLines,
    });
    assert.equal(makeReport(runLines, nowMs + 1).id, report.id);
  });

  it('says in one sentence what the run showed', () => {
    const sentence = (result: string, end: string) =>
      presentReport(makeReport([startLine, machineLine, result, end], 0)).sentence;
    assert.equal(
      sentence(brokenLine, endLine),
      'This kernel (5.4.52) still has the stale cpu_id bug: 3 of 30 new tasks were told a wrong CPU first.',
    );
    assert.equal(
      sentence(
        '{"type":"result","check":"new-task-cpu-id","status":"pass","effective":900,"stale":0}',
        '{"type":"end","verdict":"fixed","exit":0}',
      ),
      'This kernel (5.4.52) has the fix for the stale cpu_id: none of 900 new tasks was told a wrong CPU.',
    );
    assert.equal(
      sentence(
        '{"type":"result","check":"new-task-cpu-id","status":"inconclusive","reason":"one-cpu"}',
        '{"type":"end","verdict":"inconclusive","reason":"one-cpu","exit":2}',
      ),
      'It cannot be told whether this kernel (5.4.52) has the fix: only one CPU may be used.',
    );
    assert.equal(
      sentence('{"type":"log"}', '{"type":"end","verdict":"unsupported","reason":"rseq-enosys","exit":3}'),
      'It cannot be tested here whether this kernel (5.4.52) has the fix: this system knows no rseq.',
    );
    assert.equal(
      sentence('{"type":"log"}', '{"type":"end","verdict":"not-affected","reason":"before-rseq","exit":4}'),
      'This kernel (5.4.52) is not affected: it is older than rseq.',
    );
  });

  it('is refused where a part of the run is missing or no line of the protocol', () => {
    const rows: readonly (readonly string[])[] = [
      [startLine, machineLine, brokenLine],
      [machineLine, endLine],
      [startLine, endLine],
      [...runLines, 'not json'],
      [...runLines, '[]'],
      [...runLines, JSON.stringify({ type: 'log', text: 'x'.repeat(5000) })],
      [startLine, machineLine, '{"type":"end","verdict":"splendid"}'],
      [...runLines, '{"type":"result","check":"auxv","status":"splendid"}'],
      [...runLines, '{"type":"result","check":"auxv","status":"pass","stale":-1}'],
      [...runLines, '{"type":"result","check":"auxv","status":"pass","effective":"<b>many</b>"}'],
      [...runLines, '{"type":{"type":"log"}}'],
      [...runLines, `{"type":"result","check":${'['.repeat(1900)}${']'.repeat(1900)},"status":"pass"}`],
      [startLine, machineLine.replace('5.4.52', '5.4\\u001b]0;owned\\u0007'), endLine],
      [startLine, machineLine.replace('Pump 9', 'Pump \\u202e9'), endLine],
    ];
    for (const lines of rows) {
      assert.throws(
        () => makeReport(lines, 0),
        (error) => error instanceof CheckError && error.code === 'report-invalid' && error.remedy !== '',
        lines.join(' '),
      );
    }
  });

  it('of another schema is refused with its number', () => {
    const lines = [startLine.replace('"schema":1', '"schema":2'), machineLine, endLine];
    assert.throws(() => makeReport(lines, 0), /is of schema 2, and schema 1 is read here/);
  });

  it('may have types and keys that nobody knows yet, however deep', () => {
    const deep = `${'['.repeat(1500)}${']'.repeat(1500)}`;
    const lines = [...runLines.slice(0, 3), `{"type":"later","deep":${deep}}`, endLine];
    assert.equal(presentReport(makeReport(lines, 0)).verdict, 'broken');
  });

  it('that another machine sends is kept once', async () => {
    const server = await startServer();
    const init = {
      method: 'POST',
      headers: { ...ownPage, 'content-type': 'application/json' },
      body: JSON.stringify({ lines: runLines }),
    };
    const first = await server.json<WireReport>('/api/v1/reports', init);
    assert.deepEqual(await server.json('/api/v1/reports', init), first);
    assert.deepEqual(await server.json('/api/v1/reports'), { items: [first] });
    assert.deepEqual(await server.json(`/api/v1/reports/${first.id}`), first);
    assert.deepEqual(await server.json('/api/v1/reports?release=9.9'), { items: [] });
    assert.deepEqual((await server.json<CheckStatus>('/api/v1/check')).lastReport, first);
    const elsewhere = runLines.map((line) => line.replace('5.4.52', '6.1.0'));
    await server.ask('/api/v1/reports', { ...init, body: JSON.stringify({ lines: elsewhere }) });
    assert.deepEqual((await server.json<CheckStatus>('/api/v1/check')).lastReport, first);
    await server.close();
  });
});

describe('running the checker', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'patchtrail-check-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** A stand-in for the checker: a script that Node runs. */
  function checker(name: string, script: string) {
    const path = join(folder, `${name}.mjs`);
    writeFileSync(path, `const lines = ${JSON.stringify(runLines)};\n${script}\n`);
    return { path: process.execPath, first: [path] };
  }
  const run = (script: string, name: string, more: Partial<Parameters<typeof runChecker>[0]> = {}) =>
    runChecker({ checker: checker(name, script), seconds: 1, nowMs: () => nowMs, onLine: () => {}, ...more });

  it('gives each line as it comes and a report at the end', async () => {
    const seen: unknown[] = [];
    const report = await run('console.log(lines.join("\\n")); process.exitCode = 1;', 'whole', {
      onLine: (line) => seen.push(line.type),
    });
    assert.deepEqual(seen, ['start', 'machine', 'result', 'end']);
    assert.deepEqual(report, makeReport(runLines, nowMs));
  });

  it('passes over words that are no lines of the protocol', async () => {
    const report = await run('console.log("hello"); console.log(lines.join("\\n"));', 'words');
    assert.equal(report.lines.length, 4);
  });

  it('that tells of its progress for an hour still has a verdict', async () => {
    const report = await run(
      'console.log(lines[0]); console.log(lines[1]);\n' +
        'console.log(\'{"type":"progress","trials":7}\\n\'.repeat(14_400) + lines.slice(2).join("\\n"));',
      'long',
    );
    assert.equal(report.verdict, 'broken');
    assert.deepEqual(report.lines.slice(-2), runLines.slice(2));
    assert.equal(report.lines.length, 2002);
  });

  it('that dies without a verdict has failed, with what it said', async () => {
    await assert.rejects(
      run('console.log(lines[0]); console.error("out of luck"); process.exit(70);', 'crash'),
      (error) =>
        error instanceof CheckError && error.code === 'check-failed' && /out of luck/.test(error.remedy),
    );
  });

  it('that a filter kills at once is an answer', async () => {
    const report = await run('process.kill(process.pid, "SIGSYS");', 'filtered');
    assert.deepEqual([report.verdict, report.reason], ['unsupported', 'killed-by-filter']);
  });

  it('that is cancelled may still say what it has proven', async () => {
    const cancel = new AbortController();
    const report = await run(
      'process.on("SIGTERM", () => { console.log(lines.slice(1).join("\\n")); process.exit(1); });\n' +
        'console.log(lines[0]); setInterval(() => {}, 1000);',
      'cancelled',
      { signal: cancel.signal, onLine: () => cancel.abort() },
    );
    assert.equal(report.verdict, 'broken');
  });

  it('that does not end when asked is killed', async () => {
    const cancel = new AbortController();
    await assert.rejects(
      run('process.on("SIGTERM", () => {}); console.log(lines[0]); setInterval(() => {}, 1000);', 'deaf', {
        signal: cancel.signal,
        onLine: () => cancel.abort(),
        killMs: 50,
      }),
      /SIGKILL/,
    );
  });

  it('that is not there cannot be started', async () => {
    await assert.rejects(
      runChecker({ checker: { path: join(folder, 'none') }, seconds: 1, nowMs: () => 0, onLine: () => {} }),
      (error) => error instanceof CheckError && error.code === 'check-failed',
    );
  });

  it('without anything to build is not available, and says what to install', async () => {
    await assert.rejects(
      buildChecker(join(folder, 'nothing')),
      (error) => error instanceof CheckError && error.code === 'check-unavailable' && error.remedy !== '',
    );
  });
});

describe('a check that a page starts', () => {
  /** Tools whose run ends when the test says so. */
  function heldTools() {
    let end = () => {};
    const held = new Promise<void>((resolve) => {
      end = resolve;
    });
    return {
      end: () => end(),
      build: async () => ({ path: '' }),
      run: async ({ onLine, signal }: Parameters<typeof runChecker>[0]) => {
        onLine({ type: 'progress', trials: 1 });
        signal?.addEventListener('abort', end);
        await held;
        return makeReport(runLines, nowMs);
      },
    };
  }

  async function startWith(tools: ReturnType<typeof heldTools>) {
    const kept: string[] = [];
    const check = new LocalCheck(
      tools,
      async (report) => {
        kept.push(report.id);
      },
      () => nowMs,
    );
    const server = await startServer({ check });
    const change = (method: string, body: object | null = {}) =>
      server.ask('/api/v1/check', {
        method,
        headers: { ...ownPage, 'content-type': 'application/json' },
        ...(body === null ? {} : { body: JSON.stringify(body) }),
      });
    return { server, kept, change };
  }

  async function eventsOf(answer: Response): Promise<CheckEvent[]> {
    return [...(await answer.text()).matchAll(/^data: (.*)$/gm)].map(([, json]) => JSON.parse(json ?? ''));
  }

  it('runs once at a time, is seen from its start by who comes late, and keeps its report', async () => {
    const tools = heldTools();
    const { server, kept, change } = await startWith(tools);
    const status = (await (await change('POST', { seconds: 2 })).json()) as CheckStatus;
    assert.equal(status.isRunning, true);
    assert.equal((await change('POST')).status, 503);
    const watching = eventsOf(await server.ask('/api/v1/check/events'));
    tools.end();
    const events = await watching;
    assert.deepEqual(
      events.map(({ kind, line }) => [kind, line]),
      [
        ['building', null],
        ['line', { type: 'progress', trials: 1 }],
        ['done', null],
      ],
    );
    assert.equal(events.at(-1)?.report?.verdict, 'broken');
    assert.deepEqual(kept, [makeReport(runLines, nowMs).id]);
    assert.deepEqual(await eventsOf(await server.ask('/api/v1/check/events')), events);
    await server.close();
  });

  it('can be cancelled', async () => {
    const { server, change } = await startWith(heldTools());
    await change('POST');
    const watching = eventsOf(await server.ask('/api/v1/check/events'));
    assert.equal(((await (await change('DELETE', null)).json()) as CheckStatus).isRunning, false);
    assert.equal((await watching).at(-1)?.kind, 'cancelled');
    await server.close();
  });

  it('tells why it failed', async () => {
    const tools = heldTools();
    const failing = {
      ...tools,
      build: async () => {
        throw new CheckError('check-unavailable', 'There is no `make` on this machine', {
          remedy: 'Install it.',
        });
      },
    };
    const { server, change } = await startWith(failing);
    await change('POST');
    const events = await eventsOf(await server.ask('/api/v1/check/events'));
    assert.deepEqual(events.at(-1), {
      kind: 'failed',
      text: 'There is no `make` on this machine. Install it.',
      line: null,
      report: null,
    });
    await server.close();
  });

  it('refuses a length that proves nothing more', async () => {
    const { server, change } = await startWith(heldTools());
    assert.equal((await change('POST', { seconds: 100_000 })).status, 400);
    await server.close();
  });
});

describe('the table of kernel fixes', () => {
  it('follows the fix of the running story, and others of its family', () => {
    const fixes = readTrackedFixes();
    assert.deepEqual(fixes[0], {
      name: 'rseq-cpu-id',
      title: 'sched: Fix unreliable rseq cpu_id for new tasks',
      commit: 'ce3614daabea8a2d01c1dd17ae41d1ec5e5ae7db',
      check: 'new-task-cpu-id',
      introduced: '4.18',
    });
    assert.deepEqual(
      fixes.map(({ check }) => check),
      ['new-task-cpu-id', 'clone-vm-unregisters', 'unregister-flags'],
    );
  });

  it('says where it is wrong', () => {
    assert.throws(
      () => parseTrackedFixes('[[fixes]]\nname = "x"\n'),
      (error) =>
        error instanceof PatchtrailError && error.code === 'config-invalid' && /fixes/.test(error.message),
    );
  });
});
