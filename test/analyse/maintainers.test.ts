import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseMaintainers } from '../../ingest/analyse/maintainers-file.ts';
import { makeFindResponsible } from '../../ingest/analyse/responsible.ts';

const file = `List of maintainers
===================

	M: *Mail* patches to: FullName <address@domain>

PUMP CORE
M:	Mai Tainer <Mai@Example.com>
R:	Bo Reviewer <bo@example.net>
L:	pump@lists.example.org (moderated)
S:	Maintained
T:	git git://git.example.org/pump.git
F:	drivers/pump/
X:	drivers/pump/valve*
F:	include/pump.h

VALVES
M:	Val Ve <val@example.com>
F:	drivers/pump/valve*
N:	valve[0-9]
N:	(a+)+b

HOSES
M:	Hose Body <hose@example.com>
F:	drivers/*/hose.c

THE REST
M:	Top Most <top@example.com>
F:	*
F:	*/
`;

const who = (...paths: string[]) =>
  makeFindResponsible(
    parseMaintainers(file),
    'pump',
  )(paths).map(({ role, person, subsystem }) => `${role} ${person.address} (${subsystem})`);

test('a section has people, lists, trees and files', () => {
  const [core] = parseMaintainers(file);
  assert.deepEqual(core, {
    title: 'PUMP CORE',
    maintainers: [{ name: 'Mai Tainer', address: 'mai@example.com' }],
    reviewers: [{ name: 'Bo Reviewer', address: 'bo@example.net' }],
    lists: ['pump@lists.example.org'],
    trees: ['git://git.example.org/pump.git'],
    files: ['drivers/pump/', 'include/pump.h'],
    excluded: ['drivers/pump/valve*'],
    names: [],
    contents: [],
    unread: [],
  });
});

test('a folder takes all below it, a pattern its own depth; what a section excludes is not its', () => {
  const core = ['maintainer mai@example.com (PUMP CORE)', 'reviewer bo@example.net (PUMP CORE)'];
  assert.deepEqual(who('drivers/pump/deep/down.c'), core);
  assert.deepEqual(who('include/pump.h'), core);
  assert.deepEqual(who('drivers/pump/valve-main.c'), ['maintainer val@example.com (VALVES)']);
  assert.deepEqual(who('docs/valve7.txt'), ['maintainer val@example.com (VALVES)']);
  assert.deepEqual(who('drivers/garden/hose.c'), ['maintainer hose@example.com (HOSES)']);
});

test('the closest section comes first, and who takes the rest only where nobody else does', () => {
  assert.deepEqual(who('include/pump.h', 'drivers/garden/hose.c'), [
    'maintainer hose@example.com (HOSES)',
    'maintainer mai@example.com (PUMP CORE)',
    'reviewer bo@example.net (PUMP CORE)',
  ]);
  assert.deepEqual(who('kernel/x.c'), ['maintainer top@example.com (THE REST)']);
  assert.deepEqual(who(), []);
});

test('a pattern that could take for ever is left out', () => {
  assert.deepEqual(parseMaintainers(file)[1]?.names, ['valve[0-9]']);
});

test('any text reads and any path is matched to its end', () => {
  const part = fc.constantFrom('*', '?', 'a', 'b', '/', 'ab');
  const pattern = fc.array(part, { minLength: 1, maxLength: 20 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(pattern, fc.array(part, { maxLength: 30 }), fc.string(), (one, path, noise) => {
      const text = `${noise}\nX\nM:\ta <a@b.example>\nF:\t${one}\n`;
      makeFindResponsible(parseMaintainers(text), '')([path.join('')]);
    }),
  );
});

test('what a patch says names those whose pattern it fits, behind those whose files it changes', () => {
  const wording = `${file}
STROKES
M:	Strike Keeper <strike@example.com>
K:	\\bstroke_(count|time)\\b

WORDS
M:	Any Case <any@example.com>
K:	(?i)trivial
`.replaceAll('\\\\', '\\');
  const find = makeFindResponsible(parseMaintainers(wording), 'pump');
  const told = (path: string, ...said: string[]) => find([path], said).map(({ person }) => person.address);
  assert.equal(find.asksContent, true);
  assert.deepEqual(told('include/pump.h', '+	stroke_count(pump);'), [
    'mai@example.com',
    'strike@example.com',
    'bo@example.net',
  ]);
  assert.deepEqual(told('readme', 'Subject: [PATCH] Trivial words'), ['any@example.com']);
  assert.deepEqual(told('readme', '+	my_stroke_counter();'), ['top@example.com']);
});

test('a pattern that could take for ever, or that Perl alone reads, is told and passed over', () => {
  const patterns = {
    read: ['\\bpump_\\w+', 'of_get_(property|node)', '^Subject:.*pump', 'a b # note', '(?i)x{2,3}'],
    unread: [
      '(a+)+b',
      '.*.*x',
      '(?<!un)safe',
      '\\Aword',
      '[[:alpha:]]x',
      '(a|b){2,99}',
      '\\p{Lu}x',
      'a{1,900}',
    ],
  };
  const text = [...patterns.read, ...patterns.unread].map((pattern) => `K:	${pattern}`).join('\n');
  const [found] = parseMaintainers(
    `PUMPS\nM:	Mai <mai@example.com>\nF:	pump/\n${text}\n`.replaceAll('\\\\', '\\'),
  );
  const said = (list: readonly string[]) => list.map((one) => one.replaceAll('\\\\', '\\'));
  assert.deepEqual(found?.contents, said(patterns.read));
  assert.deepEqual(found?.unread, said(patterns.unread));
});
