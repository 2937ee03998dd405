/** Feeds of our own pages: a queue, a series and a search as Atom. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { seriesId } from './corpus.ts';
import { type ServerUnderTest, startServer } from './server-under-test.ts';

describe('a page as a feed', () => {
  let server: ServerUnderTest;
  before(async () => {
    server = await startServer({ publicUrl: 'https://patches.example.org' });
  });
  after(() => server.close());

  const read = async (path: string) => {
    const answer = await server.ask(path);
    const text = await answer.text();
    const all = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, found]) => found);
    const titles = all(/<entry>.*?<title>(.*?)<\/title>/gs);
    return { type: answer.headers.get('content-type'), titles, links: all(/href="([^"]+)"/g), text };
  };

  it('tells of a queue who has the next move', async () => {
    const { type, titles, links } = await read('/queue?as=atom');
    assert.equal(type, 'application/atom+xml; charset=utf-8');
    assert.deepEqual(titles, [
      'pump: count strokes: waits for the author',
      'valve: close slowly: waits for the reviewer',
    ]);
    assert.ok(links.includes(`https://patches.example.org/series/${seriesId}`));
    assert.ok(links.includes('https://patches.example.org/queue?as=atom'));
  });

  it('tells of a series what happened, the newest first', async () => {
    const { titles } = await read(`/series/${seriesId}?as=atom`);
    assert.ok(titles.some((title) => title?.startsWith('v2 was sent: ')));
    assert.ok(
      titles.findIndex((title) => title?.startsWith('v2 ')) <
        titles.findIndex((title) => title?.startsWith('v1 ')),
    );
  });

  it('tells of a search its newest hits', async () => {
    const { titles, links } = await read('/search?q=s:valve+OR+s:which&as=atom');
    assert.deepEqual(titles, ['Re: Which pump?', 'Which pump?']);
    assert.ok(links.every((link) => link?.startsWith('https://patches.example.org/')));
  });

  it('is not there for a page that has none', async () => {
    assert.match((await read('/people?as=atom')).type ?? '', /^text\/html/);
  });
});
