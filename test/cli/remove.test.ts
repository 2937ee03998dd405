/**
 * Removing a list by the command line, with the real parts.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { realParts } from '../../server/cli/real-parts.ts';
import { makeFolder, smallMail } from '../support/folders.ts';
import { runCommand } from '../support/terminal.ts';

const mbox = (...ids: string[]) =>
  ids.map((id) => `From mboxrd@z Thu Jan  1 00:00:00 1970\n${smallMail(id)}\n`).join('');

test('a list is removed after its name was typed again, or when --yes is said', async (t) => {
  const folder = makeFolder(t, { 'pets.mbox': mbox('dog', 'both'), 'cats.mbox': mbox('cat', 'both') });
  const run = (words: string[], answer?: string) => {
    const questions: string[] = [];
    const ask = async (question: string) => {
      questions.push(question);
      return answer ?? '';
    };
    const surroundings = answer === undefined ? {} : { ask };
    const command = runCommand([...words, '--store', join(folder, 'store.db')], realParts, surroundings);
    return command.then((outcome) => ({ ...outcome, questions }));
  };
  const held = async () => JSON.parse((await run(['search', 'f:ada', '--json'])).out).items.length;
  await run(['ingest', join(folder, 'pets.mbox'), join(folder, 'cats.mbox')]);
  assert.equal(await held(), 3);

  const unknown = await run(['remove', 'birds', '--yes']);
  assert.deepEqual(
    [unknown.status, unknown.err],
    [1, 'patchtrail: There is no such list: birds. Held are cats, pets.\n'],
  );
  const alone = await run(['remove', 'pets']);
  assert.equal(alone.status, 2);
  assert.match(alone.err, /Say --yes to remove it/);
  const other = await run(['remove', 'pets'], 'yes');
  assert.deepEqual([other.status, other.err], [1, 'nothing was removed\n']);
  assert.deepEqual(other.questions, ['pets has 2 mails and 0 series. Type its name to remove it: ']);
  assert.equal(await held(), 3);

  const said = await run(['remove', 'pets'], 'pets');
  assert.deepEqual([said.status, said.err], [0, 'pets is removed: 2 mails are on it no more\n']);
  assert.equal(await held(), 2);
  assert.equal((await run(['doctor'])).status, 0);
  assert.deepEqual(JSON.parse((await run(['remove', 'cats', '--yes', '--json'])).out), {
    list: 'cats',
    mails: 2,
  });
  assert.equal(await held(), 0);
});
