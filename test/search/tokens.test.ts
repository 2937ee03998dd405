/** Tokens and the columns of the search index. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Message } from '../../ingest/model/message.ts';
import { searchText } from '../../ingest/search/search-text.ts';
import { indexPhrases, indexTokens, queryTokens, tokens } from '../../ingest/search/tokens.ts';

describe('tokens', () => {
  const rows: readonly (readonly [string, string])[] = [
    ['', ''],
    ['Fix use-after-free', 'fix use after free'],
    ['call io_uring_cmd() now', 'call io_uring_cmd io uring cmd now'],
    ['__user *ptr->_next', '__user user ptr _next next'],
    ['____ ---- ____', ''],
    ['ada.example@mail.example.org', 'ada example mail example org'],
    ['kernel/sched/core.c', 'kernel sched core c'],
    ['v5.8-rc6', 'v5 8 rc6'],
    ['Größe façade Ünïcode ﬁne', 'große facade unicode fine'],
    ['한국어 Ωmega №1', '한국어 ωmega no1'],
    ["don't", 'don t'],
    ['0xDEADbeef', '0xdeadbeef'],
    [`${'a'.repeat(64)} ${'b'.repeat(65)}`, 'a'.repeat(64)],
    ['a\u0000b\ud800c', 'a b c'],
  ];
  for (const [text, expected] of rows) {
    it(`of ${JSON.stringify(text.slice(0, 40))} are ${JSON.stringify(expected.slice(0, 40))}`, () => {
      assert.equal(tokens(text).join(' '), expected);
    });
  }

  it('to ask for are whole words', () => {
    assert.deepEqual(queryTokens('Fix io_uring_cmd, __user *p'), ['fix', 'io_uring_cmd', '__user', 'p']);
  });

  it('in the index are pieces that keep the underlines beside them', () => {
    const held: readonly (readonly [string, string])[] = [
      ['fix io_uring_cmd', 'fix io_ _uring_ _cmd'],
      ['__user _next_ x__y', '_user _next_ x_ _y'],
      ['plain', 'plain'],
      ['___', ''],
    ];
    for (const [text, expected] of held) assert.equal(indexTokens(text).join(' '), expected);
  });

  it('asked for in a row stand in a row in the index', () => {
    const asked: readonly (readonly [string, boolean, string])[] = [
      ['uring', false, 'uring | uring_ | _uring | _uring_'],
      ['uring', true, 'uring* | _uring*'],
      ['io_uring_cmd', false, 'io_ _uring_ _cmd'],
      ['io_uring_c', true, 'io_ _uring_ _c*'],
      ['use after', false, 'use after'],
      ['fix io_uring', true, 'fix io_ _uring*'],
      ['', false, ''],
    ];
    for (const [text, isPrefix, expected] of asked) {
      const rows = indexPhrases(queryTokens(text), isPrefix);
      assert.equal(rows.map((row) => row.join(' ') + (isPrefix ? '*' : '')).join(' | '), expected);
    }
  });

  it('of a text find it as a phrase, and every piece finds it too', () => {
    const text = fc.array(fc.stringMatching(/^[a-z_]{0,6}$/)).map((words) => words.join(' '));
    const isHeld = (held: readonly string[], asked: readonly string[]) =>
      indexPhrases(asked, false).some((row) => ` ${held.join(' ')} `.includes(` ${row.join(' ')} `));
    fc.assert(
      fc.property(text, text, text, (before, phrase, after) => {
        const held = indexTokens(`${before} ${phrase} ${after}`);
        const asked = queryTokens(phrase);
        assert.ok(asked.length === 0 || isHeld(held, asked));
        for (const token of tokens(phrase)) assert.ok(isHeld(held, [token]), token);
      }),
    );
  });

  it('hold nothing that separates, and cutting them again gives them again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const token of tokens(text)) {
          assert.match(token, /^[\p{L}\p{N}_]{1,64}$/u);
          assert.ok(tokens(token).includes(token));
        }
      }),
    );
  });
});

function message(body: string, more: Partial<Message> = {}): Message {
  return {
    messageId: 'x@example.org',
    hasMadeUpId: false,
    headers: [],
    subject: 'Re: [PATCH] cat_purr',
    from: { name: 'Ada Example', address: 'ada@example.org' },
    replyTo: [],
    to: [{ name: '', address: 'pets@example.org' }],
    cc: [{ name: 'Bo', address: 'bo@example.net' }],
    dateMs: 0,
    receivedMs: null,
    sortMs: 0,
    inReplyTo: [],
    references: [],
    listIds: [],
    body,
    isFlowed: false,
    attachments: [],
    troubles: [],
    ...more,
  };
}

describe('search text', () => {
  const plain = {
    subject: 're patch cat_ _purr',
    from: 'ada example ada example org',
    to: 'pets example org',
    cc: 'bo bo example net',
    own: '',
    quoted: '',
    file: '',
    added: '',
    removed: '',
    context: '',
    function: '',
  };

  it('sorts the lines of a letter and its diff', () => {
    const body = `Let it purr.
> and why
> > - not before
- because

---
 pets/cat.c | 2 +-

diff --git a/pets/cat.c b/pets/cat.c
index 1a2b3c4d..5e6f7a8b 100644
--- a/pets/cat.c
+++ b/pets/cat.c
@@ -1,4 +1,4 @@ static int cat_purr(void)
 loud

-soft
+enormous
\\ No newline at end of file
 end
-- 
2.40
`;
    assert.deepEqual(searchText(message(body)), {
      ...plain,
      own: 'let it purr because pets cat c 2 2 40',
      quoted: 'and why not before',
      file: 'pets cat c 1a2b3c4d 5e6f7a8b pets cat c pets cat c',
      added: 'enormous',
      removed: 'soft',
      context: 'loud no newline at end of file end',
      function: 'static int cat_ _purr void',
    });
  });

  it('of a diff cut short goes on with the letter', () => {
    const body = '@@ -1,9 +1,9 @@\n-old\n+new\nRegards\n+1 from me';
    assert.deepEqual(searchText(message(body)), {
      ...plain,
      own: 'regards 1 from me',
      added: 'new',
      removed: 'old',
    });
  });

  it('holds names and patches of attachments', () => {
    const attachments = [
      { filename: 'fix.patch', contentType: 'text/x-patch', sizeBytes: 9, text: '@@ -1 +1 @@\n-a1\n+b2' },
      { filename: 'cat photo.jpg', contentType: 'image/jpeg', sizeBytes: 9 },
    ];
    assert.deepEqual(searchText(message('see there', { attachments })), {
      ...plain,
      own: 'see there',
      file: 'fix patch cat photo jpg',
      added: 'b2',
      removed: 'a1',
    });
  });

  it('is made of any body whatever', () => {
    const line = fc.oneof(
      fc.constantFrom(
        '@@ -1,2 +1,2 @@ f',
        '+++ b/x',
        '--- a/x',
        'diff --git a/x b/x',
        '> q',
        '+a',
        '-b',
        ' c',
        'index 1234567..89abcde',
      ),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const text = searchText(message(lines.join('\n')));
        for (const column of Object.values(text)) assert.equal(column, column.trim());
      }),
    );
  });
});
