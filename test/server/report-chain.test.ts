/**
 * From a machine to a patch: how a report is taken, what it sets, and what it may never change.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { bootUnit } from '../../server/check/boot-unit.ts';
import { checkScript } from '../../server/check/check-script.ts';
import { keepReport } from '../../server/check/keep-report.ts';
import { describeMachine, type MachineFacts, readMachineFacts } from '../../server/check/machine-proof.ts';
import { checksOfReport } from '../../server/check/patch-checks.ts';
import { makeReport } from '../../server/check/report.ts';
import { checkSeal, sealHeader, sealReport, UsedSeals } from '../../server/check/report-seal.ts';
import { readTrackedFixes } from '../../server/check/tracked-fixes.ts';
import { makeSecret, putAccount, type SecretValue } from '../../server/rights/accounts.ts';
import type { KernelFix, Problem, WirePage } from '../../server/wire.ts';
import { withMails } from '../support/derived-store.ts';
import { idOf, patchBody } from '../support/mail-text.ts';
import { runLines } from './checker-lines.ts';
import { nowMs } from './corpus.ts';
import { startServer } from './server-under-test.ts';

const token = 'machine-secret';
const fixes = readTrackedFixes();
const title = fixes[0]?.title ?? '';

describe('a seal', () => {
  const good = sealReport(token, 1000, ['a', 'b']);
  const given = { token, lines: ['a', 'b'], nowMs: 2000 };

  it('fits its lines, its token and its time', () => {
    assert.equal(checkSeal(good, given), '');
  });

  it('is refused for other lines, another token, another time, and where there is none', () => {
    const wrong = [
      checkSeal(good, { ...given, lines: ['a', 'c'] }),
      checkSeal(good, { ...given, lines: ['a\nb'].concat('') }),
      checkSeal(good, { ...given, token: 'other' }),
      checkSeal(good.replace('1000', '1001'), given),
      checkSeal(good, { ...given, nowMs: 1000 + 16 * 60_000 }),
      checkSeal(good, { ...given, nowMs: 1000 - 16 * 60_000 }),
      checkSeal(undefined, given),
      checkSeal('1000 nonsense', given),
    ];
    for (const [at, words] of wrong.entries()) assert.notEqual(words, '', String(at));
  });
});

describe('used seals', () => {
  it('are taken once, for as long as they are good', () => {
    const used = new UsedSeals();
    assert.deepEqual([used.use('a', 0), used.use('b', 0), used.use('a', 29 * 60_000)], [true, true, false]);
    assert.equal(used.use('a', 31 * 60_000), true);
  });

  it('are bounded: the oldest is forgotten first', () => {
    const used = new UsedSeals();
    for (let n = 0; n <= 10_000; n++) assert.equal(used.use(String(n), 0), true);
    assert.equal(used.use('10000', 0), false);
    assert.equal(used.use('0', 0), true);
  });
});

describe('a report with a token', () => {
  const access = {
    sessionToken: 'of-this-process',
    isLoopback: true,
    hostNames: null,
    tokens: [{ name: 'box', sha256: createHash('sha256').update(token).digest('hex') }],
    person: 'local',
  };
  const send = (seal: string | undefined, lines: readonly string[], secret = token) => ({
    method: 'POST',
    headers: {
      authorization: `Bearer ${secret}`,
      'content-type': 'application/json',
      ...(seal === undefined ? {} : { [sealHeader]: seal }),
    },
    body: JSON.stringify({ lines }),
  });

  it('is kept when it is sealed, once however often it is sealed, and refused otherwise, as a copy, too', async () => {
    const server = await startServer({ access });
    const seal = sealReport(token, nowMs, runLines);
    for (const wrong of [undefined, sealReport('other', nowMs, runLines), sealReport(token, 1, runLines)]) {
      const answer = await server.ask('/api/v1/reports', send(wrong, runLines));
      assert.equal(answer.status, 403);
      assert.equal(((await answer.json()) as Problem).code, 'forbidden');
    }
    assert.equal((await server.ask('/api/v1/reports', send(seal, [...runLines, '{}']))).status, 403);
    assert.deepEqual(await server.store.getReports({}), []);
    assert.equal((await server.ask('/api/v1/reports', send(seal, runLines))).status, 200);
    const kept = await server.store.getReports({});
    assert.equal(kept.length, 1);
    const copy = await server.ask('/api/v1/reports', send(seal, runLines));
    assert.deepEqual([copy.status, ((await copy.json()) as Problem).code], [409, 'report-replayed']);
    // Whose answer was lost seals the same lines anew.
    const again = sealReport(token, nowMs + 1, runLines);
    assert.equal((await server.ask('/api/v1/reports', send(again, runLines))).status, 200);
    assert.deepEqual(await server.store.getReports({}), kept);
    const odd = ['not', 'a run'];
    const refused = await server.ask('/api/v1/reports', send(sealReport(token, nowMs, odd), odd));
    assert.equal(((await refused.json()) as Problem).code, 'report-invalid');
    await server.close();
  });

  it('needs no more than the scope of checks, and no less; a token that is over sends nothing', async () => {
    const server = await startServer({ access });
    const { number: account } = await putAccount(server.store.tracker, 'lab', (value) => value);
    const rows: ReadonlyArray<readonly [more: Partial<SecretValue>, status: number]> = [
      [{ scopes: ['check'] }, 200],
      [{ scopes: ['write'] }, 200],
      [{ scopes: [] }, 403],
      [{ scopes: ['check'], revokedMs: nowMs - 1 }, 403],
      [{ scopes: ['check'], expiresMs: nowMs - 1 }, 403],
    ];
    for (const [more, status] of rows) {
      const plain: SecretValue = {
        ...{ label: '', account, address: '', lists: null, createdMs: 0, expiresMs: null, revokedMs: null },
        scopes: [],
      };
      const secret = await makeSecret(server.store.tracker, 'token', { ...plain, ...more });
      const answer = await server.ask(
        '/api/v1/reports',
        send(sealReport(secret, nowMs, runLines), runLines, secret),
      );
      assert.equal(answer.status, status, JSON.stringify(more));
    }
    await server.close();
  });

  it('changes nothing that mail says', async () => {
    const server = await startServer({ access });
    const expected = async () =>
      (await server.json<WirePage<KernelFix>>('/api/v1/kernels')).items.map(({ cells, landings }) => ({
        landings,
        cells: cells
          .filter(({ release }) => release !== '5.4.52')
          .map(({ release, expected }) => [release, expected]),
      }));
    const before = await expected();
    await server.ask('/api/v1/reports', send(sealReport(token, nowMs, runLines), runLines));
    assert.deepEqual(await expected(), before);
    await server.close();
  });
});

describe('a check on a patch', () => {
  const patch = (id: string, hour: number, more = {}) => ({
    id,
    hour,
    subject: `[PATCH] ${title}`,
    body: patchBody({ now: [`	/* ${id} */`] }),
    ...more,
  });
  const thanks = {
    id: 'thanks',
    hour: 9,
    from: 'Mo <mo@example.org>',
    inReplyTo: 'first',
    subject: `Re: [PATCH] ${title}`,
    body: `Applied to urgent, thanks!\n\n[1/1] ${title}\n      commit: ce3614daabea8a2d01c1dd17ae41d1ec5e5ae7db\n`,
  };
  const from = { by: 'box', url: 'https://patches.example.org/check/r1' };

  it('stands on the posting that became the commit', async () => {
    await withMails([patch('first', 1), patch('second', 5), thanks], async (store) => {
      const report = makeReport(runLines, 7);
      assert.deepEqual(await checksOfReport(store, fixes, report, from), [
        {
          message: idOf('first'),
          context: 'rseq-cpu-id',
          state: 'fail',
          description: `5.4.52 on ${report.machine}: broken`,
          at: 7,
          ...from,
        },
      ]);
    });
  });

  it('is set once, when the report is kept, whether it came from this machine or another', async () => {
    await withMails([patch('first', 1)], async (store) => {
      const place = { store, fixes, publicUrl: 'https://patches.example.org/' };
      const report = makeReport(runLines, 7);
      assert.deepEqual(await keepReport(place, report, 'local'), report);
      assert.deepEqual(await keepReport(place, makeReport(runLines, 9), 'box'), report);
      const checks = await store.tracker.getChecks([idOf('first')]);
      assert.deepEqual(
        checks.map(({ context, state, by, url }) => [context, state, by, url]),
        [['rseq-cpu-id', 'fail', 'local', `https://patches.example.org/check/${report.id}`]],
      );
    });
  });

  it('stands on the newest of its title while no commit is known, and nowhere without one', async () => {
    const copy = patch('stable', 8, { subject: `[PATCH 5.4 202/215] ${title}` });
    await withMails([patch('first', 1), patch('second', 5), copy], async (store) => {
      const found = await checksOfReport(store, fixes, makeReport(runLines, 7), from);
      assert.deepEqual(
        found.map(({ message }) => message),
        [idOf('second')],
      );
    });
    await withMails([], async (store) => {
      assert.deepEqual(await checksOfReport(store, fixes, makeReport(runLines, 7), from), []);
    });
  });
});

