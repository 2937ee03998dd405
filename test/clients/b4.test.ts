/** b4, unmodified, as a maintainer uses it: it takes the same from Patchtrail as from public-inbox. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import type { WireTrailer } from '../../server/wire.ts';
import { makeFolder } from '../support/folders.ts';
import { peerTools } from '../support/public-inbox.ts';
import { runClient, toolOptions } from '../support/tools.ts';
import { list, listAddress, startPatchtrail, startPeer } from './archives.ts';
import { gitIn, sendSeries } from './pump-series.ts';

const tools = toolOptions('b4', ...peerTools);

/** Runs b4 in a repository with the archive in its configuration; every run has a cache of its own. */
async function b4(
  t: TestContext,
  archive: string,
  repository: string,
  args: readonly string[],
): Promise<string> {
  const home = makeFolder(t, {
    '.gitconfig': `[b4]
	midmask = ${archive}/%s
	linkmask = ${archive}/%s
	searchmask = ${archive}/?x=m&t=1&q=%s
	attestation-policy = off
[user]
	name = Cy Example
	email = cy@example.org
`,
  });
  const env = { HOME: home, XDG_CONFIG_HOME: home, XDG_CACHE_HOME: home, XDG_DATA_HOME: home };
  const { stdout } = await runClient('b4', ['--no-interactive', ...args], { cwd: repository, env });
  return stdout.toString();
}

function filesOf(folder: string, ending: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => `${name}\n${readFileSync(join(folder, name), 'latin1')}`);
}

