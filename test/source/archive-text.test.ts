import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseMessage } from '../../ingest/mail/mime.ts';
import { makeArchiveMail, readArchiveText } from '../../ingest/source/archive-text.ts';

const page = `
Re: [PATCH 2/3] clock: keep time (v9)

From: Ada Byron
Date: Mon Jul 06 2020 - 17:08:36 EST


> one xxx@xxxxxxxxxxx
>
two

--
Ada`;

test('a page is taken apart; its clock is New York in summer, whatever its label says', () => {
  assert.deepEqual(readArchiveText(page), {
    subject: 'Re: [PATCH 2/3] clock: keep time (v9)',
    fromName: 'Ada Byron',
    shownDateMs: Date.parse('2020-07-06T17:08:36-04:00'),
    body: '> one xxx@xxxxxxxxxxx\n>\ntwo\n\n--\nAda',
  });
  const winter = readArchiveText(page.replace('Jul 06', 'Jan 06'));
  assert.equal(winter?.shownDateMs, Date.parse('2020-01-06T17:08:36-05:00'));
});

test('other separators, other orders of the headers and links below the body are known', () => {
  const other = [
    'Title here',
    '==========',
    'Date: Mon, 6 Jul 2020 17:08:36 +0200',
    'From: Ada Byron (ada@xxxxxxxxxxx)',
    '----------',
    '',
    'words',
    '',
    '_____',
    '',
    'Next message: Bob: "Re: Title here"',
    'Messages sorted by: [ date ] [ thread ] [ subject ] [ author ]',
    '',
  ].join('\r\n');
  assert.deepEqual(readArchiveText(other), {
    subject: 'Title here',
    fromName: 'Ada Byron',
    shownDateMs: Date.parse('2020-07-06T17:08:36+02:00'),
    body: 'words\n\n_____',
  });
});

test('text without title, author or date is no page', () => {
  assert.equal(readArchiveText(''), null);
  assert.equal(readArchiveText('Title\n\nFrom: Ada\n\nbody'), null);
  assert.equal(readArchiveText('Title\n\nDate: Mon Jul 06 2020\n\nbody'), null);
  assert.equal(readArchiveText('# Notes\n\nJust words.\n'), null);
  assert.equal(makeArchiveMail('# Notes\n'), null);
});

test('a page becomes a mail without an id of its own', async () => {
  const raw = makeArchiveMail(page.replace('Ada Byron', 'Zoë "Z" Miller'));
  assert.ok(raw);
  const message = await parseMessage(raw);
  assert.deepEqual(
    [
      message.subject,
      message.from,
      message.dateMs,
      message.hasMadeUpId,
      message.troubles.map((one) => one.code),
    ],
    [
      'Re: [PATCH 2/3] clock: keep time (v9)',
      { name: 'Zoë Z Miller', address: '' },
      Date.parse('2020-07-06T17:08:36-04:00'),
      true,
      ['message-id-missing'],
    ],
  );
  assert.equal(message.body, '> one xxx@xxxxxxxxxxx\n>\ntwo\n\n--\nAda\n');
  assert.deepEqual(message.headers[0], { name: 'X-Patchtrail-Source', value: 'web-archive' });
});
