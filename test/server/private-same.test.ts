/**
 * Private lists: who may not read one gets from every route what a server gives that never held it, byte for byte.
 *
 * Two servers take the same public mails; one of them also those of a private list, which touch public ones in each way
 * in which facts are drawn: answers, trailers, notices, versions, threads, people. Whatever differs is a leak.
 *
 *   [PATCH] valve: hold it            ada  private  secret-first   its next version is public
 *   [PATCH v2] valve: hold it         ada  public   valve2
 *   [PATCH 1/2] pump: count           ada  public   count
 *     [PATCH 2/2] pump: report        ada  public   report
 *     Re: [PATCH 1/2] pump: count     bo   public   question
 *     Re: [PATCH 1/2] pump: count     mal  private  secret-nack
 *     Re: [PATCH 2/2] pump: report    cy   private  secret-review
 *     Re: [PATCH 1/2] pump: count     cy   private  secret-applied
 *       Re: [PATCH 1/2] pump: count   dee  public   late           answers a private mail
 *   [PATCH] tank: fill it             bo   public   tank           its next version is private
 *   [PATCH v2] tank: fill it          bo   private  secret-tank2
 *   [PATCH 1/1] xyzzysecret: open it  mal  private  secret-own
 *   A word to both                    dee  both     on-both
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { derive } from '../../ingest/stage/derive.ts';
import { prepareMail } from '../../ingest/stage/prepare-mail.ts';
import { openStore } from '../../ingest/store/open.ts';
import type { Store } from '../../ingest/store/store.ts';
import { makeSecret, putAccount } from '../../server/rights/accounts.ts';
import { source } from '../store/letters.ts';
import { engines, type RunningEngine } from '../support/engines.ts';
import { idOf, type MailShort, mailText, patchBody } from '../support/mail-text.ts';
import { nowMs } from './corpus.ts';
import { everyRequest } from './every-request.ts';
import { type ServerUnderTest, sessionToken, startServer } from './server-under-test.ts';

const marker = 'xyzzysecret';
const [open, vault] = ['pump', 'vault'];
const bo = 'Bo Example <bo@example.org>';
const cy = 'Cy Example <cy@example.org>';
const dee = 'Dee Example <dee@example.org>';
const mal = `Mallory ${marker} <${marker}@example.org>`;

const both: MailShort = { id: 'on-both', subject: 'A word to both', from: dee, hour: 60 };
const count = '[PATCH 1/2] pump: count strokes';

const publicMails: readonly MailShort[] = [
  {
    id: 'count',
    subject: count,
    hour: 10,
    body: patchBody({ message: 'Count them.', now: ['strokes = 1;'] }),
  },
  {
    id: 'report',
    subject: '[PATCH 2/2] pump: report strokes',
    hour: 10,
    inReplyTo: 'count',
    body: patchBody({ message: 'Report them.', file: 'report.c', now: ['say(strokes);'] }),
  },
  {
    id: 'question',
    subject: `Re: ${count}`,
    from: bo,
    hour: 12,
    inReplyTo: 'count',
    body: 'On day one, Ada Example wrote:\n> +strokes = 1;\n\nWhy not zero?\n',
  },
  {
    id: 'valve2',
    subject: '[PATCH v2] valve: hold it',
    hour: 20,
    body: patchBody({ message: 'Hold the valve.', file: 'valve.c', now: ['hold(valve, FIRMLY);'] }),
  },
  {
    id: 'tank',
    subject: '[PATCH] tank: fill it',
    from: bo,
    hour: 22,
    body: patchBody({ message: 'Fill the tank.', file: 'tank.c', now: ['fill(tank);'] }),
  },
  both,
];

const privateMails: readonly MailShort[] = [
  {
    id: 'secret-first',
    subject: '[PATCH] valve: hold it',
    hour: 5,
    body: patchBody({ message: 'Hold the valve.', file: 'valve.c', now: ['hold(valve);'] }),
  },
  {
    id: 'secret-nack',
    subject: `Re: ${count}`,
    from: mal,
    hour: 14,
    inReplyTo: 'count',
    body: `On day one, Ada Example wrote:\n> +strokes = 1;\n\nThis is wrong, please use ${marker}.\n\nNacked-by: ${mal}\n`,
  },
  {
    id: 'secret-review',
    subject: 'Re: [PATCH 2/2] pump: report strokes',
    from: cy,
    hour: 15,
    inReplyTo: 'report',
    body: `Reviewed-by: ${cy}\nTested-by: ${mal}\n`,
  },
  {
    id: 'secret-applied',
    subject: `Re: ${count}`,
    from: cy,
    hour: 30,
    inReplyTo: 'count',
    body: 'Applied as 0123456789ab, thanks.\n',
  },
  {
    id: 'secret-tank2',
    subject: '[PATCH v2] tank: fill it',
    from: `Bo ${marker} <bo@example.org>`,
    hour: 50,
    body: patchBody({ message: 'Fill the tank.', file: 'tank.c', now: ['fill(tank, SLOWLY);'] }),
  },
  {
    id: 'secret-own',
    subject: `[PATCH 1/1] ${marker}: open it`,
    from: mal,
    hour: 52,
    body: patchBody({ message: `${marker} is shut.`, file: `${marker}.c`, now: [`${marker}();`] }),
  },
  both,
];

const publicIds = publicMails.map(({ id }) => idOf(id));
const hiddenIds = privateMails.map(({ id }) => idOf(id)).filter((id) => !publicIds.includes(id));

const values = {
  ids: [...publicIds, ...hiddenIds],
  numbers: Array.from({ length: 16 }, (_, at) => String(at + 1)),
  lists: [open, vault],
  addresses: ['ada', 'bo', 'cy', 'dee', marker].map((name) => `${name}@example.org`),
  words: ['valve', 'mallory', marker, 'reviewed-by', 'tested-by', 'nacked-by'],
};

async function put(store: Store, list: string, mails: readonly MailShort[]): Promise<void> {
  const batch = await Promise.all(
    mails.map((mail, at) => prepareMail({ raw: mailText(mail), list, place: String(at), arrivedMs: nowMs })),
  );
  await store.putMails(batch, source({ location: `${list}.mbox`, list, lastPulledMs: nowMs }), nowMs);
  await derive(store, { nowMs: () => nowMs });
}

function start(engine: RunningEngine, fill: (store: Store) => Promise<void>): Promise<ServerUnderTest> {
  const access = {
    sessionToken,
    isLoopback: false,
    hostNames: null,
    tokens: [],
    person: 'local',
    privateLists: [vault],
  };
  return startServer({ access }, async (path) => {
    const location = await engine.locate(path);
    // As a server opens it: searches run in processes of their own.
    const store = await openStore(location, { searchBudgetMs: 60_000 });
    await fill(store);
    await putAccount(store.tracker, 'ada', (value) => ({ ...value, roles: { [open]: 'maintainer' } }));
    return store;
  });
}

async function textOf(server: ServerUnderTest, path: string): Promise<string> {
  const answer = await server.ask(path);
  const bytes = Buffer.from(await answer.arrayBuffer());
  const isPacked = answer.headers.get('content-type')?.includes('gzip') && bytes.length > 0;
  const headers = [...answer.headers].filter(([name]) => name !== 'etag').map((pair) => pair.join(': '));
  return [answer.status, ...headers, isPacked ? gunzipSync(bytes) : bytes].join('\n');
}

for (const engine of engines) {
  describe(`who may not read a private list, kept by ${engine.name}`, engine.options, () => {
    let running: RunningEngine;
    let whole: ServerUnderTest;
    let without: ServerUnderTest;
    let token: string;
    before(async () => {
      running = await engine.start();
      whole = await start(running, async (store) => {
        await put(store, open, publicMails);
        await put(store, vault, privateMails);
      });
      const { number } = await putAccount(whole.store.tracker, 'mal', (value) => ({
        ...value,
        roles: { [vault]: 'maintainer' },
      }));
      token = await makeSecret(whole.store.tracker, 'token', {
        ...{ label: '', account: number, address: '', scopes: [], lists: null },
        ...{ createdMs: 0, expiresMs: null, revokedMs: null },
      });
      without = await start(running, (store) => put(store, open, publicMails));
    });
    after(async () => {
      await whole.close();
      await without.close();
      running.stop();
    });

    it('has series, versions and answers to lose by it', async () => {
      const own = { headers: { authorization: `Bearer ${token}` } };
      const { summary } = await whole.json<{ summary: { id: string } }>(
        `/api/v1/series/${idOf('valve2')}`,
        own,
      );
      assert.equal(summary.id, idOf('secret-first'));
      const states = await Promise.all(
        [own, {}].map(async (init) => {
          const { items } = await whole.json<{ items: { title: string; state: string }[] }>(
            '/api/v1/series',
            init,
          );
          return items.find(({ title }) => title === 'pump: count strokes')?.state;
        }),
      );
      assert.deepEqual(states, ['changes-requested', 'under-review']);
    });

    it('gets from every route what a server without that list gives', async () => {
      const leaks: string[] = [];
      const paths = await everyRequest(without, values);
      for (const path of paths.filter((_, at) => at % engine.each === 0)) {
        const [seen, wanted] = await Promise.all([textOf(whole, path), textOf(without, path)]);
        if (seen !== wanted) leaks.push(`${path}\n  ${firstDifference(seen, wanted)}`);
      }
      assert.deepEqual(leaks, []);
    });
  });
}

function firstDifference(seen: string, wanted: string): string {
  let at = 0;
  while (at < seen.length && seen[at] === wanted[at]) at++;
  const part = (text: string) => JSON.stringify(text.slice(Math.max(0, at - 60), at + 90));
  return `${part(seen)}\n  ${part(wanted)}`;
}
