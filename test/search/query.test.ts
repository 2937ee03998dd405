/** The search language: what is typed, the tree, the tree in words. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { QueryError } from '../../ingest/model/errors.ts';
import type { Query } from '../../ingest/model/query.ts';
import { explainQuery } from '../../ingest/search/explain.ts';
import { searchPrefixes } from '../../ingest/search/prefixes.ts';
import { parseQuery } from '../../ingest/search/query.ts';

const now = Date.UTC(2020, 6, 15, 13, 30);

/** A tree in one short line: `(and subject:cat (not any:"big dog"))`. */
function draw(query: Query): string {
  switch (query.op) {
    case 'all':
      return 'all';
    case 'and':
    case 'or':
      return `(${query.op} ${query.items.map(draw).join(' ')})`;
    case 'not':
      return `(not ${draw(query.item)})`;
    case 'words':
      return `${query.field}:${query.tokens.join('_')}${query.isPrefix ? '*' : ''}`;
    case 'value':
      return `${query.field}=${query.value}`;
    case 'date':
      return `${query.clock ?? 'sent'}[${day(query.fromMs)}..${day(query.toMs)})`;
  }
}

function day(ms: number | null): string {
  return ms === null ? '' : new Date(ms).toISOString().slice(0, 10);
}

describe('a query', () => {
  const rows: readonly (readonly [string, string])[] = [
    ['', 'all'],
    ['cat', 'any:cat'],
    ['cat dog', '(and any:cat any:dog)'],
    ['cat XOR dog', '(or (and any:cat (not any:dog)) (and any:dog (not any:cat)))'],
    ['s:cat XOR s:-> OR cow', '(or subject:cat any:cow)'],
    ['"xor" "near"', '(and any:xor any:near)'],
    ['cat AND dog', '(and any:cat any:dog)'],
    ['cat OR dog bird', '(or any:cat (and any:dog any:bird))'],
    ['(cat OR dog) bird', '(and (or any:cat any:dog) any:bird)'],
    ['cat -dog', '(and any:cat (not any:dog))'],
    ['NOT cat', '(not any:cat)'],
    ['cat AND NOT (dog OR bird)', '(and any:cat (not (or any:dog any:bird)))'],
    ['-"big dog" -(a b)', '(and (not any:big_dog) (not (and any:a any:b)))'],
    ['"use after free"', 'any:use_after_free'],
    ['use-after-free', 'any:use_after_free'],
    ['\u201csmart quotes\u201d', 'any:smart_quotes'],
    ['"open quote', 'any:open_quote'],
    ['"a bc"*', 'any:a_bc*'],
    ['한*', 'any:한*'],
    ['uring*', 'any:uring*'],
    ['io_uring_cmd', 'any:io_uring_cmd'],
    ['io_uring_*', 'any:io_uring_*'],
    ['--cover-letter', 'any:cover_letter'],
    ['ctx->ring', 'any:ctx_ring'],
    ['-> * -', 'all'],
    ['and or not', '(and any:and any:or any:not)'],
    ['foo"bar baz"qux', '(and any:foo any:bar_baz any:qux)'],
    ['https://example.org/x', 'any:https_example_org_x'],
    ['constructor:x toString', '(and any:constructor_x any:tostring)'],
    ['s:cat', 'subject:cat'],
    ['s:"big cat" f:Ada@Example.org', '(and subject:big_cat from:ada_example_org)'],
    ['s:(cat OR "big dog")', '(or subject:cat subject:big_dog)'],
    ['s:(cat f:ada)', '(and subject:cat from:ada)'],
    ['-s:re', '(not subject:re)'],
    ['s:', 'all'],
    // patch-hub asks this of every list.
    ['((s:patch OR s:rfc) AND NOT s:re:)', '(and (or subject:patch subject:rfc) (not subject:re))'],
    ['NOT (s:)', 'all'],
    ['t:bo', 'to:bo'],
    ['c:bo tc:bo', '(and cc:bo (or to:bo cc:bo))'],
    ['a:bo', '(or from:bo to:bo cc:bo)'],
    ['b:x', '(or own:x quoted:x diff:x function:x)'],
    ['bs:x', '(or subject:x own:x quoted:x diff:x function:x)'],
    // b4 looks for older revisions so.
    ['nq:"change-id:x-1"', '(or own:change_id_x_1 diff:change_id_x_1 function:change_id_x_1)'],
    ['q:why n:a.patch', '(and quoted:why file:a_patch)'],
    ['dfn:kernel/rseq.c', 'file:kernel_rseq_c'],
    ['dfa:x dfb:y dfctx:z dfhh:f', '(and removed:x added:y context:z function:f)'],
    ['dfpre:1a2b3c4', 'file:1a2b3c4*'],
    ['fixes:ce3614daabea', 'own:fixes_ce3614daabea*'],
    ['l:linux-api', 'list=linux-api'],
    ['l:Linux-Api@vger.example.org', 'list=linux-api.vger.example.org'],
    ['l:a l:b cat', '(and (or list=a list=b) any:cat)'],
    ['l:a AND l:b', '(and list=a list=b)'],
    ['m:<Ab+c@x.org>', 'message-id=Ab+c@x.org'],
    ['mid:2020*', 'message-id=2020*'],
    [
      `patchid:${'AB'.repeat(20)} OR patchid:${'cd'.repeat(20)}`,
      `(or patch-id=${'ab'.repeat(20)} patch-id=${'cd'.repeat(20)})`,
    ],
    ['changeid:Purr-1', 'change-id=Purr-1'],
    ['state:Landed', 'state=landed'],
    ['version:v3 version:4', '(or version=3 version=4)'],
    ['is:patch is:open', '(and is=patch is=open)'],
    [
      'has:diff turn:author author:Ada reviewer:bo trailer:Tested-by',
      '(and has=diff turn=author author=ada reviewer=bo trailer=tested-by)',
    ],
    ['z:1000.. z:5', '(and size=1000.. size=5)'],
    ['thread:<x@y> series:x@y', '(and thread=x@y series=x@y)'],
    ['d:2020-07..2020-08-01', 'sent[2020-07-01..2020-08-02)'],
    ['d:20200706', 'sent[2020-07-06..2020-07-07)'],
    ['d:last.month..', 'sent[2020-06-15..)'],
    ['rt:1594038600..', 'arrived[2020-07-06..)'],
    ['dt:20200706120000.. -d:2019', '(and sent[2020-07-06..) (not sent[2019-01-01..2020-01-01)))'],
  ];
  for (const [text, expected] of rows) {
    it(`${JSON.stringify(text)} means ${expected.slice(0, 60)}`, () => {
      assert.equal(draw(parseQuery(text, now)), expected);
    });
  }
});

