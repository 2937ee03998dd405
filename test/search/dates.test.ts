/** Dates of the search language. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseDateSpan } from '../../ingest/search/dates.ts';

/** A Wednesday. */
const now = Date.UTC(2020, 6, 15, 13, 30, 10, 500);

function iso(ms: number | null): string {
  return ms === null ? 'open' : new Date(ms).toISOString().replace('T00:00:00.000Z', '').replace('.000Z', '');
}

describe('a date', () => {
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['20200706', '2020-07-06 2020-07-07'],
    ['2020-07-06', '2020-07-06 2020-07-07'],
    ['2020-7-6', '2020-07-06 2020-07-07'],
    ['2020-07', '2020-07-01 2020-08-01'],
    ['2020-12', '2020-12-01 2021-01-01'],
    ['2020', '2020-01-01 2021-01-01'],
    ['2020-07..2020-08-01', '2020-07-01 2020-08-02'],
    ['20200706..', '2020-07-06 open'],
    ['..20200706', 'open 2020-07-07'],
    ['20200706123000..20200706T', undefined],
    ['20200706123000..2020-07-06T12:30', '2020-07-06T12:30:00 2020-07-06T12:30:01'],
    ['20200706123000', '2020-07-06 2020-07-07'],
    ['1594038600..', '2020-07-06T12:30:00 open'],
    ['today', '2020-07-15 2020-07-16'],
    ['yesterday', '2020-07-14 2020-07-15'],
    ['yesterday..', '2020-07-14 open'],
    ['now', '2020-07-15 2020-07-16'],
    ['..now', 'open 2020-07-15T13:30:11'],
    ['last.month..', '2020-06-15T13:30:10 open'],
    ['last.week', '2020-07-08 2020-07-09'],
    ['last.year..yesterday', '2019-07-15T13:30:10 2020-07-15'],
    ['2.weeks.ago..', '2020-07-01T13:30:10 open'],
    ['two.weeks.ago..', '2020-07-01T13:30:10 open'],
    ['a fortnight ago..', '2020-07-01T13:30:10 open'],
    ['90.minutes.ago..', '2020-07-15T12:00:10 open'],
    ['18_months_ago..', '2019-01-15T13:30:10 open'],
    ['monday', '2020-07-13 2020-07-14'],
    ['wed', '2020-07-08 2020-07-09'],
    ['last.friday..', '2020-07-10 open'],
    ['march', '2020-03-01 2020-04-01'],
    ['sep', '2019-09-01 2019-10-01'],
    ['sep.2020', '2020-09-01 2020-10-01'],
    ['20200631', undefined],
    ['2020-13', undefined],
    ['2020-07-06T25:00', undefined],
    ['20200706246060', undefined],
    ['12345', undefined],
    ['2020-07-06..someday', undefined],
    ['..', undefined],
    ['', undefined],
    ['soon', undefined],
    ['last.constructor', undefined],
    ['many.days.ago', undefined],
  ];
  for (const [text, expected] of rows) {
    it(`written ${JSON.stringify(text)} is ${expected ?? 'none'}`, () => {
      const span = parseDateSpan(text, now);
      assert.equal(span && `${iso(span.fromMs)} ${iso(span.toMs)}`, expected);
    });
  }

  it('a month before the last of March is the last of February', () => {
    const march = Date.UTC(2021, 2, 31);
    assert.equal(iso(parseDateSpan('last.month..', march)?.fromMs ?? null), '2021-02-28');
  });

  it('is read or not, but never fails, and never gives what is no time', () => {
    const part = fc.constantFrom(
      '..',
      '.',
      '-',
      '2020',
      '07',
      '31',
      'last',
      'month',
      'ago',
      '99999',
      'T',
      ':',
      'jan',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(part).map((parts) => parts.join('')),
        ),
        (text) => {
          const span = parseDateSpan(text, now);
          for (const ms of [span?.fromMs ?? 0, span?.toMs ?? 0]) assert.ok(Number.isSafeInteger(ms));
        },
      ),
    );
  });
});
