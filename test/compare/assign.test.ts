import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { assign } from '../../ingest/compare/assign.ts';

test('each row gets the column that makes the whole cheapest, not the one that is nearest to it', () => {
  assert.deepEqual(
    assign(
      [
        [1, 2],
        [1, 9],
      ],
      10,
    ),
    [1, 0],
  );
});

test('a pair dearer than leaving both alone is not made', () => {
  assert.deepEqual(
    assign(
      [
        [25, 3],
        [30, 28],
      ],
      10,
    ),
    [1, -1],
  );
});

test('no rows or no columns give no pairs', () => {
  assert.deepEqual(assign([], 10), []);
  assert.deepEqual(assign([[], []], 10), [-1, -1]);
});

test('the total is the least that any pairing reaches', () => {
  const cost = fc.integer({ min: 0, max: 30 });
  const matrix = fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
    .chain(([rows, columns]) =>
      fc.array(fc.array(cost, { minLength: columns, maxLength: columns }), {
        minLength: rows,
        maxLength: rows,
      }),
    );
  const alone = 10;
  fc.assert(
    fc.property(matrix, (costs) => {
      const columns = costs[0]?.length ?? 0;
      const total = (pairs: readonly number[]) => {
        const made = pairs.reduce(
          (sum, column, row) => sum + (column < 0 ? alone : (costs[row]?.[column] ?? 0)),
          0,
        );
        return made + (columns - pairs.filter((column) => column >= 0).length) * alone;
      };
      const given = assign(costs, alone);
      const used = given.filter((column) => column >= 0);
      assert.equal(new Set(used).size, used.length);
      assert.equal(total(given), Math.min(...everyPairing(costs.length, columns).map(total)));
    }),
  );
});

function everyPairing(rows: number, columns: number): number[][] {
  if (rows === 0) return [[]];
  return everyPairing(rows - 1, columns).flatMap((pairs) => [
    [...pairs, -1],
    ...Array.from({ length: columns }, (_, column) => column)
      .filter((column) => !pairs.includes(column))
      .map((column) => [...pairs, column]),
  ]);
}
