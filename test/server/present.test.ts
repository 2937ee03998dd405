/** Presenting: store rows to what is shown, without a server. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Report, Verdict } from '../../ingest/model/kernel.ts';
import type { Landing } from '../../ingest/model/landing.ts';
import type { Placement, Revision } from '../../ingest/model/series.ts';
import type { MessageEntry, StoredFact } from '../../ingest/store/store.ts';
import type { TrackedFix } from '../../server/check/tracked-fixes.ts';
import { csvText } from '../../server/present/csv.ts';
import { doesAgree, expectFix, presentKernelFix } from '../../server/present/kernel.ts';
import { personInTrailer } from '../../server/present/person-name.ts';
import { findLabel, labelRevisions } from '../../server/present/revision-label.ts';
import { ruleSentence } from '../../server/present/rule-sentences.ts';
import { findLines } from '../../server/present/search-lines.ts';
import { spanText } from '../../server/present/text.ts';
import { presentThreadNodes } from '../../server/present/thread.ts';
import { posting } from '../support/postings.ts';

describe('labels of revisions', () => {
  /** `2`, `2.1`, `rfc 1`: a revision a day, in this order. */
  function revisions(...versions: string[]): Revision[] {
    return versions.map((text, day) => {
      const [version = 1, minor = 0] = text.replace('rfc ', '').split('.').map(Number);
      return {
        id: `r${day}`,
        series: 'r0',
        version,
        minor,
        isRfc: text.startsWith('rfc '),
        isResend: false,
        total: 1,
        held: 1,
        hasCover: false,
        title: 'pump: count',
        authorAddress: 'ada@example.org',
        authorName: 'Ada Example',
        sentMs: day,
        postings: [`p${day}`],
        previous: null,
        link: null,
      };
    });
  }
  const labels = (...versions: string[]) =>
    labelRevisions({ revisions: revisions(...versions) }).map(({ label }) => label);

  it('are the version, and the number of the sending where it was sent several times', () => {
    const rows: [string[], string[]][] = [
      [['1'], ['v1']],
      [
        ['rfc 1', '1', '2'],
        ['RFC v1', 'v1', 'v2'],
      ],
      [
        ['1', '2', '2', '3'],
        ['v1', 'v2.1', 'v2.2', 'v3'],
      ],
      [
        ['1', '2.1', '2', '2'],
        ['v1', 'v2.1', 'v2.2', 'v2.3'],
      ],
      [
        ['rfc 1', 'rfc 1', '1'],
        ['RFC v1.1', 'RFC v1.2', 'v1'],
      ],
    ];
    for (const [versions, expected] of rows) assert.deepEqual(labels(...versions), expected);
  });

  it('are unique within a series, whatever was sent', () => {
    const version = fc.constantFrom('1', '2', '2.1', '2.2', 'rfc 1', 'rfc 2', '3');
    fc.assert(
      fc.property(fc.array(version, { maxLength: 8 }), (versions) => {
        const found = labels(...versions);
        assert.equal(new Set(found).size, versions.length, found.join(' '));
      }),
    );
  });

  it('count the own version of the leading patch where no subject carries one in brackets', () => {
    const own: [number, number][] = [
      [10, 4],
      [11, 5],
      [12, 5],
    ];
    const placement = (id: string, day: number, lineage: string): Placement => ({
      messageId: id,
      revision: `r${day}`,
      series: 'r0',
      lineage,
      version: 1,
      position: 1,
      total: 2,
      previous: null,
      link: null,
    });
    const postings = own.flatMap(([first, second], day) => [
      posting({ id: `a${day}`, own: first }),
      posting({ id: `b${day}`, own: second }),
    ]);
    const placements = own.flatMap((_, day) => [
      placement(`a${day}`, day, 'a0'),
      placement(`b${day}`, day, 'b0'),
    ]);
    const found = labelRevisions({
      revisions: revisions('1', '1', '1'),
      placements: new Map(placements.map((one) => [one.messageId, one])),
      postings: new Map(postings.map((one) => [one.messageId, one])),
    });
    assert.deepEqual(
      found.map(({ label }) => label),
      ['v4', 'v5.1', 'v5.2'],
    );
  });

  it('alone mean the last sending, and are found however an address spells them', () => {
    const all = labelRevisions({ revisions: revisions('rfc 1', '2', '2', '2') });
    const rows: [string, string | undefined][] = [
      ['v2', 'r3'],
      ['v2.2', 'r2'],
      ['V2.1', 'r1'],
      ['RFC v1', 'r0'],
      ['rfc-v1', 'r0'],
      ['v1', 'r0'],
      ['r2', 'r2'],
      ['v9', undefined],
      ['', undefined],
    ];
    for (const [text, revision] of rows) assert.equal(findLabel(all, text)?.revision, revision, text);
  });
});

