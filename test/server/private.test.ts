/** Private lists: what somebody may not read does not exist for them, by no route, in no count, no feed and no search. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { derive } from '../../ingest/stage/derive.ts';
import { prepareMail } from '../../ingest/stage/prepare-mail.ts';
import { makeSecret, putAccount } from '../../server/rights/accounts.ts';
import type { Role, Scope } from '../../server/rights/asker.ts';
import { source } from '../store/letters.ts';
import { engines, type RunningEngine } from '../support/engines.ts';
import { idOf, mailText, patchBody } from '../support/mail-text.ts';
import { list, nowMs, openCorpus } from './corpus.ts';
import { type ServerUnderTest, sessionToken, startServer } from './server-under-test.ts';

const marker = 'xyzzysecret';
const vault = 'vault';

/** A private patch with an answer, a private answer to a public patch, and one mail on both lists. */
const mails: readonly (readonly [raw: Uint8Array, list: string])[] = [
  [
    mailText({
      id: `${marker}-patch`,
      subject: `[PATCH 1/1] ${marker}: shut the valve`,
      from: `Mallory ${marker} <${marker}@example.org>`,
      hour: 80,
      body: patchBody({ message: `${marker} is open.`, file: `${marker}.c`, now: [`${marker}();`] }),
    }),
    vault,
  ],
  [
    mailText({
      id: `${marker}-answer`,
      subject: `Re: [PATCH 1/1] ${marker}: shut the valve`,
      from: 'Bo Example <bo@example.org>',
      hour: 81,
      inReplyTo: `${marker}-patch`,
      body: `Reviewed-by: Bo Example <bo@example.org>\n`,
    }),
    vault,
  ],
  [
    mailText({
      id: `${marker}-remark`,
      subject: 'Re: [PATCH v2 1/2] pump: count strokes',
      from: `Mallory ${marker} <${marker}@example.org>`,
      hour: 82,
      inReplyTo: 'count2',
      body: `Nacked-by: Mallory ${marker} <${marker}@example.org>\n`,
    }),
    vault,
  ],
  // The last one answers a private mail without naming it: only its subject leads there.
  [
    mailText({
      id: `${marker}-talk`,
      subject: 'Which way to go',
      from: 'Bo Example <bo@example.org>',
      hour: 85,
    }),
    vault,
  ],
  [
    mailText({ id: 'way', subject: 'Re: Which way to go', from: 'Cy Example <cy@example.org>', hour: 86 }),
    list,
  ],
  [mailText({ id: 'on-both', subject: 'A word to both', hour: 83 }), list],
  [mailText({ id: 'on-both', subject: 'A word to both', hour: 83 }), vault],
];