describe('a query that cannot be understood', () => {
  const rows: readonly (readonly [string, string, string])[] = [
    ['cat AND', 'AND', 'AND has nothing on its right'],
    ['OR cat', 'OR', 'OR has nothing on its left'],
    ['cat AND OR dog', 'AND', 'AND has nothing on its right'],
    ['cat NOT', 'NOT', 'NOT has nothing on its right'],
    ['XOR cat', 'XOR', 'XOR has nothing on its left'],
    ['a XOR b XOR c XOR d XOR e XOR f', 'XOR', 'The query has too many XOR'],
    ['cat NEAR dog', 'NEAR', 'How near words stand cannot be asked'],
    ['cat ADJ/3 dog', 'ADJ/3', 'How near words stand cannot be asked'],
    ['(cat dog', '(cat dog', 'This parenthesis is not closed'],
    ['cat) dog', ')', 'This parenthesis closes nothing'],
    ['cat d:', 'd:', '`d:` needs a date or a range'],
    ['d:someday x', 'd:someday', '`d:` needs a date or a range'],
    ['d:2021..2020', 'd:2021..2020', 'The range ends before it starts'],
    ['x state:gone', 'state:gone', '`state:` needs one of new, rfc, under-review'],
    ['version:three', 'version:three', '`version:` needs a number such as 3 or v3'],
    ['z:big', 'z:big', '`z:` needs a number of bytes'],
    ['patchid:12', 'patchid:12', '`patchid:` needs the 40 hex digits'],
    ['is:pa*', 'is:pa*', '`is:` needs one of patch, cover'],
    ['x a* y', 'a*', 'A word is too short for a *'],
    ['a '.repeat(51), 'a ', 'The query has more than 50 terms'],
    ['('.repeat(21), '(', 'The query is nested too deep'],
    ['a'.repeat(3000), 'a'.repeat(952), 'The query is longer than 2048 characters'],
  ];
  for (const [text, span, what] of rows) {
    it(`${JSON.stringify(text.slice(0, 20))} is refused at its place: ${what}`, () => {
      assert.throws(
        () => parseQuery(text, now),
        (error) => {
          assert.ok(error instanceof QueryError);
          assert.equal(text.slice(error.start, error.end), span);
          assert.ok(error.what.startsWith(what), error.what);
          assert.notEqual(error.remedy, '');
          return true;
        },
      );
    });
  }

  const piece = fc.oneof(
    fc.constantFrom('(', ')', '"', '*', ' ', '-', 'AND', 'OR', ' XOR ', 'NOT', ' NEAR ', '..', '\u201c'),
    fc.constantFrom(...searchPrefixes.map((prefix) => `${prefix.name}:`)),
    fc.constantFrom(...searchPrefixes.map((prefix) => ` ${prefix.example} `)),
    fc.string({ maxLength: 5 }),
  );

  it('fails in no other way, and what is understood can be said in words', () => {
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        try {
          assert.notEqual(explainQuery(parseQuery(pieces.join(''), now)), '');
        } catch (error) {
          if (!(error instanceof QueryError)) throw error;
          assert.ok(error.start >= 0 && error.start <= error.end);
        }
      }),
    );
  });
});

