/** Whoever changed something through one server sees it on every other one. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Hono } from 'hono';
import { changesCookie, seeOwnWrites } from '../../server/own-writes.ts';

/** An app whose store holds 7 changes; what was asked with says how many had to be seen. */
function makeApp() {
  const seen: number[] = [];
  const app = new Hono();
  app.use(
    seeOwnWrites({
      countChanges: async () => 7,
      seeing: (changes, work) => {
        seen.push(changes);
        return work();
      },
    }),
  );
  app.get('/page', (c) => c.text('page'));
  app.post('/change', (c) => c.redirect('/page', 303));
  app.post('/refused', (c) => c.text('no', 403));
  return { app, seen };
}

const cookieOf = (answer: Response) => answer.headers.get('set-cookie');

it('a change is answered with how many changes the store held then', async () => {
  const { app } = makeApp();
  const answer = await app.request('/change', { method: 'POST' });
  assert.match(cookieOf(answer) ?? '', new RegExp(`^${changesCookie}=7; Max-Age=60; Path=/; HttpOnly`));
});

it('what was refused or only read changes nothing', async () => {
  const { app } = makeApp();
  assert.equal(cookieOf(await app.request('/refused', { method: 'POST' })), null);
  assert.equal(cookieOf(await app.request('/page')), null);
});

it('what is asked with it must see as many; nonsense asks for nothing', async () => {
  const { app, seen } = makeApp();
  for (const value of ['7', '-7', '1e99', 'seven', ''])
    await app.request('/page', { headers: { cookie: `${changesCookie}=${value}` } });
  await app.request('/page');
  assert.deepEqual(seen, [7, 0, 0, 0, 0, 0]);
});
