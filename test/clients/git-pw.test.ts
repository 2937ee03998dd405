/** git-pw as Debian has it, unmodified, against a server of ours; and `git am` on what it downloads. */
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { toolOptions } from '../support/tools.ts';
import { runClient, type Site, startSite } from './site.ts';

describe('git-pw', toolOptions('git-pw', 'git'), () => {
  let site: Site;
  let cwd = '';
  before(async () => {
    site = await startSite();
    cwd = join(site.folder, 'tree');
    mkdirSync(cwd);
    await git('init', '-q');
    await git('config', 'user.name', 'Mia Example');
    await git('config', 'user.email', 'mia@example.org');
    await git('commit', '-q', '--allow-empty', '-m', 'start');
  });
  after(() => site.close());

  const git = async (...args: string[]) => {
    const done = await runClient('git', args, { cwd });
    assert.equal(done.status, 0, done.err);
    return done.out;
  };
  const pw = async (...args: string[]) => {
    const server = ['--server', `${site.url}/api/1.2`, '--project', 'pump', '--token', site.tokens.mia];
    return runClient('git-pw', [...server, ...args], { cwd, env: { TMPDIR: site.folder } });
  };
  const rows = async (...args: string[]) => {
    const { out, err, status } = await pw(...args, '-f', 'csv');
    assert.equal(status, 0, err);
    return out
      .trim()
      .split('\n')
      .map((line) => line.replaceAll('"', '').split(','));
  };

  it('lists patches and series', async () => {
    const [head, ...patches] = await rows(
      'patch',
      'list',
      '--state',
      'new',
      '--state',
      'under-review',
      '--column',
      'ID',
      '--column',
      'State',
    );
    assert.deepEqual(head, ['ID', 'State']);
    assert.deepEqual(patches.map(([, state]) => state).sort(), ['new', 'under-review', 'under-review']);
    const [, ...series] = await rows('series', 'list', '--column', 'Name', '--column', 'Version');
    assert.deepEqual(series, [
      ['[v2] valve: close slowly', '2'],
      ['pump: count and report', '1'],
    ]);
  });

  it('finds people by name', async () => {
    const [, ...patches] = await rows('patch', 'list', '--submitter', 'Cy Example', '--column', 'Name');
    assert.deepEqual(patches, [['[v2] valve: close slowly']]);
  });

  it('shows and changes a patch', async () => {
    const number = String(await site.number('count'));
    const shown = await pw('patch', 'show', number);
    assert.match(shown.out, /Message ID\s*\|? *<count@test\.example>/);
    const changed = await pw(
      'patch',
      'update',
      '--state',
      'accepted',
      '--archived',
      'True',
      '--delegate',
      'mia',
      number,
    );
    assert.equal(changed.status, 0, changed.err);
    assert.match(changed.out, /State\s*\|? *accepted/);
    assert.match(changed.out, /Delegate\s*\|? *mia/);
    await pw('patch', 'update', '--state', 'under-review', '--archived', 'False', number);
  });

  it('downloads a diff and a mail', async () => {
    const number = String(await site.number('count'));
    // With a file to write to, git-pw 2.0 fails on any diff; without one it takes the name of the file from us.
    const diff = await pw('patch', 'download', '--diff', number);
    assert.equal(diff.status, 0, diff.err);
    const [folder = ''] = readdirSync(site.folder).filter((name) => name.startsWith('git-pw'));
    const saved = join(site.folder, folder, '1-2-pump-count-strokes.diff');
    assert.match(readFileSync(saved, 'utf8'), /^diff --git a\/count\.c/);
    const mail = await pw('patch', 'download', number, join(cwd, 'x.mbox'));
    assert.equal(mail.status, 0, mail.err);
    assert.match(
      readFileSync(join(cwd, 'x.mbox'), 'utf8'),
      /^Reviewed-by: B\u00f6 Example <bo@example\.org>$/m,
    );
  });

  it('applies a series by git am, with the trailer that a reviewer gave', async () => {
    const applied = await pw('series', 'apply', String(await site.number('cover')));
    assert.equal(applied.status, 0, applied.err);
    const log = await git('log', '--format=%an|%s%n%b', '-2');
    assert.match(log, /^Ada Example\|pump: report strokes$/m);
    assert.match(log, /^Ada Example\|pump: count strokes$/m);
    assert.match(log, /^Count them, gr\u00fcndlich\.$/m);
    assert.match(log, /^Reviewed-by: B\u00f6 Example <bo@example\.org>$/m);
    assert.deepEqual((await git('ls-files')).trim().split('\n'), ['count.c', 'report.c']);
    const one = await pw('patch', 'apply', String(await site.number('with/slash')));
    assert.equal(one.status, 0, one.err);
  });

  it('makes, changes and deletes bundles', async () => {
    const [count, report] = [String(await site.number('count')), String(await site.number('report'))];
    const made = await pw('bundle', 'create', 'todo', count, report);
    assert.equal(made.status, 0, made.err);
    const [, ...bundles] = await rows(
      'bundle',
      'list',
      '--column',
      'ID',
      '--column',
      'Name',
      '--column',
      'Owner',
    );
    assert.deepEqual(
      bundles.map(([, name, owner]) => [name, owner]),
      [['todo', 'mia']],
    );
    const id = bundles[0]?.[0] ?? '';
    assert.equal((await pw('bundle', 'remove', id, report)).status, 0);
    assert.match((await pw('bundle', 'show', id)).out, /count strokes/);
    assert.equal((await pw('bundle', 'delete', id)).status, 0);
  });

  it('is told in words what it may not do', async () => {
    const server = ['--server', `${site.url}/api/1.2`, '--project', 'pump', '--token', site.tokens.eve];
    const number = String(await site.number('count'));
    const done = await runClient('git-pw', [...server, 'patch', 'update', '--state', 'new', number], { cwd });
    assert.equal(done.status, 1);
    assert.match(`${done.out}${done.err}`, /You do not have permission to perform this action/);
  });
});
