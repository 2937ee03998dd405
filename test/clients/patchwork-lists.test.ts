/** Patchwork's API, read: every field of every kind, versions, filters, pages, refusals. */
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { type Site, startSite } from './site.ts';

interface Thing {
  readonly id: number;
  readonly [field: string]: unknown;
}

describe('Patchwork\u2019s API', () => {
  let site: Site;
  before(async () => {
    site = await startSite();
  });
  after(() => site.close());

  const ask = (path: string, token = '') =>
    fetch(`${site.url}${path}`, { headers: token === '' ? {} : { authorization: `Token ${token}` } });
  const list = async (path: string, token = '') => (await (await ask(path, token)).json()) as Thing[];
  const one = async (path: string, token = '') => (await (await ask(path, token)).json()) as Thing;
  const ids = async (path: string) => (await list(path)).map(({ id }) => id);

  it('shows a patch with all its fields', async () => {
    const number = await site.number('count');
    const cover = await site.number('cover');
    const [base, api] = [site.url, `${site.url}/api/1.3`];
    const shown = await one(`/api/1.3/patches/${number}/`);
    const { headers, diff, content, prefixes, hash, ...rest } = shown;
    assert.match(String(hash), /^[0-9a-f]{40}$/);
    assert.deepEqual(rest, {
      id: number,
      url: `${api}/patches/${number}/`,
      web_url: `${base}/project/pump/patch/count@test.example/`,
      project: {
        id: 1,
        url: `${api}/projects/1/`,
        name: 'pump',
        link_name: 'pump',
        list_id: 'pump',
        list_email: '',
        web_url: '',
        scm_url: '',
        webscm_url: '',
        list_archive_url: '',
        list_archive_url_format: '',
        commit_url_format: '',
      },
      msgid: '<count@test.example>',
      list_archive_url: null,
      date: '2020-01-01T01:00:00',
      name: '[1/2] pump: count strokes',
      commit_ref: null,
      pull_url: null,
      state: 'under-review',
      archived: false,
      submitter: { id: 1, url: `${api}/people/1/`, name: 'Ada Example', email: 'ada@example.org' },
      delegate: null,
      mbox: `${base}/project/pump/patch/count@test.example/mbox/`,
      series: [
        {
          id: cover,
          url: `${api}/series/${cover}/`,
          web_url: `${base}/project/pump/list/?series=${cover}`,
          date: '2020-01-01T01:00:00',
          name: 'pump: count and report',
          version: 1,
          mbox: `${base}/series/${cover}/mbox/`,
        },
      ],
      comments: `${api}/patches/${number}/comments/`,
      check: 'pending',
      checks: `${api}/patches/${number}/checks/`,
      tags: {},
      related: [],
    });
    assert.deepEqual(prefixes, ['1/2']);
    assert.equal((headers as Record<string, unknown>)['Message-ID'], '<count@test.example>');
    assert.match(String(content), /^Count them, gr\u00fcndlich\.\n[\s\S]*---\n count\.c \| 1 \+/);
    assert.match(String(diff), /^diff --git a\/count\.c b\/count\.c\n[\s\S]*\+Hello\n$/);
  });

  it('shows a series, a cover and a comment with all their fields', async () => {
    const cover = await site.number('cover');
    const series = await one(`/api/1.3/series/${cover}/`);
    assert.deepEqual(Object.keys(series), [
      ...['id', 'url', 'web_url', 'project', 'name', 'date', 'submitter', 'version', 'total'],
      ...['received_total', 'received_all', 'mbox', 'cover_letter', 'patches'],
    ]);
    assert.deepEqual([series.total, series.received_total, series.received_all], [2, 2, true]);
    assert.deepEqual(
      (series.patches as Thing[]).map((patch) => patch.name),
      ['[1/2] pump: count strokes', '[2/2] pump: report strokes'],
    );
    assert.deepEqual(
      await one(`/api/1.3/series/${await site.number('report')}/`),
      series,
      'the number of any of its mails finds it',
    );
    const shown = await one(`/api/1.3/covers/${cover}/`);
    assert.deepEqual(Object.keys(shown), [
      ...[
        'id',
        'url',
        'web_url',
        'project',
        'msgid',
        'list_archive_url',
        'date',
        'name',
        'submitter',
        'mbox',
      ],
      ...['series', 'comments', 'headers', 'content'],
    ]);
    const comments = await list(`/api/1.3/patches/${await site.number('count')}/comments/`);
    assert.deepEqual(
      comments.map(({ headers, url, web_url, submitter, ...rest }) => rest),
      [
        {
          id: await site.number('review'),
          msgid: '<review@test.example>',
          list_archive_url: null,
          date: '2020-01-01T05:00:00',
          subject: 'Re: [PATCH 1/2] pump: count strokes',
          content: '> Count them\n\nGood.\n\nReviewed-by: B\u00f6 Example <bo@example.org>\n',
          addressed: null,
        },
      ],
    );
    assert.deepEqual(await one(String(comments[0]?.url).slice(site.url.length)), comments[0]);
  });

  it('leaves out what is newer than the version asked for', async () => {
    const number = await site.number('count');
    const fields = async (version: string) => Object.keys(await one(`/api/${version}/patches/${number}`));
    const [first, second, third] = [await fields('1.0'), await fields('1.1'), await fields('1.2')];
    assert.deepEqual(
      second.filter((name) => !first.includes(name)),
      ['web_url', 'comments'],
    );
    assert.deepEqual(
      third.filter((name) => !second.includes(name)),
      ['list_archive_url', 'related'],
    );
    assert.equal((await ask(`/api/1.0/patches/${number}/comments/`)).status, 404);
    assert.equal((await ask('/api/1.9/patches/')).status, 404);
    assert.ok(!('url' in ((await list(`/api/1.2/patches/${number}/comments/`))[0] ?? { url: 1 })));
    assert.deepEqual(Object.keys(await one('/api')), [
      ...['projects', 'users', 'people', 'patches', 'covers', 'series', 'events', 'bundles'],
    ]);
  });

  it('narrows lists, and finds nothing for what names nothing', async () => {
    const [count, report, valve] = [
      await site.number('count'),
      await site.number('report'),
      await site.number('with/slash'),
    ];
    const hash = String((await one(`/api/patches/${count}`)).hash).toUpperCase();
    const rows: readonly (readonly [string, number[]])[] = [
      ['', [count, report, valve]],
      ['project=PUMP', [count, report, valve]],
      ['project=1', [count, report, valve]],
      ['project=none', []],
      ['state=new', [valve]],
      ['state=new&state=under-review', [count, report, valve]],
      ['state=2', [count, report]],
      ['state=Under-Review', [count, report]],
      ['state=bogus', []],
      ['archived=False', [count, report, valve]],
      ['archived=true', []],
      ['archived=yes', [count, report, valve]],
      ['submitter=CY@example.org', [valve]],
      ['submitter=1', [count, report]],
      ['submitter=Cy', []],
      ['delegate=mia', []],
      ['delegate=mia@example.org', []],
      [`series=${report}`, [count, report]],
      ['series=x', []],
      ['msgid=count@test.example', [count]],
      ['msgid=%3Ccount@test.example%3E', [count]],
      [`hash=${hash}`, [count]],
      ['since=2020-01-01T05:00:00', [valve]],
      ['since=2020-01-01T05:00:00Z', [valve]],
      ['before=2020-01-01T05:00:00', [count, report]],
      ['since=soon', []],
      ['q=pump+STROKES', [count, report]],
      ['order=-date', [valve, report, count]],
      ['order=name', [count, report, valve]],
      ['order=bogus', [count, report, valve]],
      ['nonsense=1', [count, report, valve]],
    ];
    for (const [query, expected] of rows)
      assert.deepEqual(await ids(`/api/1.3/patches/?${query}`), expected, query);
    assert.deepEqual(await ids(`/api/1.0/patches/?state=new&state=under-review`), [count, report]);
    assert.deepEqual(await ids(`/api/1.1/patches/?msgid=none`), [count, report, valve]);
    assert.deepEqual(await ids('/api/series?order=-id&project=pump&q=valve'), [valve]);
    assert.deepEqual(await ids('/api/covers?msgid=cover@test.example'), [await site.number('cover')]);
  });

  it('writes Link as pwclient reads it: its case, `next` first, and an end', async () => {
    const raw = async (path: string) => {
      const { hostname, port } = new URL(site.url);
      const socket = connect(Number(port), hostname);
      socket.end(`GET ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: close\r\n\r\n`);
      let text = '';
      for await (const part of socket) text += part;
      return text;
    };
    const found: number[] = [];
    let page: string | undefined = '1';
    for (let asked = 0; page !== undefined; asked++) {
      assert.ok(asked < 5, 'the pages end');
      const text: string = await raw(`/api/1.3/patches/?project=pump,x&project=pump&per_page=1&page=${page}`);
      found.push(Number(/"id":(\d+)/.exec(text)?.[1]));
      // As pwclient does it: the name with its case, parts at commas, the one that ends so.
      const header: string =
        text
          .split('\r\n')
          .find((line) => line.startsWith('Link: '))
          ?.slice(6) ?? '';
      const next = header.split(',').find((part) => part.endsWith('; rel="next"'));
      page = next === undefined ? undefined : /[?&]page=(\d+)/.exec(next)?.[1];
      if (next !== undefined) assert.ok(next.startsWith('<http://'), next);
      assert.match(header, /rel="first", <[^>]+>; rel="last"$/);
      assert.equal(header.split('%2C').length > 1, true);
    }
    assert.deepEqual(found, [
      await site.number('count'),
      await site.number('report'),
      await site.number('with/slash'),
    ]);
    assert.equal((await ask('/api/patches/?page=4&per_page=1')).status, 404);
    assert.deepEqual(await one('/api/patches/?page=x'), { detail: 'Invalid page.' });
    assert.equal((await ask('/api/patches/?state=bogus&page=1')).status, 200);
    assert.equal((await list('/api/patches/?per_page=0')).length, 3);
  });

  it('refuses in Patchwork\u2019s words', async () => {
    const number = await site.number('count');
    const noCredentials = { detail: 'Authentication credentials were not provided.' };
    const rows: readonly (readonly [string, string, Record<string, string>, number, unknown])[] = [
      ['GET', '/api/people/', {}, 403, noCredentials],
      ['GET', '/api/users/', {}, 403, noCredentials],
      ['PATCH', `/api/patches/${number}/`, {}, 403, noCredentials],
      ['POST', '/api/bundles/', {}, 403, noCredentials],
      ['GET', '/api/patches/', { authorization: 'Token wrong' }, 403, { detail: 'Invalid token.' }],
      [
        'GET',
        '/api/patches/',
        { authorization: `Basic ${btoa('ada:x')}` },
        403,
        { detail: 'Invalid username/password.' },
      ],
      [
        'POST',
        `/api/patches/${number}/checks/`,
        {},
        403,
        { detail: 'You do not have permission to perform this action.' },
      ],
      ['GET', '/api/patches/999999/', {}, 404, { detail: 'Not found.' }],
      ['GET', '/api/patches/none/', {}, 404, { detail: 'Not found.' }],
      ['DELETE', `/api/patches/${number}/`, {}, 405, { detail: 'Method "DELETE" not allowed.' }],
      ['POST', '/api/1.1/bundles/', {}, 405, { detail: 'Method "POST" not allowed.' }],
    ];
    for (const [method, path, headers, status, body] of rows) {
      const answer = await fetch(`${site.url}${path}`, { method, headers });
      assert.deepEqual([answer.status, await answer.json()], [status, body], `${method} ${path}`);
    }
    const answer = await fetch(`${site.url}/api/patches/${number}/`, { method: 'DELETE' });
    assert.equal(answer.headers.get('allow'), 'GET, PATCH, PUT, HEAD, OPTIONS');
  });

  it('shows people, users and oneself to who has signed in', async () => {
    const people = await list('/api/1.3/people/?q=ada', site.tokens.eve);
    assert.deepEqual(
      people.map(({ email, user }) => [email, (user as Thing | null)?.username]),
      [['ada@example.org', 'ada']],
    );
    const users = await list('/api/1.3/users/?q=mia&project=pump', site.tokens.eve);
    assert.deepEqual(
      users.map(({ url, id, ...rest }) => rest),
      [{ username: 'mia', first_name: 'mia', last_name: 'Example', email: 'mia@example.org' }],
    );
    const mia = users[0]?.id;
    assert.ok(!('settings' in (await one(`/api/1.3/users/${mia}/`, site.tokens.eve))));
    assert.ok('settings' in (await one(`/api/1.3/users/${mia}/`, site.tokens.mia)));
    const project = await one('/api/1.3/projects/pump/');
    assert.deepEqual(
      (project.maintainers as Thing[]).map(({ username }) => username),
      ['mia'],
    );
    assert.equal(project.url, `${site.url}/api/1.3/projects/1/`);
  });

  it('tells what happened since a time', async () => {
    const categories = async (query: string) =>
      (await list(`/api/1.3/events/?${query}`)).map(({ category }) => category);
    assert.deepEqual((await categories('since=2020-01-03')).sort(), [
      'cover-created',
      'patch-comment-created',
      ...['patch-completed', 'patch-completed', 'patch-completed'],
      ...['patch-created', 'patch-created', 'patch-created'],
      ...['series-completed', 'series-completed', 'series-created', 'series-created'],
    ]);
    assert.deepEqual(await categories('before=2020-01-03'), []);
    assert.deepEqual(await categories(`patch=${await site.number('count')}&category=patch-comment-created`), [
      'patch-comment-created',
    ]);
    assert.ok(!(await list('/api/1.2/events/')).some(({ category }) => String(category).includes('comment')));
    const [event] = await list(`/api/1.3/events/?category=patch-comment-created`);
    const { payload, project, ...rest } = event ?? { id: 0 };
    assert.deepEqual(rest, {
      id: rest.id,
      category: 'patch-comment-created',
      date: '2020-01-03T00:00:00',
      actor: null,
    });
    assert.deepEqual(Object.keys(payload as object), ['patch', 'comment']);
    const all = await list('/api/events/?per_page=250');
    assert.equal(new Set(all.map(({ id }) => id)).size, all.length);
  });

  it('leads to mails and to our pages', async () => {
    const number = await site.number('count');
    const goes = async (path: string) => {
      const answer = await fetch(`${site.url}${path}`, { redirect: 'manual' });
      return [answer.status, answer.headers.get('location')];
    };
    assert.deepEqual(await goes(`/patch/${number}/mbox/`), [
      302,
      `${site.url}/project/pump/patch/count@test.example/mbox/`,
    ]);
    assert.deepEqual(await goes('/project/pump/patch/count@test.example/'), [
      302,
      '/patches/count@test.example',
    ]);
    assert.deepEqual(await goes(`/project/pump/list/?series=${number}`), [302, '/series/cover@test.example']);
    assert.deepEqual(await goes(`/comment/${await site.number('review')}/`), [
      302,
      '/thread/review@test.example',
    ]);
    const disposition = async (path: string) => {
      const { headers } = await ask(path);
      return [headers.get('content-type'), headers.get('content-disposition')];
    };
    assert.deepEqual(await disposition('/project/pump/patch/with%2Fslash@test.example/mbox/'), [
      'text/plain; charset=utf-8',
      'attachment; filename=v2-valve-close-slowly.patch',
    ]);
    assert.deepEqual(await disposition('/project/pump/patch/count@test.example/raw/'), [
      'text/x-patch',
      'attachment; filename=1-2-pump-count-strokes.diff',
    ]);
    assert.deepEqual(await disposition(`/series/${number}/mbox/`), [
      'text/plain',
      'attachment; filename=pump-count-and-report.patch',
    ]);
    const both = await (await ask('/project/pump/patch/report@test.example/mbox/?series=*')).text();
    assert.deepEqual(both.match(/^X-Patchwork-Id: \d+/gm), [
      `X-Patchwork-Id: ${number}`,
      `X-Patchwork-Id: ${await site.number('report')}`,
    ]);
    assert.equal((await ask('/project/pump/patch/report@test.example/mbox/?series=999')).status, 404);
  });
});
