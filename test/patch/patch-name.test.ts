import assert from 'node:assert/strict';
import { test } from 'node:test';
import { patchName } from '../../ingest/patch/patch-name.ts';

test('a subject becomes the name that trackers show', () => {
  const rows: readonly (readonly [subject: string, name: string, prefixes: readonly string[]])[] = [
    ['[PATCH] pump: count', 'pump: count', []],
    ['[PATCH v2 1/3] pump:  count', '[v2,1/3] pump: count', ['v2', '1/3']],
    ['[RFC PATCH, 0/4] pump', '[RFC,0/4] pump', ['RFC', '0/4']],
    ['[pump] [PATCH] count', 'count', []],
    ['Re: [PATCH 1/1] count [sic]', '[1/1] count [sic]', ['1/1']],
    ['[PATCH count', '[PATCH count', []],
  ];
  for (const [subject, name, prefixes] of rows) {
    assert.deepEqual(patchName(subject, 'pump'), { name, prefixes }, subject);
  }
});
