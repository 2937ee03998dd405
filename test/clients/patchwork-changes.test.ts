/** Patchwork's API, written: who may change what, checks, bundles, states both ways. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { derive } from '../../ingest/stage/derive.ts';
import { heldMs, type Site, startSite } from './site.ts';

type Thing = Readonly<Record<string, unknown>>;
type Name = keyof Site['tokens'];

describe('a change by Patchwork\u2019s API', () => {
  let site: Site;
  let count = 0;
  before(async () => {
    site = await startSite();
    count = await site.number('count');
  });
  after(() => site.close());

  const send = async (
    who: Name,
    method: string,
    path: string,
    body: string | URLSearchParams | object | null = null,
  ): Promise<readonly [number, Thing]> => {
    const isForm = body instanceof URLSearchParams;
    const answer = await fetch(`${site.url}${path}`, {
      method,
      headers: {
        authorization: `Token ${site.tokens[who]}`,
        ...(isForm ? {} : { 'content-type': 'application/json' }),
      },
      body: body === null ? null : isForm || typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await answer.text();
    return [answer.status, text === '' ? {} : (JSON.parse(text) as Thing)];
  };
  const form = (fields: Record<string, string>) => new URLSearchParams(fields);
  const read = async (path: string) => (await (await fetch(`${site.url}${path}`)).json()) as Thing;

  it('is taken as a form and as JSON, with and without the slash', async () => {
    const path = `/api/1.2/patches/${count}`;
    const [status, patch] = await send('mia', 'PATCH', path, form({ state: 'accepted', archived: 'True' }));
    assert.deepEqual([status, patch.state, patch.archived], [200, 'accepted', true]);
    const back = await send('mia', 'PATCH', `${path}/`, {
      state: 'Under Review',
      archived: 'no',
      commit_ref: 'abc',
    });
    assert.deepEqual([back[1].state, back[1].archived, back[1].commit_ref], ['under-review', false, 'abc']);
    const same = await send('ada', 'PATCH', path, { id: 7, nonsense: 1, name: 'x' });
    assert.deepEqual([same[0], same[1].id, same[1].name], [200, count, '[1/2] pump: count strokes']);
  });

  it('is for maintainers, the sender and the delegate', async () => {
    const path = `/api/patches/${count}/`;
    const status = async (who: Name) => (await send(who, 'PATCH', path, { pull_url: null }))[0];
    assert.deepEqual(
      [await status('mia'), await status('ada'), await status('eve'), await status('ci')],
      [200, 200, 403, 403],
    );
    const number = async (who: Name) =>
      (
        (await (
          await fetch(`${site.url}/api/users/?q=${who}`, {
            headers: { authorization: `Token ${site.tokens.mia}` },
          })
        ).json()) as { id: number }[]
      )[0]?.id;
    const refused = await send('mia', 'PATCH', path, { delegate: await number('eve') });
    assert.deepEqual(refused, [400, { delegate: ["User 'eve' is not a maintainer for project 'pump'"] }]);
    const given = await send('ada', 'PATCH', path, form({ delegate: String(await number('mia')) }));
    assert.deepEqual((given[1].delegate as Thing).username, 'mia');
    const found = (await (await fetch(`${site.url}/api/patches/?delegate=mia`)).json()) as { id: number }[];
    assert.deepEqual(
      found.map(({ id }) => id),
      [count],
    );
    const mbox = await (await fetch(`${site.url}/project/pump/patch/count@test.example/mbox/`)).text();
    assert.match(mbox, /^X-Patchwork-Delegate: mia@example\.org$/m);
    assert.equal((await send('ada', 'PATCH', path, form({ delegate: '' })))[1].delegate, null);
  });

  it('is refused in words where a field is wrong', async () => {
    const path = `/api/patches/${count}/`;
    const rows: readonly (readonly [object | string, number, string])[] = [
      [{ state: 'bogus' }, 400, 'Invalid state bogus. Expected one of: new, under-review, accepted'],
      [{ state: 3 }, 400, 'Invalid state 3'],
      [{ archived: 'maybe' }, 400, 'Must be a valid boolean'],
      [{ delegate: 'mia' }, 400, 'Invalid pk'],
      ['{"state":', 400, 'JSON parse error - '],
      ['[]', 400, 'Expected a dictionary'],
    ];
    for (const [body, status, says] of rows) {
      const answer = await send('mia', 'PATCH', path, body);
      assert.equal(answer[0], status);
      assert.ok(JSON.stringify(answer[1]).includes(says), JSON.stringify(answer));
    }
    const plain = await fetch(`${site.url}${path}`, {
      method: 'PATCH',
      headers: { authorization: `Token ${site.tokens.mia}`, 'content-type': 'text/plain' },
      body: 'x',
    });
    assert.deepEqual(
      [plain.status, await plain.json()],
      [415, { detail: 'Unsupported media type "text/plain" in request.' }],
    );
  });

  it('leaves who did it and from what to what, as an event and in the log of corrections', async () => {
    const path = `/api/patches/${await site.number('with/slash')}/`;
    await send('mia', 'PATCH', path, { state: 'deferred' });
    const events = (await (
      await fetch(`${site.url}/api/1.3/events/?category=patch-state-changed&actor=mia`)
    ).json()) as Thing[];
    const newest = events[0] ?? {};
    const { patch, ...payload } = newest.payload as Thing;
    assert.deepEqual(payload, { previous_state: 'new', current_state: 'deferred' });
    assert.equal((newest.actor as Thing).username, 'mia');
    const [correction] = await site.store.getCorrections({
      kind: 'patch-state',
      subject: 'with/slash@test.example',
    });
    assert.equal(correction?.by, 'mia');
    const undo = await fetch(`${site.url}/api/v1/corrections/${correction?.id}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${site.tokens.mia}` },
    });
    assert.equal(undo.status, 200);
    assert.equal((await read(path)).state, 'new');
  });

  it('of a whole sending is said of our series, and a state of our series shows here', async () => {
    const [report, signal] = [await site.number('report'), new AbortController().signal];
    await send('mia', 'PATCH', `/api/patches/${count}/`, { state: 'rejected' });
    await send('mia', 'PATCH', `/api/patches/${report}/`, { state: 'rejected' });
    await derive(site.store, { nowMs: () => heldMs, signal });
    assert.equal(
      (await site.store.getSeries(['cover@test.example'])).get('cover@test.example')?.state,
      'rejected',
    );
    const valve = 'with/slash@test.example';
    const said = {
      atMs: heldMs,
      by: 'mia',
      kind: 'state',
      subject: valve,
      value: 'changes-requested',
      reason: '',
    };
    await site.store.addCorrection(said);
    await site.store.markWaiting('series', [valve]);
    await derive(site.store, { nowMs: () => heldMs, signal });
    assert.equal((await read(`/api/patches/${await site.number('with/slash')}/`)).state, 'changes-requested');
    await site.store.resetDerived();
    await derive(site.store, { nowMs: () => heldMs, signal });
    assert.equal(
      (await read(`/api/patches/${count}/`)).state,
      'rejected',
      'a rebuild keeps what people said',
    );
  });

  it('adds checks, of which the newest of each context counts', async () => {
    const path = `/api/1.2/patches/${count}/checks/`;
    const [status, check] = await send('ci', 'POST', path, {
      state: 'success',
      target_url: 'https://ci.example.org/1',
      description: '',
      context: 'build',
    });
    const { url, date, user, ...rest } = check;
    assert.deepEqual(
      [status, rest],
      [
        201,
        {
          id: check.id,
          state: 'success',
          target_url: 'https://ci.example.org/1',
          context: 'build',
          description: null,
        },
      ],
    );
    assert.equal((user as Thing).username, 'ci');
    assert.match(String(date), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{6})?$/);
    assert.deepEqual(await read(`/api/1.2/patches/${count}/checks/${check.id}`), check);
    const state = async () => (await read(`/api/patches/${count}/`)).check;
    assert.equal(await state(), 'success');
    await send('ci', 'POST', path.slice(0, -1), form({ state: 'warning', context: 'style', target_url: '' }));
    assert.equal(await state(), 'warning');
    await send('mia', 'POST', path, { state: 'fail' });
    assert.equal(await state(), 'fail');
    await send('mia', 'POST', path, { state: 'success' });
    await send('ci', 'POST', path, { state: 'success', context: 'style' });
    assert.equal(await state(), 'success');
    const found = async (query: string) => ((await read(`${path}?${query}`)) as unknown as Thing[]).length;
    assert.deepEqual(
      [
        await found('user=ci'),
        await found('state=fail'),
        await found('state=3'),
        await found('context=style'),
      ],
      [3, 1, 1, 2],
    );
    assert.deepEqual(await send('ci', 'POST', path, {}), [400, { state: ['A check must have a state.'] }]);
    assert.equal((await send('ci', 'POST', path, { state: 'fail', context: 'two words' }))[0], 400);
    assert.equal((await send('eve', 'POST', path, { state: 'fail' }))[0], 403);
    const events = (await (await fetch(`${site.url}/api/events/?category=check-created`)).json()) as Thing[];
    assert.equal(events.length, 5);
  });

  it('keeps bundles, private ones for their owner', async () => {
    const report = await site.number('report');
    const wanted = new URLSearchParams([
      ['name', 'mine'],
      ['patches', String(report)],
      ['patches', String(count)],
      ['public', 'False'],
    ]);
    const [status, bundle] = await send('eve', 'POST', '/api/1.3/bundles/', wanted);
    assert.equal(status, 201);
    assert.deepEqual(
      (bundle.patches as { id: number }[]).map(({ id }) => id),
      [report, count],
    );
    assert.deepEqual([(bundle.owner as Thing).username, bundle.public, bundle.name], ['eve', false, 'mine']);
    const path = `/api/1.3/bundles/${bundle.id}/`;
    assert.equal((await fetch(`${site.url}${path}`)).status, 404);
    assert.equal((await send('mia', 'GET', path))[0], 404);
    assert.equal((await send('eve', 'GET', path))[0], 200);
    assert.equal((await send('eve', 'PATCH', path, { public: true, patches: [count] }))[1].public, true);
    assert.equal((await send('mia', 'PATCH', path, { name: 'x' }))[0], 403);
    const mbox = await (await fetch(String(bundle.mbox))).text();
    assert.equal(mbox.match(/^From patchwork /gm)?.length, 1);
    assert.equal((await send('eve', 'POST', '/api/bundles/', wanted))[0], 400);
    assert.deepEqual(await send('eve', 'PATCH', path, { patches: [] }), [
      400,
      { patches: ['Bundles cannot be empty'] },
    ]);
    assert.equal((await send('eve', 'DELETE', path))[0], 204);
    assert.equal((await send('eve', 'GET', path))[0], 404);
  });

  it('says whether a comment was dealt with', async () => {
    const path = `/api/1.3/patches/${count}/comments/${await site.number('review')}/`;
    assert.equal((await send('eve', 'PATCH', path, { addressed: true }))[0], 403);
    assert.equal((await send('ada', 'PATCH', path, { addressed: true }))[1].addressed, true);
    assert.equal((await read(path)).addressed, true);
    assert.equal((await send('ada', 'PATCH', path, form({ addressed: 'False' })))[1].addressed, false);
  });
});
