/** Delegates and bundles: who looks after patches, and patches that somebody put together. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { makeSecret, putAccount } from '../../server/rights/accounts.ts';
import type { Role } from '../../server/rights/asker.ts';
import type {
  BundleDetail,
  SeriesDetail,
  SeriesSummary,
  WireBundle,
  WireCorrection,
  WireDelegate,
  WirePage,
} from '../../server/wire.ts';
import { idOf } from '../support/mail-text.ts';
import { list, nowMs, seriesId } from './corpus.ts';
import { ownPage, type ServerUnderTest, startServer } from './server-under-test.ts';

const newest = [idOf('count2'), idOf('print2')];

describe('patches', () => {
  let server: ServerUnderTest;
  let eve: Record<string, string>;
  let mia: Record<string, string>;

  before(async () => {
    server = await startServer();
    mia = await signIn('mia', { [list]: 'maintainer' });
    eve = await signIn('eve', {});
  });
  after(() => server.close());

  /** Headers of a request by somebody new. */
  const signIn = async (name: string, roles: Record<string, Role>) => {
    const { number } = await putAccount(server.store.tracker, name, (value) => ({ ...value, roles }));
    const secret = { label: '', account: number, address: '', lists: null, createdMs: 0, expiresMs: null };
    const all = { ...secret, scopes: ['write' as const], revokedMs: null, parent: null };
    return { authorization: `Bearer ${await makeSecret(server.store.tracker, 'token', all)}` };
  };
  const send = (path: string, body: object | null, headers: Record<string, string> = ownPage) =>
    server.ask(path, {
      method: body === null ? 'DELETE' : 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      ...(body === null ? {} : { body: JSON.stringify(body) }),
    });
  const summary = async () => (await server.json<SeriesDetail>(`/api/v1/series/${seriesId}`)).summary;
  const queue = async (delegate: string) =>
    (await server.json<WirePage<SeriesSummary>>(`/api/v1/series?delegate=${delegate}`)).items.map(
      ({ id }) => id,
    );

  it('are given to a maintainer of their list, a whole sending at once, and that is taken back', async () => {
    const { items } = await server.json<{ items: WireDelegate[] }>('/api/v1/delegates');
    assert.deepEqual(items, [{ name: 'mia', fullName: '', lists: [list] }]);
    const answer = await send('/api/v1/delegates', { series: [seriesId], patches: [], delegate: 'mia' });
    const kept = ((await answer.json()) as { items: WireCorrection[] }).items;
    assert.deepEqual(
      kept.map(({ kind, subject, by }) => [kind, subject, by]),
      newest.map((id) => ['patch-delegate', id, 'local']),
    );
    assert.deepEqual((await summary()).delegates, ['mia']);
    assert.deepEqual([await queue('mia'), await queue('eve'), await queue('nobody')], [[seriesId], [], []]);
    assert.match(await (await server.ask('/queue?delegate=mia&as=text')).text(), /looked after by mia/);
    for (const { id } of kept) assert.equal((await send(`/api/v1/corrections/${id}`, null)).status, 200);
    assert.deepEqual([(await summary()).delegates, await queue('mia')], [[], []]);
  });

  it('are given by who may change them, to who may be given them, and all or none', async () => {
    const give = async (series: string[], delegate: string, headers?: Record<string, string>) =>
      (await send('/api/v1/delegates', { series, patches: [idOf('report')], delegate }, headers)).status;
    assert.equal(await give([seriesId], 'mia', eve), 403);
    assert.equal(await give([seriesId], 'eve', mia), 400);
    assert.equal(await give([seriesId], 'who', mia), 404);
    assert.equal(await give([seriesId, 'none@test.example'], 'mia', mia), 404);
    assert.deepEqual((await summary()).delegates, []);
    assert.equal(await give([], 'mia', mia), 200);
    assert.deepEqual((await summary()).delegates, [], 'an older patch is not one of the newest sending');
  });

  it('are counted by their newest checks', async () => {
    const check = { description: '', url: '', by: 'ci', at: nowMs, message: newest[0] ?? '' };
    await server.store.tracker.putChecks([
      { ...check, context: 'build', state: 'fail' },
      { ...check, context: 'build', state: 'success' },
      { ...check, context: 'style', state: 'warning' },
      { ...check, context: 'boot', state: 'pending', message: newest[1] ?? '' },
      { ...check, context: 'boot', state: 'fail', message: idOf('report') },
    ]);
    assert.deepEqual((await summary()).checks, { success: 1, warning: 1, fail: 0, pending: 1 });
    assert.match(await (await server.ask(`/series/${seriesId}?as=text`)).text(), /S1 W1 F0 P1/);
  });

  it('are put into a bundle, which grows under its name, is ordered, shared and taken apart', async () => {
    const add = async (series: string[], patches: string[]) =>
      (await (await send('/api/v1/bundles', { name: 'next', series, patches })).json()) as BundleDetail;
    const made = await add([seriesId], []);
    assert.deepEqual(
      made.items.map(({ messageId, name }) => [messageId, name]),
      [
        [newest[0], '[v2,1/2] pump: count strokes'],
        [newest[1], '[v2,2/2] pump: print strokes'],
      ],
    );
    const grown = await add([seriesId], [idOf('report')]);
    assert.deepEqual([grown.number, grown.patches, grown.owner], [made.number, 3, 'local']);
    const mbox = await (await server.ask(made.mbox)).text();
    assert.equal(mbox.match(/^From patchwork /gm)?.length, 3);
    assert.equal(
      (await server.ask('/bundle/local/next/')).headers.get('location'),
      `/bundles/${made.number}`,
    );

    const path = `/api/v1/bundles/${made.number}`;
    assert.equal((await server.ask(path, { headers: mia })).status, 404, 'it is private');
    const change = { name: 'soon', isPublic: true, patches: [newest[1], newest[0]] };
    const changed = (await (await send(path, change)).json()) as BundleDetail;
    assert.deepEqual(
      [changed.name, changed.isPublic, changed.items.map(({ messageId }) => messageId)],
      ['soon', true, [newest[1], newest[0]]],
    );
    const seen = await server.json<{ items: WireBundle[] }>('/api/v1/bundles', { headers: mia });
    assert.deepEqual(
      seen.items.map(({ name, isOwn }) => [name, isOwn]),
      [['soon', false]],
    );
    assert.equal((await send(path, { name: 'mine' }, mia)).status, 403);
    assert.match(
      await (await server.ask(`/bundles/${made.number}?as=text`)).text(),
      /soon\n {2}2 patches of pump, by local/,
    );
    assert.equal((await send(path, null)).status, 200);
    assert.equal((await server.ask(path)).status, 404);
  });

  it('of a bundle are some, and are held', async () => {
    const add = async (patches: string[]) =>
      (await send('/api/v1/bundles', { name: 'next', series: [], patches })).status;
    assert.deepEqual([await add([]), await add(['none@test.example'])], [400, 404]);
  });
});
