/**
 * `patchtrail check`: what people and programs read of a run, and its exit status.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { CheckError } from '../../ingest/model/errors.ts';
import type { Report, Verdict } from '../../ingest/model/kernel.ts';
import { openStore } from '../../ingest/store/open.ts';
import { readTrackedFixes } from '../../server/check/tracked-fixes.ts';
import type { Parts } from '../../server/cli/parts.ts';
import { realParts } from '../../server/cli/real-parts.ts';
import { addMails } from '../support/derived-store.ts';
import { runCommand } from '../support/terminal.ts';

const lines = [
  { type: 'start', schema: 1 },
  {
    type: 'machine',
    release: '9.4.52',
    arch: 'x86_64',
    cpu_model: 'Example CPU',
    cpus_online: 2,
    boot_id: '0a1b2c3d',
  },
  { type: 'progress', check: 'new-task-cpu-id', trials: 10 },
  {
    type: 'result',
    check: 'new-task-cpu-id',
    status: 'fail',
    detail: '25 of 30 children were told a wrong CPU',
  },
  { type: 'result', check: 'slice-extension', status: 'skip', reason: 'absent', detail: 'Invalid argument' },
  { type: 'end', verdict: 'broken', exit: 1, expected: 'fixed', agrees: false },
];

function reportOf(verdict: Verdict): Report {
  return {
    id: 'r1',
    receivedMs: 0,
    release: '9.4.52',
    kernelVersion: '#1',
    arch: 'x86_64',
    machine: 'x86_64 Example CPU',
    isVirtual: false,
    verdict,
    reason: '',
    lines: [],
  };
}

const checkThatFinds =
  (verdict: Verdict): Parts['check'] =>
  async ({ onLine }) => {
    for (const line of lines) onLine(line);
    return reportOf(verdict);
  };

test('people read one line a check and then the verdict, against what the release number made expect', async () => {
  const { status, out } = await runCommand(['check'], { check: checkThatFinds('broken') });
  assert.deepEqual(out.split('\n'), [
    'kernel 9.4.52 x86_64, Example CPU, 2 CPUs, boot 0a1b2c3d',
    'FAIL new-task-cpu-id       25 of 30 children were told a wrong CPU',
    'skip slice-extension       absent: Invalid argument',
    'verdict: broken; by its release number fixed was expected',
    'This kernel (9.4.52) fails a check of this run.',
    '',
  ]);
  assert.equal(status, 1);
});

test('where there is a store, what its mails made expect stands beside what was measured', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'patchtrail-check-mail-'));
  const path = join(folder, 'store.db');
  const mail = await openStore(path);
  await addMails(mail, [
    {
      id: 'linux-5.4.53',
      hour: 8,
      subject: 'Linux 5.4.53',
      body: `I'm announcing the release of the 5.4.53 kernel.\n\nAda Example (1):\n      ${readTrackedFixes()[0]?.title}\n`,
    },
  ]);
  await mail.close();
  const measured = (release: string, verdict: Verdict) => async () => ({
    ...reportOf(verdict),
    release,
    lines: ['{"type":"result","check":"new-task-cpu-id","status":"pass"}'],
  });
  const rows: readonly (readonly [release: string, verdict: Verdict, says: RegExp])[] = [
    ['5.4.53', 'fixed', /^mail on rseq-cpu-id: expected fixed \(.+\), measured fixed$/m],
    ['5.4.53', 'broken', /expected fixed \(.+\), measured broken: THEY DISAGREE$/m],
    ['5.4.52', 'broken', /expected broken \(.+\), measured broken$/m],
    ['5.4.0-42-generic', 'fixed', /^mail on rseq-cpu-id: expected unknown, measured fixed$/m],
  ];
  for (const [release, verdict, says] of rows) {
    const { request, openStore: open } = realParts;
    const check = measured(release, verdict);
    const { out, err } = await runCommand(['check', '--store', path], { check, request, openStore: open });
    assert.match(out, says);
    assert.equal(err, '');
  }
  rmSync(folder, { recursive: true });
});

test('where there is no store, that is said, and the answer stands', async () => {
  const { status, out, err } = await runCommand(['check', '--store', '/no/such/store.db'], {
    check: checkThatFinds('broken'),
  });
  assert.equal(status, 1);
  assert.match(out, /fails a check of this run\.\n$/);
  assert.match(err, /^what mail says of 9\.4\.52 cannot be told: There is no store/);
});

test('a guest is called virtual', async () => {
  const machine = { ...lines[1], virtualization: 'hypervisor' };
  const { out } = await runCommand(['check'], {
    check: async ({ onLine }) => {
      onLine(machine);
      return reportOf('fixed');
    },
  });
  assert.match(out, /^kernel 9\.4\.52 x86_64 \(virtual\), Example CPU, /);
});

test("with --json programs read the checker's own lines", async () => {
  const { out } = await runCommand(['check', '--json'], { check: checkThatFinds('broken') });
  assert.deepEqual(
    out
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line)),
    lines,
  );
});

const statuses: readonly (readonly [verdict: Verdict, status: number])[] = [
  ['fixed', 0],
  ['broken', 1],
  ['inconclusive', 2],
  ['unsupported', 3],
  ['not-affected', 4],
];

for (const [verdict, expected] of statuses)
  test(`a kernel that is ${verdict} gives exit status ${expected}`, async () => {
    const { status } = await runCommand(['check'], { check: async () => reportOf(verdict) });
    assert.equal(status, expected);
  });

test('that the checker cannot be built is no answer about the kernel', async () => {
  const check = async () => {
    throw new CheckError('check-unavailable', 'There is no make here', { remedy: 'Install it.' });
  };
  const { status, err } = await runCommand(['check'], { check });
  assert.deepEqual([status, err], [70, 'patchtrail: There is no make here. Install it.\n']);
});

const slips: readonly (readonly [option: string, value: string, says: RegExp])[] = [
  ['--report', 'ftp://example.org', /^patchtrail: That is no web address: ftp:\/\/example\.org\. Give http/],
  ['--kernel', 'no/such/bzImage', /^patchtrail: There is no such kernel image: .*no\/such\/bzImage\.\n$/],
];

for (const [option, value, says] of slips)
  test(`a wrong ${option} is told before anything is run`, async () => {
    const { status, out, err } = await runCommand(['check', option, value]);
    assert.deepEqual([status, out], [2, '']);
    assert.match(err, says);
  });