describe('a query in words', () => {
  const rows: readonly (readonly [string, string])[] = [
    ['', 'all messages'],
    ['cat "big dog" bird*', 'anywhere "cat", anywhere "big dog", anywhere "bird…"'],
    ['s:cat -f:bo', 'subject has "cat", not sender has "bo"'],
    ['a:bo x', 'sender or To or Cc have "bo", anywhere "x"'],
    ['-a:bo', 'not sender or To or Cc have "bo"'],
    ['s:x OR f:y', 'subject has "x" or sender has "y"'],
    ['(cat OR dog) l:pets', '(anywhere "cat" or anywhere "dog"), on the list pets'],
    ['cat OR (dog bird)', 'anywhere "cat" or (anywhere "dog", anywhere "bird")'],
    ['d:2020-07-06', 'sent on 2020-07-06'],
    ['d:2020-07..', 'sent from 2020-07-01 on'],
    ['d:..2020-07', 'sent before 2020-08-01'],
    ['rt:2.hours.ago..now', 'arrived from 2020-07-15 11:30 UTC to before 2020-07-15 13:30 UTC'],
    ['m:2020* is:open state:under-review', 'Message-ID starts with 2020, is open, series is under review'],
  ];
  for (const [text, expected] of rows) {
    it(`${JSON.stringify(text)} is ${expected}`, () => {
      assert.equal(explainQuery(parseQuery(text, now)), expected);
    });
  }
});

describe('the table of prefixes', () => {
  it('has help and an example that parses for each', () => {
    for (const { name, help, example } of searchPrefixes) {
      assert.match(help, /^[a-zA-Z].+[^.]$/, name);
      assert.ok(example.startsWith(`${name}:`), example);
      assert.notDeepEqual(parseQuery(example, now), { op: 'all' }, name);
    }
  });

  it('has each name once', () => {
    const names = searchPrefixes.flatMap((prefix) => [prefix.name, ...prefix.aliases]);
    assert.equal(new Set(names).size, names.length);
  });

  it('knows the prefixes of lore and ours', () => {
    const known = searchPrefixes.flatMap((prefix) => [prefix.name, ...prefix.aliases]);
    const wanted =
      's f t c a tc l b bs nq q n dfn dfa dfb dfctx dfhh dfpre dfpost dfblob patchid changeid m mid d dt rt ' +
      'list state version has is turn author reviewer trailer fixes thread';
    assert.deepEqual(
      wanted.split(' ').filter((name) => !known.includes(name)),
      [],
    );
  });
});