for (const engine of engines) {
  describe(`a private list, kept by ${engine.name}`, engine.options, () => {
    let running: RunningEngine;
    let server: ServerUnderTest;
    before(async () => {
      running = await engine.start();
      server = await startServer(
        {
          access: {
            sessionToken,
            isLoopback: false,
            hostNames: null,
            tokens: [],
            person: 'local',
            privateLists: [vault],
          },
        },
        async (path) => openCorpus(await running.locate(path)),
      );
      const batch = await Promise.all(
        mails.map(([raw, name], at) => prepareMail({ raw, list: name, place: String(at), arrivedMs: nowMs })),
      );
      for (const mail of batch) {
        const name = mail.mail.list ?? '';
        const location = name === vault ? `${vault}-${marker}.mbox` : 'pump.mbox';
        await server.store.putMails([mail], source({ location, list: name, lastPulledMs: nowMs }), nowMs);
      }
      await server.store.putTrouble([
        {
          messageId: idOf(`${marker}-patch`),
          source: `${vault}-${marker}.mbox`,
          place: '1',
          code: 'x',
          detail: marker,
        },
      ]);
      await derive(server.store, { nowMs: () => nowMs, signal: new AbortController().signal });
    });
    after(async () => {
      await server.close();
      running.stop();
    });

    const tokenOf = async (
      name: string,
      roles: Record<string, Role>,
      scopes: Scope[] = [],
      lists?: string[],
    ) => {
      const { number } = await putAccount(server.store.tracker, name, (value) => ({ ...value, roles }));
      return makeSecret(server.store.tracker, 'token', {
        label: '',
        account: number,
        address: '',
        scopes,
        lists: lists ?? null,
        createdMs: 0,
        expiresMs: null,
        revokedMs: null,
      });
    };

    /** Every GET route of the app, filled with ids of all kinds, hidden ones among them. */
    const paths = async (): Promise<string[]> => {
      const { tracker } = server.store;
      const ids = ['patch', 'answer', 'remark'].map((id) => idOf(`${marker}-${id}`));
      const numbers = [...(await tracker.getNumbers(ids)).values()].map(String);
      const listNumber = String((await tracker.getListNumbers()).get(vault));
      const values = [
        ...ids,
        ...numbers,
        listNumber,
        vault,
        idOf('count2'),
        idOf('way'),
        `${marker}@example.org`,
        list,
        '1',
      ];
      // Versions of Patchwork's API and paths with a slash at their end are the same handlers: the newest form stands for all.
      const all = new Set(server.app.routes.map(({ path }) => path));
      const isSame = (path: string) =>
        /^\/api\/1\.[0-2](?:\/|$)|^\/api\/(?!v1\/|1\.)/.test(path) ||
        (path.endsWith('/') && all.has(path.slice(0, -1)));
      const routes = server.app.routes.filter(
        ({ method, path }) => method === 'GET' && !path.includes('*') && !isSame(path),
      );
      const filled = [...new Set(routes.map(({ path }) => path))].flatMap((path) =>
        path.includes(':')
          ? values.flatMap((value) => [
              path.replace(/:\w+(?:\{[^}]*\})?\??/g, encodeURIComponent(value)),
              path
                .replace(/:\w+(?:\{[^}]*\})?\??/, encodeURIComponent(vault))
                .replace(/:\w+(?:\{[^}]*\})?\??/g, encodeURIComponent(value)),
            ])
          : [path],
      );
      const queries = [
        `/api/v1/search?q=valve`,
        `/api/v1/search?q=l:${vault}`,
        `/api/v1/series?list=${vault}`,
        `/api/v1/messages?list=${vault}`,
        `/api/v1/messages?person=${marker}@example.org`,
        `/api/v1/facts?subject=${encodeURIComponent(idOf('count2'))}`,
        `/api/v1/people?q=mallory`,
        `/?as=text`,
        `/search?q=valve&as=text`,
        `/lists?as=text`,
        '/?o=0',
        ...['', 'new.atom', 'new.html', 'all.mbox.gz', '?q=valve', '?q=mallory&x=A'].flatMap((page) => [
          `/${vault}/${page}`,
          `/all/${page}`,
        ]),
        ...[...ids, idOf('count2'), idOf('on-both'), idOf('way')].flatMap((id) =>
          ['', 'raw', 'T/', 't.mbox.gz', 't.atom'].flatMap((form) => [
            `/${id}/${form}`,
            `/${vault}/${id}/${form}`,
            `/all/${id}/${form}`,
            `/${list}/${id}/${form}`,
          ]),
        ),
      ];
      return [...filled, ...queries];
    };

    const leaks = async (headers: Record<string, string>): Promise<string[]> => {
      const found: string[] = [];
      for (const path of await paths()) {
        if (path.endsWith('/events') && path.startsWith('/api/v1/')) continue;
        const answer = await server.ask(path, { headers });
        const bytes = Buffer.from(await answer.arrayBuffer());
        const text = answer.headers.get('content-type')?.includes('gzip')
          ? (await import('node:zlib')).gunzipSync(bytes).toString()
          : bytes.toString();
        // What was asked for may be said again in a sentence; anything else may not.
        const said = text.replaceAll(decodeURIComponent(path.split('?')[0]?.split('/').at(-1) ?? ''), '');
        if (answer.ok && (said.toLowerCase().includes(marker) || new RegExp(`"${vault}"`).test(said)))
          found.push(path);
      }
      return found;
    };

    it('is in no answer of any route for nobody, for others, and for a token that is not for it', async () => {
      const readers: Record<string, string>[] = [
        {},
        { authorization: `Bearer ${await tokenOf('dee', { [list]: 'maintainer' }, ['write'])}` },
        { authorization: `Bearer ${await tokenOf('cy', { [vault]: 'maintainer' }, ['write'], [list])}` },
      ];
      for (const headers of readers) assert.deepEqual(await leaks(headers), []);
    });

    it('is there for who has a role on it', async () => {
      const headers = { authorization: `Bearer ${await tokenOf('bo', { [vault]: 'reviewer' })}` };
      const found = await leaks(headers);
      for (const path of [
        `/api/v1/lists`,
        `/api/v1/search?q=valve`,
        `/api/v1/messages?list=${vault}`,
        `/raw/${encodeURIComponent(idOf(`${marker}-patch`))}`,
        `/${vault}/${idOf(`${marker}-patch`)}/t.mbox.gz`,
        '/all/all.mbox.gz',
      ]) {
        assert.ok(found.includes(path), path);
      }
    });

    it('is not there for the tools of language models, either', async () => {
      const search = async (headers: Record<string, string>) => {
        const answer = await server.ask('/mcp', {
          method: 'POST',
          headers: {
            ...headers,
            'content-type': 'application/json',
            accept: 'application/json, text/event-stream',
          },
          body: JSON.stringify({
            jsonrpc: '2.0',
            id: 1,
            method: 'tools/call',
            params: { name: 'search_mail', arguments: { query: 'valve' } },
          }),
        });
        return answer.text();
      };
      const own = await search({ authorization: `Bearer ${await tokenOf('bo', { [vault]: 'reviewer' })}` });
      assert.ok(own.includes(marker), own);
      assert.ok(!(await search({})).includes(marker));
    });

    it('does not change counts, states and open points of what is public', async () => {
      const series = async (headers: Record<string, string>) =>
        server.json<{ summary: { state: string; openPoints: number } }>(`/api/v1/series/${idOf('count')}`, {
          headers,
        });
      const own = { authorization: `Bearer ${await tokenOf('bo', { [vault]: 'reviewer' })}` };
      const public_ = await server.json<{ count: number }>('/api/v1/search?q=s:word');
      assert.equal(public_.count, 1, 'a mail on both lists is read by all');
      const lists = await server.json<{ items: { name: string }[] }>('/api/v1/lists');
      assert.deepEqual(
        lists.items.map(({ name }) => name),
        [list],
      );
      const nobody = await series({});
      const reader = await series(own);
      assert.equal(nobody.summary.openPoints <= reader.summary.openPoints, true);
      const entry = await server.json<{ lists: string[] }>(`/api/v1/messages/${idOf('on-both')}`);
      assert.deepEqual(entry.lists, [list]);
    });

    it('sends no event of its mail to who may not read it', async () => {
      const { parts } = server;
      const events = await server.store.getEvents(0, 200);
      assert.ok(events.some(({ subject }) => subject.includes(marker)));
      const answer = await server.ask('/api/v1/events?after=0');
      const reader = answer.body?.getReader();
      let text = '';
      while (!text.includes('still here'))
        text += Buffer.from((await reader?.read())?.value ?? []).toString();
      await reader?.cancel();
      assert.ok(text.includes(idOf('on-both')), text);
      assert.ok(!text.includes(marker));
      assert.equal(parts.feed.heartbeatMs, 40);
    });
  });
}