describe('a thread', () => {
  function entry(id: string, day: number, parent: string | null, references: string[] = []): MessageEntry {
    return {
      messageId: id,
      subject: id,
      fromName: '',
      fromAddress: 'ada@example.org',
      sortMs: day,
      dateMs: day,
      sizeBytes: 1,
      isPosting: false,
      inReplyTo: parent === null ? [] : [parent],
      references,
      parent,
      parentIsGuess: false,
      thread: 'a',
      lists: [],
    };
  }
  const drawn = (...entries: MessageEntry[]) =>
    presentThreadNodes(entries).map(
      ({ messageId, message, depth }) => `${' '.repeat(depth)}${messageId}${message ? '' : '?'}`,
    );

  it('is drawn depth first, brothers in order of time', () => {
    assert.deepEqual(drawn(entry('c', 3, 'a'), entry('a', 1, null), entry('b', 2, 'a'), entry('d', 4, 'b')), [
      'a',
      ' b',
      '  d',
      ' c',
    ]);
  });

  it('shows each mail that is missing once, where the answers to it say it stood', () => {
    assert.deepEqual(
      drawn(
        entry('a', 1, null),
        entry('c', 3, 'lost', ['a', 'lost']),
        entry('d', 4, 'lost', ['a', 'lost']),
        entry('f', 5, 'e', ['a', 'c', 'gone', 'e']),
      ),
      ['a', ' lost?', '  c', '   gone?', '    e?', '     f', '  d'],
    );
  });

  it('with a lost beginning hangs below its ghost', () => {
    assert.deepEqual(drawn(entry('b', 2, 'a'), entry('c', 3, 'a')), ['a?', ' b', ' c']);
  });

  it('loses no mail, whoever claims to answer whom', () => {
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const claim = fc.record({
      id: fc.constantFrom(...ids),
      day: fc.integer({ min: 0, max: 9 }),
      parent: fc.option(fc.constantFrom(...ids, 'x', 'y')),
      references: fc.array(fc.constantFrom(...ids, 'x', 'y'), { maxLength: 5 }),
    });
    fc.assert(
      fc.property(fc.uniqueArray(claim, { selector: ({ id }) => id }), (claims) => {
        const nodes = presentThreadNodes(
          claims.map(({ id, day, parent, references }) => entry(id, day, parent, references)),
        );
        const held = nodes.filter(({ message }) => message !== null).map(({ messageId }) => messageId);
        assert.deepEqual(held.sort(), claims.map(({ id }) => id).sort());
        assert.equal(new Set(nodes.map(({ messageId }) => messageId)).size, nodes.length);
      }),
    );
  });
});

