/**
 * An mbox for `git am`: what the mail said, with the trailers that replies gave, in a form that git takes.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { mboxOf } from '../../server/cli/mbox-text.ts';
import type { MessageDetail } from '../../server/wire.ts';

function mail(more: Partial<MessageDetail> & { readonly body: string[] }): MessageDetail {
  return {
    messageId: 'p1@example.org',
    subject: '[PATCH 1/2] pump: stop when dry',
    from: { name: 'Zoë Example', address: 'zoe@example.org' },
    sortMs: 0,
    lists: [],
    thread: 'p1@example.org',
    parent: null,
    parentIsGuess: false,
    isPosting: true,
    sizeBytes: 0,
    to: [],
    cc: [],
    dateText: '',
    quotes: [],
    diff: { start: 5, end: 10 },
    attachments: [],
    troubles: [],
    appearances: [],
    copies: 1,
    series: null,
    revision: null,
    trailersGiven: [],
    points: [],
    headers: [{ name: 'Date', value: 'Mon, 1 Jul 2024 10:00:00 +0200' }],
    ...more,
  };
}

const diff = [
  '--- a/pump.c',
  '+++ b/pump.c',
  '@@ -1 +1 @@',
  '-int dry = 0;',
  '+int dry = 1;',
  '-- ',
  '2.39.2',
];
const said = ['It ran dry.', '', 'Signed-off-by: Zoë Example <zoe@example.org>', '---', ' pump.c | 2 +-', ''];
const reviewed = { name: 'Reviewed-by', value: 'Bo <bo@example.org>' };

test('trailers are put below those of the patch, once, in the order in which they were given', () => {
  const trailers = [
    reviewed,
    { name: 'Signed-off-by', value: 'Zoë  Example <zoe@example.org>' },
    { name: 'reviewed-by', value: 'Bo <bo@example.org>' },
    { name: 'Tested-by', value: 'Cy <cy@example.org>\r\nX-Evil: 1' },
  ];
  assert.deepEqual(mboxOf([{ message: mail({ body: [...said, ...diff] }), trailers }]).split('\n'), [
    'From mboxrd@z Thu Jan  1 00:00:00 1970',
    'From: Zoë Example <zoe@example.org>',
    'Subject: [PATCH 1/2] pump: stop when dry',
    'Date: Mon, 1 Jul 2024 10:00:00 +0200',
    'Message-ID: <p1@example.org>',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=UTF-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    'It ran dry.',
    '',
    'Signed-off-by: Zoë Example <zoe@example.org>',
    'Reviewed-by: Bo <bo@example.org>',
    'Tested-by: Cy <cy@example.org> X-Evil: 1',
    '---',
    ' pump.c | 2 +-',
    '',
    ...diff,
    '',
    '',
  ]);
});

test('git am takes it: author, words, trailers and change, also from an attachment', () => {
  const folder = mkdtempSync(join(tmpdir(), 'patchtrail-am-'));
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.org', ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' },
    });
  try {
    git('init', '-q');
    writeFileSync(join(folder, 'pump.c'), 'int dry = 0;\n');
    git('add', '.');
    git('commit', '-q', '-m', 'begin');
    const attached = mail({
      messageId: 'p2@example.org',
      subject: '[PATCH 2/2] pump: and start again',
      body: ['From me to you at 10:00, attached.'],
      diff: null,
      attachments: [
        {
          filename: 'a.patch',
          contentType: 'text/x-patch',
          sizeBytes: 1,
          text: '---\n--- a/pump.c\n+++ b/pump.c\n@@ -1 +1,2 @@\n int dry = 1;\n+int wet = 1;\n',
        },
      ],
    });
    const patches = [
      { message: mail({ body: [...said, ...diff] }), trailers: [reviewed] },
      { message: attached, trailers: [reviewed] },
    ];
    writeFileSync(join(folder, 'series.mbox'), mboxOf(patches));
    git('am', '-q', 'series.mbox');
    assert.deepEqual(git('log', '-2', '--reverse', '--format=%an <%ae>%n%B').trimEnd().split('\n'), [
      'Zoë Example <zoe@example.org>',
      'pump: stop when dry',
      '',
      'It ran dry.',
      '',
      'Signed-off-by: Zoë Example <zoe@example.org>',
      'Reviewed-by: Bo <bo@example.org>',
      '',
      'Zoë Example <zoe@example.org>',
      'pump: and start again',
      '',
      '>From me to you at 10:00, attached.',
      '',
      'Reviewed-by: Bo <bo@example.org>',
    ]);
    assert.equal(git('show', 'HEAD:pump.c'), 'int dry = 1;\nint wet = 1;\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
