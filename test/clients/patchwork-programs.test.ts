/**
 * Requests of programs that no Debian package has, as their sources send them: pwclient (getpatchwork/pwclient), a bot
 * like snowpatch (ruscur/snowpatch), b4's part for Patchwork (mricon/b4).
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Site, startSite } from './site.ts';

type Thing = Readonly<Record<string, unknown>>;

describe('what other programs ask of Patchwork', () => {
  let site: Site;
  let count = 0;
  before(async () => {
    site = await startSite();
    count = await site.number('count');
  });
  after(() => site.close());

  const json = async (path: string, init: RequestInit = {}): Promise<unknown> => {
    const answer = await fetch(`${site.url}${path}`, init);
    assert.ok(answer.ok, `${path} ${answer.status} ${answer.ok ? '' : await answer.text()}`);
    return answer.json();
  };
  const token = (name: keyof Site['tokens']) => ({ authorization: `Token ${site.tokens[name]}` });

  it('pwclient finds its project, lists and reads patches, and every key is there', async () => {
    const projects = (await json('/api/1.3/projects/')) as Thing[];
    assert.deepEqual(
      projects.map(({ id, link_name, name }) => [id, link_name, name]),
      [[1, 'pump', 'pump']],
    );
    const patches = (await json(
      '/api/1.3/patches/?project=pump&archived=False&state=under-review&hash=&msgid=&submitter=&delegate=&series=',
    )) as Thing[];
    assert.equal(patches.length, 2);
    for (const patch of patches) {
      const wanted = [
        'id',
        'date',
        'msgid',
        'name',
        'project',
        'state',
        'archived',
        'submitter',
        'delegate',
        'commit_ref',
        'hash',
      ];
      assert.deepEqual(
        wanted.filter((key) => !(key in patch)),
        [],
      );
      assert.deepEqual(Object.keys(patch.submitter as Thing), ['id', 'url', 'name', 'email']);
    }
    const { mbox } = (await json(`/api/1.3/patches/${count}/`)) as { mbox: string };
    const mail = await fetch(mbox);
    // It takes six letters off the end: `.patch`, without a quote.
    const [, name = ''] = /filename=(.*)$/.exec(mail.headers.get('content-disposition') ?? '') ?? [];
    assert.equal(name.slice(0, -6), '1-2-pump-count-strokes');
  });

  it('pwclient changes a patch, adds a check with empty texts, and reads both', async () => {
    const headers = { ...token('mia'), 'content-type': 'application/json' };
    const changed = (await json(`/api/1.3/patches/${count}/`, {
      method: 'PATCH',
      headers,
      body: JSON.stringify({ archived: 'yes', state: 'changes-requested', commit_ref: 'abc' }),
    })) as Thing;
    assert.deepEqual(
      [changed.archived, changed.state, changed.commit_ref],
      [true, 'changes-requested', 'abc'],
    );
    const check = (await json(`/api/1.3/patches/${count}/checks/`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ state: 'success', context: 'build', target_url: '', description: '' }),
    })) as Thing;
    assert.deepEqual([check.target_url, check.description], [null, null]);
    assert.deepEqual(await json(`/api/1.3/patches/${count}/checks/`), [check]);
    assert.deepEqual(await json(`/api/1.3/patches/${count}/checks/${check.id}/`), check);
    const events = (await json(
      '/api/1.3/events/?project=pump&category=series-completed&since=2020-01-01T00:00:00',
    )) as {
      payload: { series: Thing };
    }[];
    assert.deepEqual(
      events.map(({ payload }) => Object.keys(payload.series)),
      [
        ['id', 'url', 'web_url', 'date', 'name', 'version', 'mbox'],
        ['id', 'url', 'web_url', 'date', 'name', 'version', 'mbox'],
      ],
    );
  });

  it('a bot polls for whole series, and checks the last patch of each once', async () => {
    const context = 'snow';
    const poll = async () => {
      let posted = 0;
      await json('/api/1.2');
      for (const series of (await json('/api/1.2/series?order=-id&per_page=10&project=pump')) as Thing[]) {
        const { received_all, patches } = (await json(`/api/1.2/series/${series.id}`)) as Thing;
        assert.equal(received_all, true);
        const last = (patches as Thing[]).at(-1);
        const patch = (await json(`/api/1.2/patches/${last?.id}`)) as Thing;
        // Its types are strict: an address is one or null, tags are there, states are in small letters.
        assert.equal(patch.pull_url, null);
        assert.deepEqual(patch.tags, {});
        assert.match(String(patch.check), /^(?:pending|success|warning|fail)$/);
        const checks = (await json(`/api/1.2/patches/${last?.id}/checks`)) as Thing[];
        if (checks.some((check) => check.context === context)) continue;
        await json(`/api/1.2/patches/${last?.id}/checks/`, {
          method: 'POST',
          headers: { ...token('ci'), accept: 'application/json', 'content-type': 'application/json' },
          body: JSON.stringify({
            state: 'success',
            target_url: 'https://ci.example.org/7',
            description: 'ok',
            context,
          }),
        });
        posted += 1;
      }
      return posted;
    };
    assert.deepEqual([await poll(), await poll()], [2, 0]);
  });

  it('b4 finds a patch by its Message-ID and sets its state by a form', async () => {
    const found = (await json(
      '/api/1.2/patches?project=pump&archived=false&msgid=report@test.example',
    )) as Thing[];
    const [patch] = found;
    assert.deepEqual([found.length, patch?.name], [1, '[2/2] pump: report strokes']);
    const changed = (await json(`/api/1.2/patches/${patch?.id}/`, {
      method: 'PATCH',
      headers: token('mia'),
      body: new URLSearchParams({ state: 'accepted' }),
    })) as Thing;
    assert.equal(changed.state, 'accepted');
  });
});
