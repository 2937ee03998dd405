/** The sources, held against what the corpora's own README says they hold. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openSources } from '../../ingest/source/open.ts';
import { corporaFolder, corporaOptions, corpusMails, corpusNames } from '../support/corpora.ts';

/** Mails by file, from rows such as "| `io-uring.mbox.gz` | 5626 | ...". */
function statedCounts(): Map<string, number> {
  const readme = readFileSync(join(corporaFolder(), 'README.md'), 'utf8');
  const rows = readme.matchAll(/^\| `([^`]+)` \| (\d+) \|/gm);
  return new Map([...rows].map(([, name = '', count]) => [name.replace('/*.eml', ''), Number(count)]));
}

test('every file of the corpora gives as many mails as its README says', corporaOptions, async () => {
  const counts = new Map<string, number>();
  for (const source of await openSources(corporaFolder())) {
    let mails = 0;
    for await (const event of source.read(null)) if (event.type === 'mail') mails++;
    if (mails > 0) counts.set(source.location.slice(corporaFolder().length + 1), mails);
  }
  assert.deepEqual([...counts].sort(), [...statedCounts()].sort());
});

test('every mail comes as its bytes are', corporaOptions, async () => {
  for (const name of corpusNames()) {
    const expected = corpusMails(name);
    const [source] = await openSources(join(corporaFolder(), name));
    assert.ok(source);
    let index = 0;
    for await (const event of source.read(null)) {
      if (event.type !== 'mail') continue;
      if (expected[index]?.compare(event.mail.raw) !== 0) assert.fail(`${name} mail ${index} differs`);
      index++;
    }
    assert.equal(index, expected.length, name);
  }
});