describe('kernels', () => {
  const fix: TrackedFix = {
    name: 'pump',
    title: 'pump: fix it',
    commit: 'c'.repeat(40),
    check: 'new-task-cpu-id',
    introduced: '4.18',
  };

  function landing(release: string, kind: Landing['kind'] = 'release'): StoredFact {
    const value: Landing = {
      notice: `announce-${release}`,
      kind,
      messageId: null,
      title: fix.title,
      sha: '',
      tree: '',
      release,
      atMs: 0,
    };
    const evidence = [{ messageId: value.notice, part: 'body', start: 3, end: 4 }];
    return {
      kind: 'landing',
      owner: 'x',
      subject: '',
      value,
      rule: `notice-${kind}`,
      confidence: 0.95,
      evidence,
      by: 'rule',
    };
  }
  const facts = ['4.19.134', '5.4.53', '5.7.10', 'v5.8-rc6'].map((release) => landing(release));

  function report(release: string, verdict: Verdict, machine: string, receivedMs: number): Report {
    const id = `${machine}-${receivedMs}`;
    return {
      id,
      receivedMs,
      release,
      verdict,
      machine,
      kernelVersion: '',
      arch: '',
      isVirtual: false,
      reason: '',
      lines: [],
    };
  }

  it('have a fix from the release on whose announcement lists it', () => {
    const rows: [string, string][] = [
      ['4.17', 'not-affected'],
      ['4.17.19', 'not-affected'],
      ['4.18', 'broken'],
      ['4.18.20', 'broken'],
      ['4.19.133', 'broken'],
      ['4.19.134', 'fixed'],
      ['4.19.200', 'fixed'],
      ['5.3.18', 'broken'],
      ['5.4', 'broken'],
      ['5.4.52', 'broken'],
      ['5.4.53', 'fixed'],
      ['5.6', 'broken'],
      ['5.6.19', 'broken'],
      ['5.7.9', 'broken'],
      ['5.7.10', 'fixed'],
      ['5.8-rc5', 'broken'],
      ['5.8-rc6', 'fixed'],
      ['v5.8', 'fixed'],
      ['5.8.1', 'fixed'],
      ['6.18.2', 'fixed'],
      ['4.18.0-193.el8', 'unknown'],
      ['5.4.0-42-generic', 'unknown'],
      ['nonsense', 'unknown'],
    ];
    for (const [release, expected] of rows)
      assert.equal(expectFix(release, fix, facts).expected, expected, release);
  });

  it('lack a fix of a later mainline, but of a stable series only announcements can tell', () => {
    const mainlineOnly = [landing('v5.8-rc6')];
    const seen = ['5.6', '5.6.19', '5.8-rc5', '5.8'].map((one) => expectFix(one, fix, mainlineOnly).expected);
    assert.deepEqual(seen, ['broken', 'unknown', 'broken', 'fixed']);
  });

  it('are shown where the configuration names them', () => {
    const { cells } = presentKernelFix(fix, facts, [], new Map(), ['v5.6.19', '6.1.0-18-amd64']);
    const shown = cells.filter(({ release }) => /^(?:5\.6|6\.1)/.test(release));
    assert.deepEqual(
      shown.map(({ release, expected }) => [release, expected]),
      [
        ['5.6.19', 'broken'],
        ['6.1.0-18-amd64', 'unknown'],
      ],
    );
  });

  it("stand in one column, whether by mail's name or by the kernel's own", () => {
    const reports = [report('5.8.0-rc5', 'broken', 'one', 1), report('5.8.0', 'fixed', 'two', 1)];
    const { cells } = presentKernelFix(fix, [landing('v5.8-rc6')], reports, new Map(), ['5.8']);
    assert.deepEqual(
      cells.map(({ release, expected, measured }) => [release, expected, measured[0]?.agrees]),
      [
        ['5.8-rc5', 'broken', true],
        ['5.8-rc6', 'fixed', undefined],
        ['5.8', 'fixed', true],
      ],
    );
  });

  it('lose a fix that is reverted, until it comes back', () => {
    const story = [landing('5.4.53'), landing('5.4.60', 'revert'), landing('5.4.70')];
    const seen = ['5.4.52', '5.4.53', '5.4.60', '5.4.69', '5.4.70'].map(
      (one) => expectFix(one, fix, story).expected,
    );
    assert.deepEqual(seen, ['broken', 'fixed', 'broken', 'broken', 'fixed']);
  });

  it('are not held to have a fix by a review or a note: patches are dropped before a release', () => {
    const story = [landing('5.4.53', 'stable-review'), landing('5.4.53', 'stable-note')];
    assert.equal(expectFix('5.4.53', fix, story).expected, 'unknown');
  });

  it('stand in a row by release, each with the newest word of each machine', () => {
    const reports = [
      report('5.4.52', 'broken', 'one', 1),
      report('5.4.52', 'fixed', 'one', 2),
      report('5.4.52', 'broken', 'two', 1),
      report('5.4.0-42-generic', 'broken', 'two', 1),
    ];
    const { cells } = presentKernelFix(fix, [landing('5.4.53')], reports, new Map());
    assert.deepEqual(
      cells.map(({ release, expected, measured }) => [
        release,
        expected,
        measured.map(({ reportId, agrees }) => [reportId, agrees]),
      ]),
      [
        ['5.4.0-42-generic', 'unknown', [['two-1', null]]],
        [
          '5.4.52',
          'broken',
          [
            ['one-2', false],
            ['two-1', true],
          ],
        ],
        ['5.4.53', 'fixed', []],
      ],
    );
    assert.deepEqual(cells[1]?.expectedWhy?.rule, 'release-before-fix');
  });

  it('and machines disagree only where both say something', () => {
    const rows: [Parameters<typeof doesAgree>, boolean | null][] = [
      [['fixed', 'fixed'], true],
      [['fixed', 'broken'], false],
      [['broken', 'broken'], true],
      [['broken', 'fixed'], false],
      [['broken', 'not-affected'], false],
      [['not-affected', 'not-affected'], true],
      [['not-affected', 'fixed'], true],
      [['not-affected', 'broken'], false],
      [['unknown', 'broken'], null],
      [['fixed', 'inconclusive'], null],
      [['broken', 'unsupported'], null],
    ];
    for (const [pair, agrees] of rows) assert.equal(doesAgree(...pair), agrees, pair.join(' '));
  });
});