describe('another machine', () => {
  it('gets a script that a shell can read, for this server and no other', () => {
    const script = checkScript('https://patches.example.org/sub/');
    assert.equal(spawnSync('sh', ['-n'], { input: script }).status, 0);
    assert.ok(script.includes('https://patches.example.org/sub/native/check-native-$machine'));
    assert.throws(() => checkScript("https://x.example.org/'; rm -rf '"));
  });

  it('gets the checker of its kind, or the command that builds it', async () => {
    const server = await startServer();
    const script = await server.ask('/native/check.sh');
    assert.match(await script.text(), /^#!\/bin\/sh\n/);
    for (const machine of ['x86_64', 'aarch64']) {
      const answer = await server.ask(`/native/check-native-${machine}`);
      const bytes = Buffer.from(await answer.arrayBuffer());
      if (answer.status === 200) assert.equal(bytes.subarray(0, 4).toString('latin1'), '\x7fELF');
      else assert.match(JSON.parse(bytes.toString()).remedy, /make -C native-check/);
    }
    assert.equal((await server.ask('/native/check-native-vax')).status, 404);
    await server.close();
  });
});

describe('the unit for each boot', () => {
  it('starts the check, sends the report, and takes every verdict for an answer', () => {
    const unit = bootUnit({
      node: '/usr/bin/node',
      program: '/srv/a folder/patchtrail.mjs',
      reportUrl: 'https://patches.example.org/a%20b',
      seconds: 10,
    });
    assert.ok(
      unit.includes(
        'ExecStart=/usr/bin/node "/srv/a folder/patchtrail.mjs" check --quiet --seconds 10 --report https://patches.example.org/a%%20b\n',
      ),
    );
    assert.match(unit, /^SuccessExitStatus=1 2 3 4$/m);
    assert.doesNotMatch(unit, /TOKEN=\w/);
  });
});

describe('what a machine can prove', () => {
  const facts: MachineFacts = {
    platform: 'linux',
    arch: 'x64',
    release: '6.1.0',
    cpus: 2,
    mayUseRealtime: false,
    isTraced: false,
    isFiltered: false,
    hasKvm: false,
    programs: new Set(['cc', 'make', 'qemu-system-x86_64']),
  };
  const says = (more: Partial<MachineFacts>) => describeMachine({ ...facts, ...more }).join('\n');

  it('is said with what is missing', () => {
    assert.match(says({}), /2 usable CPUs: both methods can answer, in bursts/);
    assert.match(says({}), /other x86_64 kernels can be booted, by emulation$/m);
    const both = says({ hasKvm: true, programs: new Set(['qemu-system-x86_64', 'qemu-system-aarch64']) });
    assert.match(both, /other x86_64 kernels can be booted, by emulation, or with KVM \(ACCEL=kvm\)$/m);
    assert.match(both, /other aarch64 kernels can be booted, by emulation$/m);
    assert.match(says({}), /qemu-system-aarch64 is missing \(Debian: qemu-system-arm\)/);
    assert.match(says({ cpus: 1 }), /one usable CPU: only the marker method can answer/);
    assert.match(says({ release: '6.19.0-1-amd64' }), /2 usable CPUs: the placement method can answer/);
    assert.match(says({ release: '7.0.3', cpus: 1 }), /one usable CPU: no method can answer/);
    assert.match(says({ programs: new Set() }), /cannot be built here: install a C compiler/);
    assert.match(says({ isTraced: true, isFiltered: true }), /traced[\s\S]*filter of system calls/);
    assert.deepEqual(describeMachine({ ...facts, platform: 'darwin' }), [
      'the kernel check runs on Linux only',
    ]);
  });

  it('can be read of this machine', () => {
    assert.ok(readMachineFacts(process.env).cpus >= 1);
  });
});
