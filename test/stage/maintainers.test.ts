/** Who looks after a series, once a source tree is configured: its roles, its queue, and whom it waits for. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { followMaintainers } from '../../ingest/follow-maintainers.ts';
import { derive } from '../../ingest/stage/derive.ts';
import type { Store } from '../../ingest/store/store.ts';
import { withMails } from '../support/derived-store.ts';
import { idOf, type MailShort, patchBody } from '../support/mail-text.ts';

const folder = mkdtempSync(join(tmpdir(), 'patchtrail-tree-'));
after(() => rmSync(folder, { recursive: true }));

const git = (...words: string[]) =>
  execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.org', '-C', folder, ...words]);

function commitFile(maintainer: string): void {
  writeFileSync(
    join(folder, 'MAINTAINERS'),
    `PUMPS\nM:\t${maintainer}\nR:\tBo Reviewer <bo@example.net>\nF:\tpump.c\n`,
  );
  git('add', '.');
  git('commit', '-q', '-m', 'say who');
}

const mails: readonly MailShort[] = [
  { id: 'one', subject: '[PATCH] pump: count strokes', body: patchBody({ now: ['	count(pump);'] }) },
  {
    id: 'other',
    subject: '[PATCH] valve: open it',
    hour: 1,
    body: patchBody({ file: 'valve.c', now: ['	open(valve);'] }),
  },
];

const follow = async (store: Store) => {
  const changed = await followMaintainers(store, [{ path: folder, tree: 'pumps' }]);
  await derive(store, { nowMs: () => 0 });
  return changed;
};

const queueOf = async (store: Store, person: string, role: 'author' | 'reviewer' | 'maintainer') =>
  (await store.listSeries({ person, role }, 'oldest', { limit: 9 })).items.map(({ id }) => id);

test('a tree that is configured says whom a series waits for, and a new file says it anew', () => {
  git('init', '-q');
  commitFile('Mai Tainer <mai@example.com>');
  return withMails(mails, async (store) => {
    assert.deepEqual(await follow(store), [{ tree: 'pumps', unread: [] }]);
    assert.deepEqual(await follow(store), []);
    const row = (await store.getSeries([idOf('one')])).get(idOf('one'));
    assert.deepEqual(
      [row?.turn, row?.waitingPerson, row?.waitingWhy],
      ['reviewer', 'mai@example.com', 'Nobody has answered it; Mai Tainer looks after PUMPS.'],
    );
    assert.equal((await store.getSeries([idOf('other')])).get(idOf('other'))?.waitingPerson, '');
    assert.deepEqual(await queueOf(store, 'mai@example.com', 'maintainer'), [idOf('one')]);
    assert.deepEqual(await queueOf(store, 'bo@example.net', 'reviewer'), [idOf('one')]);
    assert.deepEqual(await queueOf(store, 'ada@example.org', 'author'), [idOf('one'), idOf('other')]);
    assert.deepEqual(await queueOf(store, 'ada@example.org', 'maintainer'), []);
    const roles = await store.getFacts({ kinds: ['role'], owners: [idOf('one')] });
    assert.deepEqual(
      roles.map(({ value }) => value),
      [
        {
          role: 'maintainer',
          person: { name: 'Mai Tainer', address: 'mai@example.com' },
          subsystem: 'PUMPS',
          tree: 'pumps',
        },
        {
          role: 'reviewer',
          person: { name: 'Bo Reviewer', address: 'bo@example.net' },
          subsystem: 'PUMPS',
          tree: 'pumps',
        },
      ],
    );
    commitFile('Ada Example <ada@example.org>');
    assert.deepEqual(await follow(store), [{ tree: 'pumps', unread: [] }]);
    assert.deepEqual(await queueOf(store, 'mai@example.com', 'maintainer'), []);
    // The author does not wait for herself: the reviewer that the file names is asked.
    assert.equal((await store.getSeries([idOf('one')])).get(idOf('one'))?.waitingPerson, 'bo@example.net');
  });
});
