import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseMailDate } from '../../ingest/mail/date.ts';

const rows: readonly [text: string, utc: string | null, offsetMinutes?: number][] = [
  ['Mon, 6 Jul 2020 17:08:32 -0400', '2020-07-06T21:08:32.000Z', -240],
  ['Mon,  6 Jul 2020 17:08:32 -0400 (EDT)', '2020-07-06T21:08:32.000Z', -240],
  ['6 Jul 2020 17:08 GMT', '2020-07-06T17:08:00.000Z', 0],
  ['Mon, 06 Jul 20 17:08:32 EDT', '2020-07-06T21:08:32.000Z', -240],
  ['Mon, 06 Jul 99 17:08:32 +0530', '1999-07-06T11:38:32.000Z', 330],
  ['Tue, 06 Jul 119 17:08:32 +0000', '2019-07-06T17:08:32.000Z', 0],
  // As web archives print it.
  ['Mon Jul 06 2020 - 17:08:36 EST', '2020-07-06T22:08:36.000Z', -300],
  // As C's ctime prints it, with and without zone.
  ['Mon Jul  6 17:08:32 2020', '2020-07-06T17:08:32.000Z', 0],
  ['Mon Jul  6 17:08:32 CEST 2020', '2020-07-06T15:08:32.000Z', 120],
  ['Monday, July 6, 2020 5:08:32 PM +0200', '2020-07-06T15:08:32.000Z', 120],
  ['Mon, 6 Jul 2020 12:08:32 AM', '2020-07-06T00:08:32.000Z', 0],
  [' 6-Jul-2020 17:08:32 +0200', '2020-07-06T15:08:32.000Z', 120],
  ['2020-07-06T17:08:32Z', '2020-07-06T17:08:32.000Z', 0],
  ['2020-07-06T17:08:32.250+02:00', '2020-07-06T15:08:32.000Z', 120],
  ['2020-07-06 17:08:32 +0200', '2020-07-06T15:08:32.000Z', 120],
  ['Mon, 6 Jul 2020 17:08:32 UTC+2', '2020-07-06T15:08:32.000Z', 120],
  ['Mon, 6 Jul 2020 17:08:32 +9999', '2020-07-06T17:08:32.000Z', 0],
  ['Mon, 6 Jul 2020 17:08:32 Nowhere', '2020-07-06T17:08:32.000Z', 0],
  ['Mon, 6 (the sixth (truly)) Jul 2020 17:08:32 -0000', '2020-07-06T17:08:32.000Z', 0],
  ['Sat, 31 Dec 2016 23:59:60 +0000', '2017-01-01T00:00:00.000Z', 0],
  ['Mon, 6 Jul 2020', '2020-07-06T00:00:00.000Z', 0],
  ['Mon, 31 Feb 2020 17:08:32 +0000', null],
  ['Mon, 6 Jul 2020 27:08:32 +0000', null],
  ['Mon, 6 Jul 1066 17:08:32 +0000', null],
  ['6/7/20 17:08', null],
  ['yesterday', null],
  ['', null],
  [`${' '.repeat(300)}6 Jul 2020`, null],
];

test('a date is read in all forms that mailers write', () => {
  for (const [text, utc, offsetMinutes = 0] of rows) {
    const expected = utc === null ? null : { ms: Date.parse(utc), offsetMinutes };
    assert.deepEqual(parseMailDate(text), expected, text);
  }
});

test('a date written as RFC 5322 asks comes back to the second', () => {
  const date = fc.date({
    min: new Date('1970-01-02T00:00:00Z'),
    max: new Date('2099-12-31T00:00:00Z'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(date, fc.integer({ min: -840, max: 840 }), (when, offsetMinutes) => {
      const ms = Math.floor(when.getTime() / 1000) * 1000;
      const clock = new Date(ms + offsetMinutes * 60_000);
      fc.pre(clock.getTime() >= 0);
      const size = Math.abs(offsetMinutes);
      const zone = `${String(Math.floor(size / 60)).padStart(2, '0')}${String(size % 60).padStart(2, '0')}`;
      const text = clock.toUTCString().replace('GMT', `${offsetMinutes < 0 ? '-' : '+'}${zone}`);
      assert.deepEqual(parseMailDate(text), { ms, offsetMinutes });
    }),
  );
});

test('any text is read or refused, never thrown at', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), (text) => {
      const date = parseMailDate(text);
      assert.ok(date === null || Number.isInteger(date.ms));
    }),
  );
});
