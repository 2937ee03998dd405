import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findMaskedAddresses, unmask } from '../../ingest/link/unmask.ts';

const people = [
  { address: 'bo@example.net', name: 'Bo Reviewer' },
  { address: 'bo@example.museum', name: 'Bo Curator' },
  { address: 'ada@example.org', name: 'Ada Example' },
  { address: 'ada@example.com', name: 'Ada Other' },
];

test('a mask names the one person with that local part and as long a domain', () => {
  assert.equal(unmask('bo@xxxxxxxxxxx', people)?.name, 'Bo Reviewer');
  assert.equal(unmask('bo@xxxxxxxxxxxxxx', people)?.name, 'Bo Curator');
});

test('where two people fit, or none, nobody is named', () => {
  assert.equal(unmask('ada@xxxxxxxxxxx', people), null);
  assert.equal(unmask('cy@xxxxxxxxxxx', people), null);
});

test('masked addresses are found in attributions and in links, each once; whole ones are left alone', () => {
  const lines = [
    '----- On Jan 1, 2020, at 11:00 AM, Bo Reviewer bo@xxxxxxxxxxx wrote:',
    'https://lists.example.org/pump/20200101.1@xxxxxxxxxxx/',
    '> On Jan 1, Bo <bo@xxxxxxxxxxx> and ada@example.org wrote',
  ];
  assert.deepEqual(findMaskedAddresses(lines), [
    { masked: 'bo@xxxxxxxxxxx', line: 0 },
    { masked: '20200101.1@xxxxxxxxxxx', line: 1 },
  ]);
});