it('lines of an answer are those in which all words stand, marked as they are written', () => {
  const body = ['The Pump counts.', 'a pump', 'counts: PUMP_START()', 'pumps', 'größer'];
  const words = (tokens: string[], isPrefix = false) => [{ tokens, isPrefix }];
  assert.deepEqual(findLines(body, words(['pump', 'counts'])), [
    {
      line: 0,
      text: 'The Pump counts.',
      marks: [
        [4, 8],
        [9, 15],
      ],
    },
    {
      line: 2,
      text: 'counts: PUMP_START()',
      marks: [
        [0, 6],
        [8, 18],
      ],
    },
  ]);
  assert.deepEqual(
    findLines(body, words(['pump'], true)).map(({ line }) => line),
    [0, 1, 2],
  );
  assert.deepEqual(
    findLines(body, words(['großer'])).map(({ marks }) => marks),
    [[[0, 6]]],
  );
  assert.deepEqual(findLines(body, []), []);
});

it('a rule is said in words, several joined, an unknown one by its name', () => {
  assert.equal(
    ruleSentence('version-next+author-same'),
    'Its version is the next one; one person sent both.',
  );
  assert.equal(ruleSentence('quite-new'), 'Quite-new.');
});

it('the person in a trailer is read however it is written', () => {
  const rows: [string, { name: string; address: string }][] = [
    ['Ada Example <Ada@Example.org>', { name: 'Ada Example', address: 'ada@example.org' }],
    ['"Example, Ada" <ada@example.org> # pump', { name: 'Example, Ada', address: 'ada@example.org' }],
    ['ada@example.org', { name: '', address: 'ada@example.org' }],
    ['the pump bot', { name: 'the pump bot', address: '' }],
    ['', { name: '', address: '' }],
  ];
  for (const [text, person] of rows) assert.deepEqual(personInTrailer(text), person, text);
});

it('spans of time are said in the unit that fits', () => {
  const rows: [number, string][] = [
    [0, '0 minutes'],
    [90_000, '1 minute'],
    [3_600_000, '1 hour'],
    [47 * 3_600_000, '47 hours'],
    [48 * 3_600_000, '2 days'],
    [-5, '0 minutes'],
  ];
  for (const [ms, text] of rows) assert.equal(spanText(ms), text);
});

it('a table for a spreadsheet runs no formula of a stranger', () => {
  assert.equal(
    csvText([
      ['name', 'count'],
      ['=HYPERLINK("http://x")', 1],
      ['Moss, Ada', null],
      ['-1', -1],
    ]),
    'name,count\r\n"\'=HYPERLINK(""http://x"")",1\r\n"Moss, Ada",\r\n\'-1,-1\r\n',
  );
});