describe('b4', tools, () => {
  it('am: gives the same patches as from public-inbox, and git applies them', async (t) => {
    const { mails, covers, repository } = sendSeries(t);
    const archives = [await startPatchtrail(t, mails), await startPeer(t, mails)];
    const [ours, theirs] = await Promise.all(
      archives.map(async (url) => {
        const folder = makeFolder(t);
        await b4(t, `${url}/${list}`, repository, ['am', '-o', folder, covers[0]]);
        return { folder, files: filesOf(folder, '.mbx') };
      }),
    );
    assert.deepEqual(ours?.files, theirs?.files);
    assert.match(ours?.files[0] ?? '', /^Reviewed-by: Bo Example <bo@example.org>$/m);
    const [mailbox = ''] = readdirSync(ours?.folder ?? '').filter((name) => name.endsWith('.mbx'));
    gitIn(repository, ['am', '--quiet', join(ours?.folder ?? '', mailbox)]);
    assert.equal(
      gitIn(repository, ['log', '--format=%s', 'main~2..main']),
      'pump: tell them\npump: count them\n',
    );
  });

  it('mbox: gives the same mails as from public-inbox', async (t) => {
    const { mails, covers, repository } = sendSeries(t);
    const archives = [await startPatchtrail(t, mails), await startPeer(t, mails)];
    const [ours, theirs] = await Promise.all(
      archives.map(async (url) => {
        const folder = makeFolder(t);
        await b4(t, `${url}/${list}`, repository, ['mbox', '-o', folder, covers[0]]);
        return filesOf(folder, '.mbx');
      }),
    );
    assert.equal(ours?.length, 1);
    assert.deepEqual(ours, theirs);
  });

  it('finds a message without being told its list', async (t) => {
    const { mails, covers, repository } = sendSeries(t);
    const url = await startPatchtrail(t, mails);
    const folder = makeFolder(t);
    await b4(t, `${url}/all`, repository, ['am', '-o', folder, covers[1]]);
    assert.match(filesOf(folder, '.mbx').join(), /\[PATCH v2 1\/2\] pump: count them/);
  });

  it('diff: finds the version before and shows what changed', async (t) => {
    const { mails, covers, repository } = sendSeries(t);
    const url = await startPatchtrail(t, mails);
    const shown = await b4(t, `${url}/${list}`, repository, ['diff', '--no-cache', covers[1]]);
    const rows = shown
      .match(/[-\d]: .* [<>=!] .*[-\d]: .*/g)
      ?.map((row) => row.replace(/ +[0-9a-f-]{7}/g, ''));
    assert.deepEqual(
      rows?.map((row) => stripVTControlCharacters(row)),
      ['1: < -: pump: count them', '-: > 1: pump: count them', '2: = 2: pump: tell them'],
    );
  });

  it('shazam: applies the series with what reviewers gave', async (t) => {
    const { mails, covers, repository } = sendSeries(t);
    const url = await startPatchtrail(t, mails);
    await b4(t, `${url}/${list}`, repository, ['shazam', '--use-version', '1', covers[0]]);
    const log = gitIn(repository, ['log', '--format=%B', 'main~2..main']);
    assert.match(log, /^Reviewed-by: Bo Example <bo@example.org>$/m);
  });

  it('am -t: takes the trailers that are said to stand, and none that another gave', async (t) => {
    const { mails, covers, repository } = sendSeries(t);
    const idOf = (subject: string) => {
      const mail = mails.map(String).find((one) => one.includes(`\nSubject: ${subject}`)) ?? '';
      return /^Message-I[dD]: <(.+)>$/m.exec(mail)?.[1] ?? '';
    };
    const give = (id: string, from: string, answered: string, trailer: string) =>
      Buffer.from(
        `From: ${from}\nTo: ${listAddress}\nSubject: Re: pump\nDate: Fri, 1 Mar 2024 12:00:00 +0000\n` +
          `Message-ID: <${id}@test.example>\nIn-Reply-To: <${answered}>\nReferences: <${answered}>\n\n${trailer}\n`,
      );
    const cleo = 'Cleo Works <cleo@example.com>';
    const given = [
      give('whole', cleo, covers[1], `Acked-by: ${cleo}`),
      give(
        'second',
        'Dan Works <dan@example.com>',
        idOf('[PATCH v2 2/2]'),
        'Tested-by: Dan Works <dan@example.com>',
      ),
      give(
        'forged',
        'Eve Other <eve@example.net>',
        idOf('[PATCH v2 2/2]'),
        'Reviewed-by: Bo Example <bo@example.org>',
      ),
    ];
    const url = await startPatchtrail(t, [...mails, ...given]);
    const folder = makeFolder(t);
    await b4(t, `${url}/${list}`, repository, ['am', '-t', '-o', folder, covers[1]]);
    const taken = [
      ...filesOf(folder, '.mbx')
        .join('')
        .matchAll(/^(?:Acked|Tested|Reviewed)-by: .*$/gm),
    ].map(String);
    const response = await fetch(`${url}/api/v1/series/${encodeURIComponent(covers[0])}`);
    const { trailers } = (await response.json()) as { trailers: WireTrailer[] };
    const said = trailers.map(
      (one) => `${one.name}: ${one.value} ${one.standing}${one.isOwn ? '' : ', of another'}`,
    );
    assert.deepEqual(said.sort(), [
      `Acked-by: ${cleo} current`,
      'Reviewed-by: Bo Example <bo@example.org> current, of another',
      'Reviewed-by: Bo Example <bo@example.org> dropped',
      'Tested-by: Dan Works <dan@example.com> current',
    ]);
    assert.deepEqual(taken.sort(), [
      `Acked-by: ${cleo}`,
      `Acked-by: ${cleo}`,
      'Tested-by: Dan Works <dan@example.com>',
    ]);
  });

  it('trailers: puts what reviewers gave on commits that are still at home', async (t) => {
    const { mails, covers, repository } = sendSeries(t);
    const url = await startPatchtrail(t, mails);
    gitIn(repository, ['checkout', '--quiet', 'v1']);
    await b4(t, `${url}/${list}`, repository, [
      'trailers',
      '-u',
      '-F',
      covers[0],
      '--since',
      '2024-03-01T00:30:00Z',
    ]);
    const log = gitIn(repository, ['log', '--format=%B', 'main..v1']);
    assert.match(log, /^Reviewed-by: Bo Example <bo@example.org>$/m);
  });
});
